import type { ReactNode } from 'react';
import css from './Panel.module.css';

interface PanelProps {
  title: ReactNode;
  /** Controls or a quiet word on the right of the title. */
  aside?: ReactNode;
  /** What it is for, in a sentence. */
  say?: ReactNode;
  /** Without an inner margin, for lists and tables that reach the edges. */
  flush?: boolean;
  children: ReactNode;
}

/** A titled part of a page. */
export function Panel({ title, aside, say, flush, children }: PanelProps) {
  return (
    <section className={css.panel} aria-label={typeof title === 'string' ? title : undefined}>
      <header className={css.head}>
        <div className={css.words}>
          <h2 className={css.title}>{title}</h2>
          {say && <p className={css.say}>{say}</p>}
        </div>
        {aside && <div className={css.aside}>{aside}</div>}
      </header>
      <div className={flush ? css.flush : css.body}>{children}</div>
    </section>
  );
}

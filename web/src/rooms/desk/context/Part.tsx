import type { ReactNode } from 'react';
import css from './ContextPanel.module.css';

/** One part of what stands around a case. */
export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={css.part} aria-label={title}>
      <h3 className={css.title}>{title}</h3>
      {children}
    </section>
  );
}

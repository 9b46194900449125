import { Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import css from './PageHeader.module.css';

interface PageHeaderProps {
  title: string;
  /** Where it belongs: a link back, drawn above the title. */
  above?: ReactNode;
  /** One quiet sentence below. */
  say?: ReactNode;
  /** Controls on the right. */
  children?: ReactNode;
}

/** The head of a room: what it is, and what can be done here. Also names the browser's tab. */
export function PageHeader({ title, above, say, children }: PageHeaderProps) {
  useTabTitle(title);
  return (
    <header className={css.header}>
      <div className={css.words}>
        {above && <div className={css.above}>{above}</div>}
        <Title order={1} className="one-line">
          {title}
        </Title>
        {say && <div className={css.say}>{say}</div>}
      </div>
      {children && <div className={css.acts}>{children}</div>}
    </header>
  );
}

export function useTabTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Wheelhouse`;
  }, [title]);
}

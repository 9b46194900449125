import { Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTabTitle } from '../../kit/PageHeader.tsx';
import css from './Doorway.module.css';

/** The page before the house: one form, and a line on what this is. */
export function Doorway({
  title,
  say,
  children,
}: {
  title: string;
  say?: ReactNode;
  children: ReactNode;
}) {
  useTabTitle(title);
  return (
    <main className={css.page}>
      <div className={css.card}>
        <img src="/favicon.svg" width="40" height="40" alt="" />
        <Title order={1} className={css.title}>
          {title}
        </Title>
        {say && <p className={css.say}>{say}</p>}
        {children}
      </div>
      <p className={css.foot}>Wheelhouse keeps people at the wheel of AI.</p>
    </main>
  );
}

import type { ReactNode } from 'react';
import { useClock } from '../../kit/Ago.tsx';
import { clockText, spanText } from '../../kit/duration.ts';
import css from './LivePage.module.css';

/** How long somebody has waited, in words that keep up. */
export function Waited({ since, children }: { since: string; children?: ReactNode }) {
  const text = useClock((now) => spanText(now - Date.parse(since)));
  return (
    <time className={css.waits} dateTime={since} title={clockText(since)}>
      {children} {text === 'now' ? 'just now' : text}
    </time>
  );
}

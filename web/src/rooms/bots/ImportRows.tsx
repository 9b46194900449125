import type { ImportRow } from '@wheelhouse/core';
import css from './Imports.module.css';

const most_shown = 50;
const words: Record<ImportRow['result'], string> = {
  made: 'new',
  changed: 'changed',
  unchanged: 'as before',
  refused: 'left out',
};

interface Row {
  line?: number | null;
  title: string | null;
  result: ImportRow['result'] | null;
  message: string | null;
  url?: string;
}

/** What became of lines or addresses, each with the reason where there is one. */
export function ImportRows({ rows }: { rows: readonly Row[] }) {
  if (!rows.length) return null;
  return (
    <ul className={css.rows}>
      {rows.slice(0, most_shown).map(({ line, title, result, message, url }) => (
        <li key={`${line ?? ''} ${url ?? ''} ${title ?? ''}`} data-result={result ?? 'waiting'}>
          <span className={css.result}>{result ? words[result] : 'waits'}</span>
          <span>
            {line !== null && line !== undefined && `Line ${line}: `}
            <bdi>{url ?? title}</bdi>
            {message && <span className={css.why}> {message}</span>}
          </span>
        </li>
      ))}
      {rows.length > most_shown && <li>And {rows.length - most_shown} more.</li>}
    </ul>
  );
}

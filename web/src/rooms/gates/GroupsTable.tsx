import { countWords, type Measure, measureOf, shareWords } from '@wheelhouse/plan';
import type { ReactNode } from 'react';
import table from '../../kit/table.module.css';
import css from './GroupsTable.module.css';

interface Bounded {
  share: number | null;
  low: number;
  high: number;
}
export interface GroupLine {
  id: string;
  name: ReactNode;
  n: number;
  coverage: Bounded;
  /** Of what passes; null where nothing does. */
  errors: Bounded | null;
  /** More of it is wrong than promised, and not by chance alone. */
  over: boolean;
  /** What is to be known of the errors: how many they are told from, or that those are too few. */
  say?: string | undefined;
}

const between = ({ low, high }: Bounded, words = shareWords) => `${words(low)}–${words(high)}`;

const share_wrong = measureOf({ partial: false });

interface GroupsTableProps {
  label?: string;
  lines: readonly GroupLine[];
  measure?: Measure;
}

/** How a threshold treats groups of outputs: how much passes of each, and how much of that is wrong. */
export function GroupsTable({ label, lines, measure = share_wrong }: GroupsTableProps) {
  return (
    <table className={`${table.table} ${table.stack}`} aria-label={label}>
      <thead>
        <tr>
          <th scope="col">Group</th>
          <th scope="col" className={table.figure}>
            Outputs
          </th>
          <th scope="col" className={table.figure}>
            Passes
          </th>
          <th scope="col" className={table.figure}>
            {measure.among_head}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.id}>
            <td>{line.name}</td>
            <td className={table.figure} data-label="outputs">
              {countWords(line.n)}
            </td>
            <td className={table.figure} data-label="pass">
              {shareWords(line.coverage.share ?? 0)}{' '}
              <span className={css.quiet}>{between(line.coverage)}</span>
            </td>
            <td
              className={`${table.figure} ${css.errors}`}
              data-label={measure.among_head.toLowerCase()}
            >
              <Errors {...line} words={measure.risk} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Errors({ errors, over, say, words }: GroupLine & { words: Measure['risk'] }) {
  if (!errors) return '–';
  return (
    <>
      <span className={over ? css.over : undefined}>
        {over && 'Over α: '}
        {errors.share === null ? '?' : words(errors.share)}{' '}
        <span className={css.quiet}>{between(errors, words)}</span>
      </span>
      {say && <span className={css.say}>{say}</span>}
    </>
  );
}

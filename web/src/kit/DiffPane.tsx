import type { Change } from '@wheelhouse/core';
import { diffWordsWithSpace } from 'diff';
import { useMemo } from 'react';
import css from './DiffPane.module.css';
import { Marked } from './Marked.tsx';

/** What changed between two texts, word by word. Told by strike and underline, not colour alone. */
export function TextDiff({ from, to }: { from: string; to: string }) {
  const parts = useMemo(() => diffWordsWithSpace(from, to, { timeout: 200 }), [from, to]);
  // Two texts too different to compare in time are shown one after the other.
  const shown = parts ?? [
    { value: from, removed: true, added: false },
    { value: to, removed: false, added: true },
  ];
  return (
    <div className={`${css.text} own-direction`}>
      {shown.map(({ value, added, removed }, at) => {
        const key = `${at} ${value.length}`;
        if (added) {
          return (
            <ins key={key} className={css.added}>
              <Marked text={value} />
            </ins>
          );
        }
        if (removed) {
          return (
            <del key={key} className={css.removed}>
              <Marked text={value} />
            </del>
          );
        }
        return <Marked key={key} text={value} />;
      })}
    </div>
  );
}

const written = (value: unknown) =>
  value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value, null, 1);

/** What changed between two values, place by place. */
export function DiffPane({
  changes,
  label = 'What changes',
  in_words,
}: {
  changes: readonly Change[];
  label?: string;
  /** The places are words rather than paths. */
  in_words?: boolean;
}) {
  if (!changes.length) return <p className={css.none}>Nothing changes.</p>;
  return (
    <table className={css.table} data-words={in_words || undefined} aria-label={label}>
      <tbody>
        {changes.map(({ path, from, to }) => (
          <tr key={path}>
            <th scope="row" className={css.path}>
              <Marked text={path || 'the whole'} />
            </th>
            <td className={css.value}>
              {typeof from === 'string' &&
              typeof to === 'string' &&
              from.length + to.length > 60 ? (
                <TextDiff from={from} to={to} />
              ) : (
                <Sides from={from} to={to} />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Sides({ from, to }: { from: unknown; to: unknown }) {
  return (
    <>
      {from !== undefined && (
        <del className={css.removed}>
          <Marked text={written(from)} />
        </del>
      )}
      {from !== undefined && to !== undefined && <span className={css.arrow}> → </span>}
      {to !== undefined && (
        <ins className={css.added}>
          <Marked text={written(to)} />
        </ins>
      )}
    </>
  );
}

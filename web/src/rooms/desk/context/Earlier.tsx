import { Link } from '@tanstack/react-router';
import type { Case, CaseRow, Json, Values } from '@wheelhouse/core';
import { Ago } from '../../../kit/Ago.tsx';
import { Lines, Loading } from '../../../kit/faces.tsx';
import { Marked } from '../../../kit/Marked.tsx';
import { outcomeWords } from '../outcome.ts';
import css from './ContextPanel.module.css';
import { sharedWords } from './likeness.ts';
import { Part } from './Part.tsx';
import { useEarlier } from './useCaseContext.ts';

/** How people decided cases like this one: what came of each, why, and what the two share. */
export function Earlier({ shown }: { shown: Case }) {
  const { asked, rows } = useEarlier(shown);
  return (
    <Part title="Decided before, most alike first">
      {asked.isError ? (
        <p className={css.fine}>These could not be fetched.</p>
      ) : asked.data === undefined ? (
        <Loading>
          <Lines count={4} />
        </Loading>
      ) : rows.length === 0 ? (
        <p className={css.fine}>No other case of this gate has been decided yet.</p>
      ) : (
        <ul className={css.earlier}>
          {rows.map(({ row, read }) => (
            <EarlierRow key={row.id} row={row} read={read} shown={shown} />
          ))}
        </ul>
      )}
    </Part>
  );
}

interface EarlierRowProps {
  row: CaseRow;
  /** Undefined while it is fetched; the row stands meanwhile. */
  read: Case | undefined;
  shown: Case;
}

function EarlierRow({ row, read, shown }: EarlierRowProps) {
  const resolution = read?.resolution;
  const said = resolution?.outcome === 'answered' ? answerWords(read as Case) : null;
  const shared = read ? sharedWords(shown, read) : null;
  return (
    <li>
      {/* Beside the case at hand, which stays held and as it was. */}
      <Link
        to={`/desk/${row.id}`}
        search={{ view: 'resolved' }}
        target="_blank"
        className={css.case}
        title={`${row.title} (opens beside this)`}
      >
        <span className={css.line}>
          <b className="one-line">{said ?? outcomeWords(row.outcome ?? '')}</b>
          {row.resolved_at && <Ago at={row.resolved_at} short />}
        </span>
        <span className="one-line" dir="auto">
          <Marked text={row.title} />
        </span>
        {resolution?.reason && (
          <span className={css.reason} dir="auto">
            “<Marked text={resolution.reason} />”
          </span>
        )}
        {shared && <span className={css.shared}>{shared}</span>}
      </Link>
    </li>
  );
}

/** What was answered, by the labels that were shown. */
function answerWords({ form, resolution }: Case): string | null {
  const values: Values = resolution?.values ?? {};
  const words = form.questions.flatMap((question) => {
    const value = values[question.name];
    if (value === undefined || value === null || question.kind === 'text') return [];
    const label = (one: Json) =>
      'options' in question
        ? (question.options.find((option) => option.value === one)?.label ?? String(one))
        : String(one);
    if (Array.isArray(value)) return value.length ? [value.map(label).join(', ')] : [];
    return typeof value === 'object' ? [] : [label(value)];
  });
  return words.slice(0, 2).join(' · ') || null;
}

import { Checkbox } from '@mantine/core';
import type { CaseRow } from '@wheelhouse/core';
import { memo, useEffect, useRef } from 'react';
import { Ago } from '../../kit/Ago.tsx';
import { Marked } from '../../kit/Marked.tsx';
import css from './CaseList.module.css';
import { DueClock } from './DueClock.tsx';
import { outcomeWords } from './outcome.ts';

interface CaseListRowProps {
  row: CaseRow;
  current: boolean;
  selected: boolean;
  selecting: boolean;
  held: boolean;
  /** Held to stand ready after the case at hand. */
  ahead: boolean;
  nameOf: (id: string | null | undefined) => string;
  me_id: string;
  onOpen: (id: string) => void;
  onSelect: (id: string) => void;
}

const new_ms = 4_000;

/** One row: what, why, whose, how long. */
export const CaseListRow = memo(function CaseListRow(props: CaseListRowProps) {
  const { row, current, selected, selecting, held, ahead, nameOf, me_id, onOpen, onSelect } = props;
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (current) item.current?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  const others = row.holders.filter(({ rater }) => rater !== me_id);
  const arrived = Date.now() - Date.parse(row.created_at) < new_ms;
  return (
    <li
      ref={item}
      className={css.row}
      data-current={current || undefined}
      data-selected={selected || undefined}
      data-selecting={selecting || undefined}
      data-taken={(others.length > 0 && !held) || undefined}
      data-arrived={arrived || undefined}
    >
      <Checkbox
        className={css.box}
        size="xs"
        checked={selected}
        onChange={() => onSelect(row.id)}
        aria-label={`Select ${row.title.slice(0, 80)}`}
        tabIndex={selecting ? 0 : -1}
      />
      <button
        type="button"
        className={css.open}
        onClick={() => onOpen(row.id)}
        aria-current={current || undefined}
      >
        <span className={css.line}>
          <span className={`${css.title} one-line`} dir="auto">
            <Marked text={row.title} />
          </span>
          <span className={css.age}>
            {row.resolved_at ? (
              <Ago at={row.resolved_at} short />
            ) : (
              <Ago at={row.created_at} short />
            )}
          </span>
        </span>
        <span className={css.line}>
          <span className={`${css.why} one-line`}>
            {row.outcome ? <b>{outcomeWords(row.outcome)}</b> : row.reason}
          </span>
          {row.confidence !== null && !row.outcome && (
            <span className={css.figure}>{row.confidence.toFixed(2)}</span>
          )}
        </span>
        <span className={css.marks}>
          <span className="one-line">{row.gate_title ?? row.queue}</span>
          {row.kind !== 'review' && <span className={css.mark}>{row.kind.replace('_', ' ')}</span>}
          {row.risk === 'high' && <span className={css.risk}>high risk</span>}
          {row.assigned_to && <span className={css.mark}>for {nameOf(row.assigned_to)}</span>}
          {held && <span className={css.yours}>{ahead ? 'yours next' : 'yours'}</span>}
          {!held && others[0] && (
            <span className={`${css.mark} ${css.holder} one-line`}>
              held by {nameOf(others[0].rater)}
            </span>
          )}
          {row.due_at && row.state === 'waiting' && <DueClock at={row.due_at} short />}
        </span>
      </button>
    </li>
  );
});

import { Checkbox } from '@mantine/core';
import type { CaseRow } from '@wheelhouse/core';
import { memo, useEffect, useRef } from 'react';
import { Ago } from '../../kit/Ago.tsx';
import { Marked } from '../../kit/Marked.tsx';
import css from './CaseList.module.css';
import { DueClock } from './DueClock.tsx';
import { outcomeWords } from './outcome.ts';

export interface CaseListRowProps {
  row: CaseRow;
  current: boolean;
  selected: boolean;
  selecting: boolean;
  held: boolean;
  /** Held to stand ready after the case at hand. */
  ahead: boolean;
  /** It has probably run out. */
  doubtful: boolean;
  /** Answered, and not known whether the answer arrived. */
  unsure: boolean;
  nameOf: (id: string | null | undefined) => string;
  me_id: string;
  onOpen: (id: string) => void;
  /** @param range everything from the last one selected to this */
  onSelect: (id: string, range?: boolean) => void;
}

const new_ms = 4_000;

/** One row in two lines: what and how long, then why and whose. */
export const CaseListRow = memo(function CaseListRow(props: CaseListRowProps) {
  const { row, current, selected, selecting, held, me_id, onOpen, onSelect } = props;
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
        onChange={({ nativeEvent }) =>
          onSelect(row.id, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)
        }
        aria-label={`Select ${row.title.slice(0, 80)}`}
        tabIndex={selecting ? 0 : -1}
      />
      <button
        type="button"
        data-row
        className={css.open}
        onClick={() => onOpen(row.id)}
        aria-current={current || undefined}
      >
        <span className={css.line}>
          <span className={`${css.title} one-line`} dir="auto">
            <Marked text={row.title} />
          </span>
          <span className={css.age}>
            <Time row={row} />
          </span>
        </span>
        <span className={css.line}>
          <span className={`${css.why} one-line`}>
            {row.outcome ? outcomeWords(row.outcome) : row.reason}
          </span>
          <span className={`${css.gate} one-line`}>{row.gate_title ?? row.queue}</span>
          <RowMarks {...props} holder={others[0]?.rater} />
        </span>
      </button>
    </li>
  );
});

/** When it was decided, else when it must be, else since when it waits. */
function Time({ row: { resolved_at, due_at, state, created_at } }: { row: CaseRow }) {
  if (resolved_at) return <Ago at={resolved_at} short />;
  if (due_at && state === 'waiting') return <DueClock at={due_at} short />;
  return <Ago at={created_at} short />;
}

/** What sets a case apart from its neighbours. */
function RowMarks(props: CaseListRowProps & { holder: string | undefined }) {
  const { row, held, ahead, doubtful, unsure, holder, nameOf } = props;
  return (
    <span className={css.marks}>
      {row.kind !== 'review' && <span>{row.kind.replace('_', ' ')}</span>}
      {row.risk === 'high' && <span className={css.risk}>high risk</span>}
      {row.stranded_at && <span className={css.risk}>nobody left</span>}
      {row.rests_until && <span>not offered today</span>}
      {row.assigned_to && <span className="one-line">for {nameOf(row.assigned_to)}</span>}
      {unsure && <span className={css.risk}>not confirmed</span>}
      {held && doubtful && !unsure && <span>perhaps yours</span>}
      {held && !doubtful && !unsure && (
        <span className={css.yours}>{ahead ? 'next' : 'yours'}</span>
      )}
      {!held && holder && <span className="one-line">held by {nameOf(holder)}</span>}
    </span>
  );
}

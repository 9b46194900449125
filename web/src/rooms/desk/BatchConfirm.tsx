import { Textarea } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import type { Case, CaseRow, Values } from '@wheelhouse/core';
import { useState } from 'react';
import { ActButton } from '../../kit/ActButton.tsx';
import { isHostile } from '../../kit/hostile.ts';
import { Marked } from '../../kit/Marked.tsx';
import { useKeys } from '../../kit/useKeys.ts';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';
import css from './BatchBar.module.css';

/** One answer that many cases can be given. */
export interface Way {
  key: string;
  label: string;
  values: (reason: string) => Values;
  /** What waits may run after it, so what hides in it must have been looked at. */
  lets_out: boolean;
  /** Whether it says why; null when it never does. */
  reason: 'required' | 'optional' | null;
}

interface BatchConfirmProps {
  way: Way;
  rows: readonly CaseRow[];
  busy: boolean;
  onGo: (case_ids: string[], values: Values) => void;
}

/** Names every case before one answer decides them all. Those that hide something are never
 *  approved among others (rule K1). */
export function BatchConfirm({ way, rows, busy, onGo }: BatchConfirmProps) {
  const [reason, setReason] = useState('');
  const { unread, hiding } = useHiding(way.lets_out ? rows : []);
  const plain = rows.filter(({ id }) => !hiding.has(id));
  const missing = way.reason === 'required' && !reason.trim();
  const off = missing || unread > 0 || plain.length === 0;
  const go = () => {
    if (off) return;
    const ids = plain.map(({ id }) => id);
    onGo(ids, way.values(reason.trim()));
  };
  const label = `${way.label} all named`;
  useKeys([{ key: 'mod+Enter', label, group: 'Selected cases', in_fields: true, run: go, off }]);
  return (
    <div className={css.confirm}>
      <ul className={css.titles} aria-label="The cases">
        {rows.map(({ id, title }) => (
          <li key={id} data-left={hiding.has(id) || undefined}>
            <span className="one-line">
              <Marked text={title} />
            </span>
            {hiding.has(id) && <span className={css.left}>hides characters</span>}
          </li>
        ))}
      </ul>
      {hiding.size > 0 && (
        <p className={css.say}>
          {hiding.size === 1 ? 'One of them hides' : `${hiding.size} of them hide`} characters and
          is left out. Look at it alone.
        </p>
      )}
      {way.reason && (
        <Textarea
          label={way.reason === 'required' ? 'Why are they rejected?' : 'Why? (optional)'}
          description="Whoever asked reads this."
          data-autofocus
          autosize
          minRows={2}
          maxLength={10_000}
          value={reason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
      )}
      <p className={css.say}>
        Each gets its own record under your name. What someone else decides meanwhile stays as it
        is.
      </p>
      <ActButton
        act_key="mod+Enter"
        variant="filled"
        data-autofocus={!way.reason || undefined}
        disabled={off}
        loading={busy}
        onClick={go}
      >
        {unread > 0
          ? `Reading ${rows.length - unread} of ${rows.length}…`
          : `${way.label} ${plain.length}`}
      </ActButton>
    </div>
  );
}

/** Reads the cases in full, to find those with characters that hide. */
function useHiding(rows: readonly CaseRow[]) {
  const read = useQueries({
    queries: rows.map(({ id }) => ({
      queryKey: keys.case(id),
      queryFn: () => api.cases.get(id),
    })),
  });
  const hiding = new Set(
    read.flatMap(({ data }) =>
      data && isHostile([data.action?.bytes, data.parts]) ? [data.id] : [],
    ),
  );
  return { unread: read.filter(({ data }: { data?: Case | undefined }) => !data).length, hiding };
}

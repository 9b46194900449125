import { Textarea } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import type { Case, CaseRow, Me, Values } from '@wheelhouse/core';
import { useState } from 'react';
import { ActButton } from '../../kit/ActButton.tsx';
import { isHostile } from '../../kit/hostile.ts';
import { Marked } from '../../kit/Marked.tsx';
import { useKeys } from '../../kit/useKeys.ts';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';
import { mayAs, useMe, useNames } from '../../live/session.ts';
import css from './BatchBar.module.css';
import { barredFrom } from './barred.ts';

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
 *  approved among others (rule K1), and those that are not ours are never sent. */
export function BatchConfirm({ way, rows, busy, onGo }: BatchConfirmProps) {
  const [reason, setReason] = useState('');
  const { unread, out } = useLeftOut(rows, way.lets_out);
  const plain = rows.filter(({ id }) => !out.has(id));
  const hiding = [...out.values()].filter((why) => why === hides).length;
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
          <li key={id} data-left={out.has(id) || undefined}>
            <span className="one-line">
              <Marked text={title} />
            </span>
            {out.has(id) && (
              <span
                className={`${css.left} one-line`}
                data-hides={out.get(id) === hides || undefined}
              >
                {out.get(id)}
              </span>
            )}
          </li>
        ))}
      </ul>
      {hiding > 0 && (
        <p className={css.say}>
          {hiding === 1
            ? 'One of them hides characters and is left out. Look at it alone.'
            : `${hiding} of them hide characters and are left out. Look at each alone.`}
        </p>
      )}
      {out.size > hiding && (
        <p className={css.say}>
          {out.size - hiding === 1
            ? 'One of them is not yours to decide and is left out.'
            : `${out.size - hiding} of them are not yours to decide and are left out.`}
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

const hides = 'hides characters';

/** Reads the cases in full, to find those that cannot be decided among others, and why. */
function useLeftOut(rows: readonly CaseRow[], lets_out: boolean) {
  const me = useMe();
  const nameOf = useNames();
  const read = useQueries({
    queries: rows.map(({ id }) => ({
      queryKey: keys.case(id),
      queryFn: () => api.cases.get(id),
    })),
  });
  const out = new Map<string, string>();
  for (const { data } of read) {
    if (!data) continue;
    const why =
      notOurs(data, me, nameOf) ??
      (lets_out && isHostile([data.action?.bytes, data.parts]) ? hides : null);
    if (why) out.set(data.id, why);
  }
  return { unread: read.filter(({ data }: { data?: Case | undefined }) => !data).length, out };
}

/** Why a case is not this person's to decide, in the few words that a row has room for. */
function notOurs(shown: Case, me: Me, nameOf: (id: string) => string): string | null {
  if (shown.state !== 'waiting') return 'decided meanwhile';
  if (barredFrom(shown, me, nameOf, Date.now()) === null) return null;
  if (!mayAs(me.role, shown.needs_role)) return `asks for a ${shown.needs_role}`;
  if (shown.assigned_to && shown.assigned_to !== me.id) {
    return `given to ${nameOf(shown.assigned_to)}`;
  }
  const others = shown.holders.filter(({ rater }) => rater !== me.id);
  return `held by ${others.map(({ rater }) => nameOf(rater)).join(' and ')}`;
}

import { useState } from 'react';
import type { CaseScreenProps } from './CaseScreen.tsx';
import type { PassingDraft } from './draft.ts';
import { drafts } from './drafts.ts';
import type { Act } from './useActs.ts';
import type { AnswerState } from './useAnswer.ts';

type Status = PassingDraft['status'];
const labels: Record<Status, string> = { skipped: 'Skip', cannot_judge: 'Cannot judge' };

export type Passing = ReturnType<typeof usePassing>;

/** Leaving the decision to others, which takes a reason: skipping, or not being able to judge. */
export function usePassing({ shown, barred, onDecide }: CaseScreenProps, answer: AnswerState) {
  const [passing, setPassing] = useState(() => drafts.get(shown.id)?.passing ?? null);
  const [tried, setTried] = useState(false);
  const status = passing?.status ?? null;
  const why = passing?.why ?? '';
  const keep = (next: PassingDraft | null) => {
    setPassing(next);
    drafts.set(shown.id, { passing: next ?? undefined }, Date.now());
  };
  const stop = () => {
    keep(null);
    setTried(false);
  };
  const send = () => {
    const note = why.trim();
    if (note === '' || status === null) setTried(true);
    else onDecide({ status, values: {}, note, spent_ms: answer.spent() });
  };
  const off = barred !== null;
  const act = (key: string, which: Status): Act => ({
    key,
    label: labels[which],
    kind: 'side',
    run: () => keep({ status: which, why: '' }),
    off,
  });
  const acts: Act[] = status
    ? [
        { key: 'mod+Enter', label: labels[status], kind: 'main', in_fields: true, run: send, off },
        { key: 'Escape', label: 'Go back', kind: 'choice', run: stop },
      ]
    : [act('s', 'skipped'), act('c', 'cannot_judge')];
  const setWhy = (next: string) => status && keep({ status, why: next });
  return { status, why, setWhy, missing: tried && why.trim() === '', acts };
}

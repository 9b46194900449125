import { useState } from 'react';
import type { CaseScreenProps } from './CaseScreen.tsx';
import type { Act } from './useActs.ts';
import type { AnswerState } from './useAnswer.ts';

type Status = 'skipped' | 'cannot_judge';
const labels: Record<Status, string> = { skipped: 'Skip', cannot_judge: 'Cannot judge' };

export type Passing = ReturnType<typeof usePassing>;

/** Leaving the decision to others, which takes a reason: skipping, or not being able to judge. */
export function usePassing({ barred, onDecide }: CaseScreenProps, answer: AnswerState) {
  const [status, choose] = useState<Status | null>(null);
  const [why, setWhy] = useState('');
  const [tried, setTried] = useState(false);
  const stop = () => {
    choose(null);
    setWhy('');
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
    run: () => choose(which),
    off,
  });
  const acts: Act[] = status
    ? [
        { key: 'mod+Enter', label: labels[status], kind: 'main', in_fields: true, run: send, off },
        { key: 'Escape', label: 'Go back', kind: 'choice', run: stop },
      ]
    : [act('s', 'skipped'), act('c', 'cannot_judge')];
  return { status, why, setWhy, missing: tried && why.trim() === '', acts };
}

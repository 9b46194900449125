import { useCallback, useRef, useState } from 'react';
import { useKeys } from '../../kit/useKeys.ts';
import { withVerdict } from './answer.ts';
import type { CaseScreenProps } from './CaseScreen.tsx';
import { type AnswerState, useAnswer } from './useAnswer.ts';

/** One thing that can be done with the case at hand: a key, and a control that shows it. */
export interface Act {
  key: string;
  label: string;
  run: () => void;
  /** `main` is the one thing to do; `choice` are equals; `side` stand apart; `more` in a menu. */
  kind: 'main' | 'choice' | 'side' | 'more';
  off?: boolean;
  /** Why it is off, or needs a click. */
  say?: string;
  /** The key alone does not do it: something hidden must be looked at first. */
  click_only?: boolean;
  in_fields?: boolean;
}

/** Everything that can be done with the case at hand, as keys and as the controls that show them. */
export function useActs(props: CaseScreenProps, intact: boolean | null) {
  const { shown, barred, held } = props;
  const note_ref = useRef<HTMLTextAreaElement>(null);
  const { onClaim } = props;
  const engage = useCallback(() => {
    if (!held && barred === null) onClaim();
  }, [held, barred, onClaim]);
  const answer = useAnswer(shown, engage);
  const questions = shown.form.questions.filter(({ kind }) => kind !== 'verdict');
  const [active, setActive] = useState<string | null>(questions[0]?.name ?? null);
  const open = shown.state === 'waiting';
  const note: Act = {
    key: 'n',
    label: 'Note',
    kind: 'side',
    run: () => note_ref.current?.focus(),
  };
  const acts = open
    ? [...deciding(props, answer, intact), ...passing(props, answer), note]
    : [note];
  if (open)
    acts.push({
      key: 'm',
      label: 'Assign',
      kind: 'more',
      run: props.onAssign,
      off: !props.may_assign,
    });
  const step = (by: number) => {
    const at = questions.findIndex(({ name }) => name === active);
    const next = questions[(at + by + questions.length) % questions.length];
    if (next) setActive(next.name);
  };
  useKeys([
    ...acts.map(({ key, label, run, off, in_fields, click_only }) => ({
      key,
      label: click_only ? `${label} (needs the click here)` : label,
      group: 'This case',
      run,
      off: off || click_only || false,
      in_fields: in_fields ?? false,
    })),
    ...(open && questions.length > 1
      ? [
          { key: ']', label: 'Next question', group: 'This case', run: () => step(1) },
          { key: '[', label: 'Question before', group: 'This case', run: () => step(-1) },
        ]
      : []),
    ...(open && shown.suggestion && barred === null
      ? [
          {
            key: 'f',
            label: 'Fill in what the AI suggests',
            group: 'This case',
            run: () => answer.setMany(shown.suggestion?.values ?? {}),
          },
        ]
      : []),
  ]);
  return { answer, acts, active, setActive, note_ref };
}

const asked = (props: CaseScreenProps) =>
  props.shown.form.questions.filter(({ kind }) => kind !== 'verdict');

/** The acts that decide. */
function deciding(props: CaseScreenProps, answer: AnswerState, intact: boolean | null): Act[] {
  const { shown, barred, onDecide } = props;
  const off = barred !== null || answer.changed;
  const send = (values: Parameters<AnswerState['bodyFor']>[0]) => {
    const body = answer.bodyFor(values);
    if (body) onDecide(body);
  };
  const risky = answer.hostile
    ? { click_only: true, say: 'Hidden characters: look, then click' }
    : {};
  const broken = intact === false;
  if (!answer.verdict) {
    const later = asked(props).some(
      ({ kind, required }) => required && (kind === 'span' || kind === 'region'),
    );
    const submit = {
      label: 'Submit answer',
      kind: 'main' as const,
      run: () => send(answer.values),
      off: off || later,
    };
    return [
      { ...submit, key: 'a' },
      { ...submit, key: 'mod+Enter', in_fields: true },
    ];
  }
  if (answer.editing) {
    return [
      {
        key: 'mod+Enter',
        label: 'Approve as edited',
        kind: 'main',
        in_fields: true,
        run: () => send(answer.values),
        off: off || broken,
        ...risky,
      },
      { key: 'Escape', label: 'Stop editing', kind: 'choice', run: answer.stopVerdict },
    ];
  }
  if (answer.rejecting) {
    return [
      {
        key: 'mod+Enter',
        label: 'Reject',
        kind: 'main',
        in_fields: true,
        run: () => send(answer.values),
        off,
      },
      { key: 'Escape', label: 'Do not reject', kind: 'choice', run: answer.stopVerdict },
    ];
  }
  const verdict = (said: 'approve' | 'reject') => () =>
    send(withVerdict(shown.form, answer.values, said));
  const must_say = answer.verdict.reject_reason === 'required';
  return [
    {
      key: 'a',
      label: 'Approve',
      kind: 'choice',
      run: verdict('approve'),
      off: off || broken,
      ...risky,
    },
    ...(answer.verdict.edit
      ? [
          {
            key: 'e',
            label: 'Edit',
            kind: 'choice' as const,
            run: () => void answer.edit(),
            off: off || answer.original === undefined,
          },
        ]
      : []),
    {
      key: 'r',
      label: must_say ? 'Reject…' : 'Reject',
      kind: 'choice',
      run: must_say ? answer.startRejecting : verdict('reject'),
      off,
    },
    ...(must_say
      ? []
      : [
          {
            key: 'shift+r',
            label: 'Reject with a reason',
            kind: 'more' as const,
            run: answer.startRejecting,
            off,
          },
        ]),
  ];
}

/** The acts that leave the decision to others. */
function passing({ barred, onDecide }: CaseScreenProps, answer: AnswerState): Act[] {
  const off = barred !== null;
  const pass = (status: 'skipped' | 'cannot_judge') => () =>
    onDecide({ status, values: {}, spent_ms: answer.spent() });
  return [
    { key: 's', label: 'Skip', kind: 'side', run: pass('skipped'), off },
    { key: 'c', label: 'Cannot judge', kind: 'side', run: pass('cannot_judge'), off },
  ];
}

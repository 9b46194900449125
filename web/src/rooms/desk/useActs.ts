import type { Values } from '@wheelhouse/core';
import { useCallback, useRef, useState } from 'react';
import type { KeyAct } from '../../kit/keys.ts';
import { useKeys } from '../../kit/useKeys.ts';
import { sentenceOf } from '../../live/problem.ts';
import { takeable, withVerdict } from './answer.ts';
import type { CaseScreenProps } from './CaseScreen.tsx';
import { showQuestion } from './questions.tsx';
import { say as tell } from './toasts.tsx';
import { type AnswerState, useAnswer } from './useAnswer.ts';
import { usePassing } from './usePassing.ts';

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
  const passing = usePassing(props, answer);
  const acts: Act[] = [];
  if (open && !passing.status) acts.push(...deciding(props, answer, intact));
  if (open) acts.push(...passing.acts);
  if (!passing.status) acts.push(note);
  if (open) acts.push(whose(props));
  const step = (by: number) => {
    const at = questions.findIndex(({ name }) => name === active);
    const next = questions[(at + by + questions.length) % questions.length];
    if (!next) return;
    setActive(next.name);
    showQuestion(next.name);
  };
  // A key that does nothing and says nothing looks like an answer that was sent.
  const sayBarred = () => tell(shown.id, 'It is not yours to decide', barred);
  const bound: KeyAct[] = acts.map(({ label, click_only, off, ...act }) => ({
    ...act,
    label: click_only ? `${label} (needs the click here)` : label,
    group: 'This case',
    off: off || click_only || false,
    ...(off && barred !== null ? { run: sayBarred, off: false } : {}),
  }));
  if (open && questions.length > 1) {
    bound.push(
      { key: ']', label: 'Next question', group: 'This case', run: () => step(1) },
      { key: '[', label: 'Question before', group: 'This case', run: () => step(-1) },
    );
  }
  const suggested = takeable(shown);
  if (open && suggested && barred === null) {
    const run = () => answer.setMany(suggested);
    bound.push({ key: 'f', label: 'Fill in what the AI suggests', group: 'This case', run });
  }
  useKeys(props.selecting ? [] : bound);
  return { answer, acts, passing, active, setActive, note_ref };
}

/** Leads give a case to anyone; others can only take it for themselves. */
const whose = ({ may_assign, onAssign, onClaim, held, barred }: CaseScreenProps): Act =>
  may_assign
    ? { key: 'm', label: 'Assign', kind: 'more', run: onAssign }
    : { key: 'm', label: 'Take it', kind: 'more', run: onClaim, off: held || barred !== null };

const asked = (props: CaseScreenProps) =>
  props.shown.form.questions.filter(({ kind }) => kind !== 'verdict');

type Send = (values: Values) => void;

/** The acts that decide. */
function deciding(props: CaseScreenProps, answer: AnswerState, intact: boolean | null): Act[] {
  const off = props.barred !== null || answer.changed;
  const send: Send = (values) => {
    const body = answer.bodyFor(values);
    if (body) props.onDecide(body);
  };
  if (!answer.verdict) {
    const later = asked(props).some(
      ({ kind, required }) => required && (kind === 'span' || kind === 'region'),
    );
    const submit = { label: 'Submit answer', kind: 'main', off: off || later } as const;
    const run = () => send(answer.values);
    return [
      { ...submit, run, key: 'a' },
      { ...submit, run, key: 'mod+Enter', in_fields: true },
    ];
  }
  if (answer.rejecting) {
    const run = () => send(answer.values);
    return [
      { key: 'mod+Enter', label: 'Reject', kind: 'main', in_fields: true, run, off },
      { key: 'Escape', label: 'Do not reject', kind: 'choice', run: answer.stopVerdict },
    ];
  }
  // What hides in the text is looked at before it is let through: the key alone does not approve.
  const risky = answer.hostile
    ? { click_only: true, say: 'Hidden characters: look, then click' }
    : {};
  const approving = { off: off || intact === false, ...risky };
  if (!answer.editing) return verdicts(props, answer, send, off, approving);
  const run = () => send(answer.values);
  return [
    {
      key: 'mod+Enter',
      label: 'Approve as edited',
      kind: 'main',
      in_fields: true,
      run,
      ...approving,
    },
    { key: 'Escape', label: 'Stop editing', kind: 'choice', run: answer.stopVerdict },
  ];
}

/** Approve, edit, reject: equals. */
function verdicts(
  { shown }: CaseScreenProps,
  answer: AnswerState,
  send: Send,
  off: boolean,
  approving: Partial<Act>,
): Act[] {
  const say = (said: 'approve' | 'reject') => () =>
    send(withVerdict(shown.form, answer.values, said));
  const edit = () => {
    answer.edit().catch((problem) => tell(shown.id, 'The edit did not open', sentenceOf(problem)));
  };
  const reason = answer.startRejecting;
  const must_say = answer.verdict?.reject_reason === 'required';
  const acts: Act[] = [
    { key: 'a', label: 'Approve', kind: 'choice', run: say('approve'), ...approving },
    {
      key: 'e',
      label: 'Edit',
      kind: 'choice',
      run: edit,
      off: off || answer.original === undefined,
    },
    must_say
      ? { key: 'r', label: 'Reject…', kind: 'choice', run: reason, off }
      : { key: 'r', label: 'Reject', kind: 'choice', run: say('reject'), off },
  ];
  if (!must_say) {
    acts.push({ key: 'shift+r', label: 'Reject with a reason', kind: 'more', run: reason, off });
  }
  return acts.filter(({ key }) => key !== 'e' || answer.verdict?.edit);
}

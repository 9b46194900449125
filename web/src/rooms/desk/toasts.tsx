import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type Case, peopleAsked } from '@wheelhouse/core';
import type { ReactNode } from 'react';
import { ActButton } from '../../kit/ActButton.tsx';
import { useClock } from '../../kit/Ago.tsx';
import { countdownText, spanText } from '../../kit/duration.ts';
import type { AnswerResult } from '../../live/api.ts';
import { type ApiProblem, sentenceOf } from '../../live/problem.ts';
import { drafts } from './drafts.ts';
import { outcomeWords } from './outcome.ts';
import css from './toasts.module.css';

export const plain_ms = 3_500;
export const loud_ms = 12_000;

/** Says what came of a decision. One that can still be taken back stays until it cannot. */
export function tellDecided(asked: Case, result: AnswerResult, undo: () => void): void {
  const { case: now, resolution } = result;
  const until = now.undo_until ? Date.parse(now.undo_until) - Date.now() : 0;
  if (!resolution && until <= 0) {
    const left = now.adjudicating
      ? 'The answers differ, so one more person decides.'
      : waitsFor(now);
    if (left) say(asked.id, 'Your answer is in', left, plain_ms);
    return;
  }
  const title = resolution ? outcomeWords(resolution.outcome) : 'Your answer is in';
  if (until <= 0) {
    say('decided', title, short(asked.title), plain_ms);
    return;
  }
  say(
    'decided',
    title,
    <UndoOffer title={short(asked.title)} until={Date.now() + until} undo={undo} />,
    until,
  );
}

/** What is left of a case after someone took a decision back, as a title and a sentence. */
export function takenBackWords({ state, answers_in, quorum }: Case): [string, string] {
  if (state !== 'waiting') return ['Your answer is taken back', 'The others decide it without it.'];
  if (!answers_in) return ['Taken back', 'It waits again, and is yours.'];
  const stand = answers_in === 1 ? 'One answer stands' : `${answers_in} answers stand`;
  return [
    'Your answer is taken back',
    `${stand}; ${quorum.second_opinion === 'on_disagreement' ? 'another person is asked' : `${quorum.approvals} must say the same`}.`,
  ];
}

function waitsFor({ quorum, answers_in, state }: Case): string | null {
  const asked = peopleAsked(quorum, answers_in);
  const left = asked - answers_in;
  if (state !== 'waiting' || asked === 1 || left < 1) return null;
  if (quorum.second_opinion === 'on_disagreement') {
    return 'You say otherwise than the AI, so a second person is asked.';
  }
  return left === 1 ? 'One more person answers it.' : `${left} more people answer it.`;
}

interface UndoOfferProps {
  title: ReactNode;
  until: number;
  undo: () => void;
}

/** What was done, and a button that takes it back while it can be. */
export function UndoOffer({ title, until, undo }: UndoOfferProps) {
  const left = useClock((now) => Math.max(0, Math.ceil((until - now) / 1_000)));
  return (
    <span className={css.offer}>
      <span className={css.what}>{title}</span>
      <ActButton act_key="u" size="compact-sm" disabled={left === 0} onClick={undo}>
        Undo ({left < 60 ? `${left} s` : countdownText(left * 1_000)})
      </ActButton>
    </span>
  );
}

/** Says aloud that a decision did not stand, why, and where to see it. */
export function tellRefused(
  asked: Case,
  problem: ApiProblem,
  names: (id: string) => string,
  open: () => void,
): void {
  const unsure = problem.code === 'unreachable';
  const title = unsure ? 'Not confirmed' : 'Not decided';
  // What nobody knows yet stays until it is known.
  tellLoud(asked, title, whyRefused(problem, names), open, unsure ? null : loud_ms);
}

/** What must not be overlooked of a case, with a way to it. */
export function tellLoud(
  asked: Case,
  title: string,
  words: string,
  open: () => void,
  /** Null until it is closed. */
  for_ms: number | null,
): void {
  const kept = drafts.get(asked.id) ? ' Your draft is kept.' : '';
  say(
    asked.id,
    `${title}: ${short(asked.title)}`,
    <span className={css.offer}>
      <span className={css.what}>
        {words}
        {kept}
      </span>
      <Button
        variant="default"
        size="compact-sm"
        onClick={() => {
          notifications.hide(asked.id);
          open();
        }}
      >
        Open it
      </Button>
    </span>,
    for_ms,
    true,
  );
}

interface First {
  outcome: string;
  by: string[];
  at: string;
}

/** A refusal in the words of the desk, naming who was first where someone was. */
export function whyRefused(problem: ApiProblem, names: (id: string) => string): string {
  switch (problem.code) {
    case 'already_resolved': {
      const first = problem.facts.resolution as First | null | undefined;
      if (!first) return 'It was withdrawn or had run out of time before your answer came.';
      const who = first.by.map(names).join(', ') || 'The clock';
      const ago = spanText(Date.now() - Date.parse(first.at));
      const outcome = outcomeWords(first.outcome).toLowerCase();
      return `${capital(who)} was first: ${outcome}${ago === 'now' ? ' just now' : ` ${ago} ago`}.`;
    }
    case 'unreachable':
      return 'The server did not answer, so it is not known whether your answer arrived. You are told once the connection is back.';
    case 'lease_lost':
      return 'Your hold on it had lapsed. Nothing was decided. Take it and look again.';
    case 'held_by_other':
      return 'Someone else took it while you were looking.';
    case 'stale':
      return 'What it shows changed while you looked. Nothing was decided; look again.';
    case 'own_request':
      return 'You asked for this yourself, so someone else decides it.';
    case 'not_eligible':
      return `It asks for a ${String(problem.facts.needs_role ?? 'higher role')} now. Leave it to them.`;
    case 'invalid':
      return problem.errors
        .map(({ field, message }) => `${field.replace('values.', '')}: ${message}`)
        .join('; ');
    default:
      return `${sentenceOf(problem)} Nothing was decided.`;
  }
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const longest = 80;
export const short = (title: string) =>
  title.length > longest ? `${title.slice(0, longest).toWellFormed()}…` : title;

/** A short message about something that was done or could not be done. */
export function say(
  id: string,
  title: string,
  message: ReactNode,
  /** Null until it is closed. */
  for_ms: number | null = plain_ms,
  loud = false,
): void {
  notifications.hide(id);
  notifications.show({
    id,
    title,
    message,
    autoClose: for_ms ?? false,
    color: loud ? 'dark' : 'petrol',
    withBorder: true,
    role: loud ? 'alert' : 'status',
    closeButtonProps: { 'aria-label': 'Close' },
  });
}

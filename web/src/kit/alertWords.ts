import type { ConversationRow, TargetKind } from '@wheelhouse/core';
import type { Concern } from './concern.ts';
import { momentText } from './duration.ts';
import { due_words } from './wheelWords.ts';

/** Something to be told by a sound and a notification. */
export interface Alert {
  title: string;
  body: string;
  /** Where it is; null for the list of what waits. */
  subject: string | null;
}

/** What one thing that concerns somebody is called. The customer's words are not in it: what a lock
 *  screen shows, others read.
 *  @param customer what they are called, where it is a conversation */
export function alertOf(
  { kind, subject, actor, sent, target }: Concern,
  customer: string,
  nameOf: (id: string) => string,
): Alert {
  const who = nameOf(actor);
  const titles = {
    lost: `${who} took the wheel from you`,
    whispered: `${who} whispers to you`,
    named: `${who} names you in a note`,
    offered: sent ? `${who} sends you a conversation` : 'A customer waits for you',
    written: `${customer} writes to you`,
    reminded: `${customer} waits for your answer`,
    passed: `${customer} waited for you, and another person is asked for`,
    broken: `${customer} waits longer than was promised`,
    drafted: `A reply to ${customer} waits for a person`,
  };
  const body = kind === 'broken' && target ? `${due_words[target]} is overdue.` : customer;
  return { title: titles[kind], body: named_in_title.has(kind) ? '' : body, subject };
}

const named_in_title: ReadonlySet<Concern['kind']> = new Set([
  'written',
  'reminded',
  'passed',
  'drafted',
]);

/** Several at once are one. */
export function gathered(alerts: readonly Alert[], kinds: readonly Concern['kind'][]): Alert {
  const [first] = alerts as [Alert];
  const one_place = alerts.every(({ subject }) => subject === first.subject);
  if (one_place) return alerts.at(-1) as Alert;
  const what = kinds.every((kind) => kind === 'offered')
    ? `${alerts.length} customers wait for you`
    : `${alerts.length} things need you`;
  return {
    title: what,
    body: alerts.map(({ title, body }) => body || title).join(' · '),
    subject: null,
  };
}

/** Before a promise is broken its member is told so long before. */
const near_ms = 120_000;

/** When to say that a promise is nearly broken: two minutes before, or after half the time where it is
 *  a short one. Null when it is broken, or nothing is due. */
export function nearAt({ due_at, waiting_since }: ConversationRow, now_ms: number): number | null {
  if (!due_at) return null;
  const due = Date.parse(due_at);
  if (due <= now_ms) return null;
  const since = waiting_since ? Date.parse(waiting_since) : 0;
  return Math.max(due - near_ms, since + (due - since) / 2);
}

export const nearAlert = ({ id, due_at, due_for }: ConversationRow, customer: string): Alert => ({
  title: `${customer} waits for you`,
  body: `${due_words[due_for as TargetKind]} is due at ${momentText(due_at as string)}.`,
  subject: id,
});

import {
  asksForPerson,
  type Bot,
  type Citation,
  type Contact,
  filled,
  type HandOffReason,
  type JsonObject,
  type Message,
  type Scope,
} from '@wheelhouse/core';
import type { TurnRow } from '../store/conversations.ts';
import type { Minds } from './mind.ts';

const scores_kept = 6;

/** What a turn stands on, read before anything is thought. */
export interface Ground {
  scope: Scope;
  turn: TurnRow;
  bot: Bot;
  contact: Contact | undefined;
  input: JsonObject;
  /** The customer's words that are to be answered, and the number of the message. */
  asked: string;
  message: Message;
}

/** What a bot would say, how sure it is, and what that rests on. */
export interface Thought {
  text: string;
  /** 0..1 */
  confidence: number;
  /** Name of what it may be about → probability 0..1, the likeliest few. */
  scores: Record<string, number>;
  /** Where the words come from; empty for an answer that was written for its intent. */
  citations: Citation[];
  intent?: string;
}

/** What a bot makes of a customer's words: an answer, or why a person is to come. It reads and
 *  writes nothing: what becomes of the thought is its gate's to say. */
export async function think(
  { minds }: { minds: Minds },
  { scope, turn, bot, asked, contact }: Ground,
): Promise<Thought | { reason: HandOffReason }> {
  if (asksForPerson(asked)) return { reason: 'asked' };
  const { definition } = bot;
  if ((turn.posture ?? definition.posture) === 'off') return { reason: 'rule' };
  const { classifier } = await minds.of(scope, bot);
  const read = classifier?.predict(asked, { top: scores_kept });
  const intent = definition.intents.find(({ name }) => name === read?.label);
  if (!read || !intent) return { reason: 'low_confidence' };
  if (read.confidence < definition.hand_off_below) return { reason: 'low_confidence' };
  return {
    text: filled(intent.answer, factsOf(contact)),
    confidence: read.confidence,
    scores: Object.fromEntries(read.scores.map((one) => [one.label, one.probability])),
    citations: [],
    intent: intent.name,
  };
}

/** What an answer may name in braces. */
function factsOf(contact: Contact | undefined): Map<string, string> {
  const facts = new Map<string, string>();
  if (contact?.name) facts.set('contact.name', contact.name);
  for (const [name, value] of Object.entries(contact?.attributes ?? {})) {
    if (typeof value === 'string' || typeof value === 'number') {
      facts.set(`contact.${name}`, String(value));
    }
  }
  return facts;
}

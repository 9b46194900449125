import * as z from 'zod';
import { HandOffReason, Posture } from './conversation.ts';
import type { Form } from './form.ts';
import { Hours, opensEver } from './hours.ts';
import { idOf, Name } from './id.ts';
import { Label, Text } from './json.ts';
import { Citation } from './message.ts';
import { PreChatForm } from './pre-chat-form.ts';
import { Pair } from './preference.ts';
import { RatingScale } from './rating.ts';
import { Skills } from './routing.ts';
import { type Promised, Targets } from './target.ts';
import { Gathering, Tool } from './tool.ts';
import { Waiting } from './wait.ts';

/** Something customers want, known by what they say. The answer may name facts in braces
 *  ("{contact.name}"), which are filled in when it is given. */
export const Intent = z.strictObject({
  name: Name,
  title: Label(200).optional(),
  examples: z.array(Text(1_000).min(1)).min(1).max(2_000),
  answer: Text(8_000).min(1),
  /** What a person has to know who takes over what it is about. */
  skills: Skills.optional(),
  /** The tool that is called for it, once its arguments are gathered; the answer is said of its result,
   *  and may name that too ("{result.state}", "{arguments.order}"). */
  tool: Name.optional(),
});
export type Intent = z.infer<typeof Intent>;

/** What a bot knows and how it behaves. */
export const BotDefinition = z.strictObject({
  title: Label(200).optional(),
  greeting: Text(2_000).optional(),
  /** The gate that its replies pass. */
  gate: Name.default('replies'),
  /** The gate that asks for a person; its queue and ladder say who comes, and what if nobody does. */
  hand_off_gate: Name.default('hand-offs'),
  posture: Posture.default('auto'),
  /** Under this confidence the bot does not even draft: the whole conversation goes to a person. */
  hand_off_below: z.number().min(0).max(1).default(0.35),
  /** When people are there; always, where none are given (rule W12). */
  hours: Hours.refine(opensEver, {
    path: ['weekly'],
    message: 'names no time at which people are there; without hours they are there always',
  }).optional(),
  /** What a person has to know who takes its conversations over. */
  skills: Skills.default([]),
  /** What a waiting customer is owed as time goes by. */
  waiting: Waiting.prefault({}),
  /** Within how long customers are to be answered (rule W30). */
  targets: Targets.optional(),
  /** Unsure once, it asks what is meant, with the nearest topics to pick from, before a person comes. */
  clarifies: z.boolean().default(true),
  /** What its customers are asked before their first message, in the widget (rule W64). */
  pre_chat_form: PreChatForm.optional(),
  /** How its customers are asked at the end whether they were helped. */
  asks_rating: RatingScale.default('stars'),
  /** Of what share of its answers it asks which of two is better (rule W65). */
  preference_share: z.number().min(0).max(1).default(0),
  /** Where the widget may stand: origins of pages; anywhere when there are none. */
  origins: z.array(Text(300)).max(100).default([]),
  /** How it is to answer, for a language model: tone, what to do, what to leave alone. */
  instructions: Text(8_000).optional(),
  /** Whether it writes with the language model, when the server has one. */
  uses_model: z.boolean().default(true),
  intents: z.array(Intent).max(1_000).default([]),
  /** What it can do beside talking. */
  tools: z.array(Tool).max(50).default([]),
});
export type BotDefinition = z.infer<typeof BotDefinition>;

/** What it promises; null when it promises nothing. */
export const promisedBy = ({ targets, hours }: BotDefinition): Promised | null =>
  targets && Object.keys(targets).length ? { ...targets, ...(hours ? { hours } : {}) } : null;

export const Bot = z.object({
  name: Name,
  title: z.string(),
  version: z.int(),
  definition: BotDefinition,
  updated_at: z.string(),
  updated_by: z.string(),
  /** Since when it is stopped: it says nothing and uses no tool until it is resumed (rule W9). */
  stopped_at: z.string().nullable(),
  stopped_by: z.string().nullable(),
});
export type Bot = z.infer<typeof Bot>;

/** What a change was made from, so that of two who change the same the second is told. */
export const VersionCheck = z.strictObject({
  /** The version that it then was; 0 where there was nothing yet. */
  if_version: z.coerce.number().int().min(0).optional(),
});
export type VersionCheck = z.infer<typeof VersionCheck>;

/** What a turn of the bot came to, kept with its output so that its effect finds its place. */
export const Purpose = z.object({
  purpose: z.enum(['reply', 'alternative', 'hand_off', 'call']),
  bot: Name,
  epoch: z.int(),
  for_seq: z.int(),
  /** Of what is said along with something else: the message that it answers, so that it ends no turn. */
  beside: z.int().optional(),
  reason: z.string().optional(),
  /** What a reply rests on. */
  citations: z.array(Citation).max(20).optional(),
  /** The message that it was streamed as, so that the whole takes the place of its parts. */
  message_id: idOf('message').optional(),
  /** Of a reply that stands beside another, for the customer to choose: which stands where. */
  pair: Pair.optional(),
  /** The intent that it is about. */
  topic: Name.optional(),
  /** Of a question for an argument: what has been gathered for the call. */
  gathering: Gathering.optional(),
  /** What was asked along with it and the bot has no answer to, and why a person comes for it once the
   *  reply is said, if one does. */
  open: z
    .object({
      asked: z.array(z.string()).max(10),
      leaves: z.object({ reason: HandOffReason, why: z.string().optional() }).optional(),
    })
    .optional(),
  /** Of a reply that tells what came of a call: the call's output. */
  call: idOf('output').optional(),
});
export type Purpose = z.infer<typeof Purpose>;

/** Which bot is stopped or resumed; without a name, every one there is. */
export const BotStop = z.strictObject({ bot: Name.optional() });

/** What a hand-off asks of a person. */
export const wheel_form: z.input<typeof Form> = {
  title: 'Who goes on with this conversation?',
  questions: [
    {
      kind: 'choice',
      name: 'wheel',
      title: 'The wheel',
      options: [
        { value: 'take', label: 'I take it' },
        { value: 'hand_back', label: 'Give it back to the assistant' },
      ],
    },
  ],
};

import * as z from 'zod';
import { BotDefinition } from './bot.ts';
import { ContactSubmission } from './contact.ts';
import { HandOffReason } from './conversation.ts';
import { Name } from './id.ts';
import { StoredObject, Text } from './json.ts';
import { Citation, longest_message, MessageBody } from './message.ts';
import { VerdictKind } from './output.ts';
import { Gathering } from './tool.ts';

/** One turn that went before: what the bot said is given back as the trial said it. */
export const TrialTurn = z.strictObject({
  from: z.enum(['customer', 'bot']),
  body: MessageBody,
  /** What it asked for to call a tool with, where it did. */
  gathering: Gathering.optional(),
});
export type TrialTurn = z.infer<typeof TrialTurn>;

/** What a bot is asked in a trial (rule W40). */
export const TrialSubmission = z.strictObject({
  text: Text(longest_message).refine((text) => /\S/u.test(text), 'is blank'),
  /** Oldest first. */
  earlier: z.array(TrialTurn).max(50).default([]),
  /** Who asks, for answers that name facts. */
  contact: ContactSubmission.pick({ name: true, language: true, attributes: true }).optional(),
  /** A definition that is not saved, in place of the one in force. */
  definition: BotDefinition.optional(),
});
export type TrialSubmission = z.infer<typeof TrialSubmission>;

/** An intent as the classifier read it. */
const Meant = z.object({
  name: Name,
  title: z.string(),
  /** 0..1 */
  confidence: z.number(),
});

/** Something that a bot would say or call, and what its gate makes of it. */
export const TrialStep = z.object({
  /** What it would say; null where it says nothing. */
  says: MessageBody.nullable(),
  citations: z.array(Citation),
  /** What it asks for to call a tool with, where it does; given back with its words, the customer's
   *  answer is read as one. */
  gathering: Gathering.nullable(),
  /** The tool that it would call, where it would; it is not carried out (rule W71). */
  calls: z.object({ tool: Name, arguments: StoredObject }).nullable(),
  /** 0..1; null where there is nothing to say or call, or nobody knows. */
  confidence: z.number().nullable(),
  /** What the gate of its replies, or of the tool, says of it; null where there is nothing to judge. */
  judged: z
    .object({
      gate: Name,
      /** null while the gate is not made: it comes with the bot. */
      policy_version: z.int().nullable(),
      verdict: VerdictKind,
      reasons: z.array(z.string()),
      /** Whether one rule says so, rather than what holds where none does. */
      by_rule: z.boolean().optional(),
      /** Share 0..1 of what passes that people look at anyway. */
      spot_check: z.number(),
    })
    .nullable(),
});
export type TrialStep = z.infer<typeof TrialStep>;

/** What a bot would do with a message, and why. Nothing of it is stored. */
export const Trial = TrialStep.extend({
  /** What it would say and call along with that, each by its own gate (rule W100). */
  beside: z.array(TrialStep),
  /** Why a person would be asked for, where one would. */
  hands_off: z.object({ reason: HandOffReason, words: z.string() }).nullable(),
  intent: Meant.nullable(),
  runner_up: Meant.nullable(),
  /** What its articles say of it, the best first. */
  passages: z.array(
    z.object({
      article: Name,
      title: z.string(),
      heading: z.array(z.string()),
      url: z.string().nullable(),
      text: z.string(),
      /** Only good for comparing passages for the same question. */
      score: z.number(),
      /** 0..1: the share of the question's words, by rarity, that the passage has. */
      coverage: z.number(),
    }),
  ),
  /** 0..1: how sure the search is that the first passage's article answers. */
  found: z.number(),
  /** Under this it says nothing, and asks or hands off. */
  hand_off_below: z.number(),
  /** The language model whose words these are; null when they were written for the bot. */
  written_by: z.string().nullable(),
  spent_ms: z.number(),
});
export type Trial = z.infer<typeof Trial>;

import { type Contact, type Hours, type JsonObject, openAt } from '@wheelhouse/core';
import type { Ground } from './think.ts';

/** The topic of what no intent was written for. */
export const other_topic = 'other';

/** What the rules of a gate can ask of anything that a bot says or does, beside its words and its
 *  confidence: what it is about, whom it is for, and whether people are there. So one policy says by
 *  topic, hour and customer whether the bot goes on by itself, drafts, or leaves it to a person
 *  (rule W49). */
export const circumstancesOf = (
  { turn, bot, contact, labels, now }: Ground,
  topic: string = other_topic,
): JsonObject => ({
  topic,
  hours: hoursAt(bot.definition.hours, now),
  contact: contactSeen(contact),
  language: turn.language ?? contact?.language ?? null,
  labels,
});

/** People who keep no hours are always there. */
const hoursAt = (hours: Hours | undefined, now: string) =>
  hours && !openAt(hours, now) ? 'closed' : 'open';

const contactSeen = (contact: Contact | undefined): JsonObject => ({
  verified: contact?.verified ?? false,
  attributes: contact?.attributes ?? {},
});

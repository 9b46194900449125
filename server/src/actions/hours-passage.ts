import { backAt, closingOf, openAt, openingWords, type Source } from '@wheelhouse/core';
import type { Ground } from './think.ts';

/** Whether people are there, and when they go or are back, as a passage that a language model may say
 *  things by and is measured by, as by any other (rule W74). None where no hours are kept. */
export function hoursPassage({ bot, turn, contact, now }: Ground): Source[] {
  const { hours } = bot.definition;
  if (!hours) return [];
  // In the customer's words for days and months, which are those that the answer has.
  const language = turn.language ?? contact?.language ?? null;
  const said = (at: string) => `${openingWords(hours, at, language)} (${hours.zone})`;
  const [closes, back_at] = [closingOf(hours, now), backAt(hours, now)];
  const text = openAt(hours, now)
    ? `People of our team are here now${closes ? `, until ${said(closes)}` : ''}.`
    : `Nobody of our team is here now.${back_at ? ` People are back on ${said(back_at)}.` : ''}`;
  return [{ title: 'Our team’s hours', text, citation: null }];
}

import {
  type Bot,
  type Contact,
  type Instant,
  type Intent,
  lackingIn,
  nextOpening,
  nowWords,
  openingWords,
} from '@wheelhouse/core';

/** What an answer may name in braces. */
export function factsOf(contact: Contact | undefined, bot: Bot, now: Instant): Map<string, string> {
  const facts = new Map<string, string>();
  const { hours } = bot.definition;
  const opens_at = hours && nextOpening(hours, now);
  if (opens_at) {
    const language = contact?.language ?? null;
    // While they are there nobody wants to know when they come the next time.
    const said = opens_at === now ? nowWords(language) : openingWords(hours, opens_at, language);
    facts.set('hours.next_opening', said);
  }
  for (const [name, value] of Object.entries(contact?.attributes ?? {})) {
    const said = Array.isArray(value) ? value : [value];
    if (said.every((one) => typeof one === 'string' || typeof one === 'number')) {
      facts.set(`contact.${name}`, said.join(', '));
    }
  }
  // Attributes cannot pass for what we know ourselves.
  if (contact?.name) facts.set('contact.name', contact.name);
  if (contact?.email) facts.set('contact.email', contact.email);
  return facts;
}

/** The fact without which an intent's answer has a hole; a tool's result has its own. */
export const lackingOf = (
  { bot, contact, now }: { bot: Bot; contact: Contact | undefined; now: Instant },
  intent: Intent | undefined,
): string | undefined =>
  intent && !intent.tool ? lackingIn(intent.answer, factsOf(contact, bot, now))[0] : undefined;

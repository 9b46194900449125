import * as z from 'zod';
import type { Brief, Fact } from './brief.ts';
import { fact_kinds } from './gathered.ts';
import { citedText, groundedConfidence, type Source } from './grounding.ts';
import { type Message, wordsOf } from './message.ts';

/** What a language model makes of a conversation, as it is asked to write it. */
export const WrittenBrief = z.object({
  goal: z.string().max(400).nullable().catch(null),
  facts: z
    .array(z.object({ kind: z.enum(fact_kinds), value: z.string().min(1).max(200), seq: z.int() }))
    .max(30)
    .catch([]),
  reply: z.string().max(4_000).nullable().catch(null),
});
export type WrittenBrief = z.infer<typeof WrittenBrief>;

/** The object in a model's answer, which may stand between other words.
 *  @returns undefined when there is none */
export function writtenBriefIn(answer: string): WrittenBrief | undefined {
  const text = answer.slice(answer.indexOf('{'), answer.lastIndexOf('}') + 1);
  try {
    return WrittenBrief.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

const most_facts = 30;

/** A brief with what a language model made of the conversation, as far as that is grounded: a fact must
 *  stand in the customer's message that it names, each figure of the goal in a message, and the reply
 *  in the passages it cites. What is not is dropped, and what was there before stays (rule W44).
 *  @param terms `least` is the confidence (0..1) under which a reply is not worth suggesting; `found`
 *    how sure the search is of its passages */
export function groundedBrief(
  brief: Brief,
  written: WrittenBrief,
  messages: readonly Message[],
  terms: { by: string; passages: readonly Source[]; found: number; least: number },
): Brief {
  const said = messages.filter(({ audience }) => audience === 'all');
  const facts = [...brief.facts];
  for (const { kind, value, seq } of written.facts) {
    const at = said.find((one) => one.seq === seq && one.author_kind === 'contact');
    if (!at || !wordsOf(at.body).includes(value) || knows(facts, value)) continue;
    facts.push({ kind, value, message_id: at.id, seq });
  }
  const goal = written.goal?.trim();
  const words = said.map(({ body }) => wordsOf(body)).join('\n');
  const { by, passages, found, least } = terms;
  const sure = written.reply
    ? groundedConfidence(written.reply, { passages, asked: words, found })
    : 0;
  return {
    ...brief,
    goal: goal && figuresIn(goal).every((figure) => words.includes(figure)) ? goal : brief.goal,
    facts: facts.slice(0, most_facts),
    suggestion:
      written.reply && sure >= least ? citedText(written.reply, passages) : brief.suggestion,
    written_by: by,
  };
}

const knows = (facts: readonly Fact[], value: string) =>
  facts.some((one) => one.value.includes(value) || value.includes(one.value));

/** The figures in a text, each as it is written. */
export const figuresIn = (text: string): string[] =>
  text.match(/\p{N}[\p{N}.,:/-]*\p{N}|\p{N}/gu) ?? [];

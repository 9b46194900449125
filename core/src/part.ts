import * as z from 'zod';
import { Json, Text } from './json.ts';
import { author_kinds } from './message.ts';

const named = { name: Text(100), title: Text(300).optional() };
/** One message of a conversation that is shown as evidence. Nobody's kind is read out of their name. */
const PartMessage = z.strictObject({
  from: Text(100),
  /** Who speaks. Messages that say it are Markdown, as in the conversation that they are from. */
  author_kind: z.enum(author_kinds).optional(),
  /** Whether a person approved what a bot says here, before it went. */
  approved: z.boolean().optional(),
  text: Text(50_000),
  at: Text(100).optional(),
});

/** What is shown, in order. Server facts (action, facts) stand above what an AI says (prose). */
export const Part = z.discriminatedUnion('kind', [
  z.strictObject({ ...named, kind: z.literal('text'), text: Text(200_000) }),
  z.strictObject({ ...named, kind: z.literal('prose'), text: Text(200_000) }),
  z.strictObject({
    ...named,
    kind: z.literal('messages'),
    messages: z.array(PartMessage).max(2_000),
  }),
  z.strictObject({
    ...named,
    kind: z.literal('facts'),
    facts: z.array(z.strictObject({ label: Text(200), value: Text(5_000) })).max(200),
  }),
  z.strictObject({ ...named, kind: z.literal('json'), value: Json }),
]);
export type Part = z.infer<typeof Part>;

/** A part is spoken of by its name, so that no two may have the same. */
export function namedOnce(parts: readonly Part[], context: z.RefinementCtx): void {
  const names = parts.map(({ name }) => name);
  names.forEach((name, at) => {
    if (names.indexOf(name) === at) return;
    context.addIssue({ code: 'custom', path: [at, 'name'], message: 'each name may stand once' });
  });
}

/** The parts of an output's case. An input may be text, or an object whose `messages`, `facts` and
 *  `text` are shown as such; anything else is shown whole, as JSON. */
export function partsOf(input: Json | undefined | null, content: Json | undefined | null): Part[] {
  const parts: Part[] = [];
  if (input !== undefined && input !== null) parts.push(...inputParts(input));
  if (content !== undefined && content !== null) parts.push(...contentParts(content));
  return parts;
}

function inputParts(input: Json): Part[] {
  if (typeof input === 'string') return [{ kind: 'text', name: 'input', text: input }];
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return [{ kind: 'json', name: 'input', value: input }];
  }
  const { messages, facts, text, ...rest } = input;
  const parts: Part[] = [];
  const tries: [string, Part][] = [
    ['facts', { kind: 'facts', name: 'facts', facts: facts as never }],
    ['messages', { kind: 'messages', name: 'messages', messages: messages as never }],
    ['text', { kind: 'text', name: 'input', text: text as never }],
  ];
  for (const [key, part] of tries) {
    if (input[key] === undefined) continue;
    // A look-alike of another shape is still shown, only plainly.
    if (Part.safeParse(part).success) parts.push(part);
    else rest[key] = input[key] as Json;
  }
  if (Object.keys(rest).length) parts.push({ kind: 'json', name: 'input_rest', value: rest });
  return parts;
}

function contentParts(content: Json): Part[] {
  if (typeof content === 'string') return [{ kind: 'prose', name: 'content', text: content }];
  if (typeof content === 'object' && content !== null && !Array.isArray(content)) {
    const keys = Object.keys(content);
    if (keys.length === 1 && typeof content.text === 'string') {
      return [{ kind: 'prose', name: 'content', text: content.text }];
    }
  }
  return [{ kind: 'json', name: 'content', value: content }];
}

import {
  assert,
  type Bot,
  type Brief,
  backAt,
  briefFrom,
  type Contact,
  type ConversationRecord,
  elapsed,
  type FactKind,
  type HandOffReason,
  type handOff,
  type JsonObject,
  type Message,
  type Principal,
  Purpose,
  type Scope,
  systemOf,
  Waiting,
  wordsOf,
} from '@wheelhouse/core';
import type { Ports, Tx } from '../ports.ts';
import { insertBrief } from '../store/briefs.ts';
import { contactsById } from '../store/contacts.ts';
import { messagesBefore } from '../store/messages.ts';
import { findOutput } from '../store/outputs.ts';
import type { RulingsCache } from './definition.ts';
import { submitOutputs } from './output.ts';
import { firstOffer, openHandOff, type Relieves, routingOf, type Sent } from './routing.ts';
import { within } from './within.ts';

/** Why a person is asked for, in words that a reviewer reads. */
export const hand_off_words: Record<HandOffReason, string> = {
  asked: 'The customer asked for a person.',
  low_confidence: 'The assistant does not know what is meant.',
  rule: 'A rule keeps this for people.',
  off: 'The assistant does not speak here.',
  failed: 'The assistant could not answer several times in a row.',
  frustrated: 'The customer seems upset.',
  rejected: 'A person rejected the assistant’s reply.',
  blocked: 'A gate blocked the assistant’s reply.',
  transferred: 'A colleague asked for another person.',
  silent: 'Whoever had the wheel has not answered.',
  paused: 'The assistant is stopped.',
  undecided: 'What the assistant would say or do waited for a person, and nobody decided on it.',
  tool: 'What the assistant was to do came to nothing, or nobody knows what it came to.',
};

/** Who a bot's outputs are by. No key or member has such an id, so what they submit is never taken for
 *  a bot's. */
export const botPrincipal = (scope: Scope, name: string): Principal => ({
  ...systemOf(scope.workspace_id),
  id: `bot:${name}`,
  name,
});

const most_shown = 50;

/** What a person needs to go on from here: who it is, what was said, and why it comes to them. */
export async function briefOf(
  tx: Tx,
  scope: Scope,
  row: ConversationRecord,
): Promise<{ input: JsonObject; messages: Message[]; contact: Contact | undefined }> {
  const [contacts, messages] = await Promise.all([
    contactsById(tx, scope, [row.contact_id]),
    messagesBefore(tx, scope, row.id, row.seq + 1, most_shown),
  ]);
  const contact = contacts.get(row.contact_id);
  return { input: inputOf(contact, row.language, messages), messages, contact };
}

/** A conversation as an output's input: who it is, and what was said to all, by whom
 *  (rule W72). */
export function inputOf(
  contact: Pick<Contact, 'name' | 'email' | 'language'> | undefined,
  language: string | null,
  messages: Pick<
    Message,
    'author_kind' | 'author_name' | 'audience' | 'body' | 'approved_by' | 'at'
  >[],
): JsonObject {
  const facts = [
    ['Customer', contact?.name],
    ['E-mail', contact?.email],
    ['Language', language ?? contact?.language],
  ].flatMap(([label, value]) => (label && value ? [{ label, value }] : []));
  const said = messages
    .filter(({ author_kind, audience }) => author_kind !== 'system' && audience === 'all')
    .map(({ author_kind, author_name, body, approved_by, at }) => ({
      from: author_kind === 'contact' ? (author_name ?? 'customer') : (author_name ?? author_kind),
      author_kind,
      ...(approved_by ? { approved: true } : {}),
      text: wordsOf(body),
      at,
    }));
  return { facts, messages: said } as unknown as JsonObject;
}

const fact_labels: Record<FactKind, string> = {
  order: 'Order',
  email: 'E-mail',
  phone: 'Telephone',
  date: 'Date',
  amount: 'Amount',
  product: 'Product',
};

/** The brief as facts of the case, for whoever reads the case alone. It stays as it was made; what is
 *  found out later stands with the conversation. */
function withBrief(input: JsonObject, { goal, open, facts, mood }: Brief): JsonObject {
  const known = Array.isArray(input.facts) ? input.facts : [];
  const gathered = [
    ...(goal ? [{ label: 'Wants', value: goal }] : []),
    ...(open ?? []).map((value) => ({ label: 'Not answered', value })),
    ...facts.map(({ kind, value }) => ({ label: fact_labels[kind], value })),
    ...(mood === 'calm' ? [] : [{ label: 'Mood', value: mood }]),
  ];
  return { ...input, facts: [...known, ...gathered] };
}

/** What the bot said last that it has no answer to, unless a colleague has spoken since. */
async function leftOpen(tx: Tx, scope: Scope, messages: Message[]): Promise<string[]> {
  const last = messages.findLast(
    ({ author_kind, audience }) => audience === 'all' && said_by.has(author_kind),
  );
  if (last?.author_kind !== 'bot' || !last.output_id) return [];
  const output = await findOutput(tx, scope, last.output_id);
  return Purpose.safeParse(output?.metadata).data?.open?.asked ?? [];
}
const said_by = new Set(['bot', 'member']);

/** What a conversation waits for, and to whom that is offered. */
type WaitsFor = Parameters<typeof handOff>[2];

interface Beside {
  /** More of the reason, for whoever comes: what a gate said (rule W49). */
  why?: string | undefined;
  /** By whom, and to whom, where a colleague or a program asks. */
  sent?: Sent;
  /** For whom another person comes. */
  relieves?: Relieves;
  /** What the bot would have said. */
  suggestion?: Brief['suggestion'] | undefined;
  /** What it had no answer to, beside what it said. */
  open?: string[];
}

/** Opens the case that asks for a person: the bot's output to its hand-off gate, which says in which
 *  queue it waits, who may take it and what happens when nobody does (rule W7).
 *  @returns what the conversation is to wait for */
export async function askForPerson(
  ports: Ports,
  rulings: RulingsCache,
  tx: Tx,
  scope: Scope,
  row: ConversationRecord,
  bot: Bot | undefined,
  reason: HandOffReason,
  { why, sent, relieves, suggestion, open: asked }: Beside = {},
): Promise<WaitsFor> {
  assert(bot, 'a conversation has a bot');
  const { input, messages, contact } = await briefOf(tx, scope, row);
  const left = asked ?? (await leftOpen(tx, scope, messages));
  const brief: Brief = {
    ...briefFrom(messages, reason),
    ...(asked?.length ? { goal: asked.join(' ') } : {}),
    ...(left.length ? { open: left } : {}),
    ...(why ? { why } : {}),
    ...(suggestion ? { suggestion } : {}),
  };
  const gate = bot.definition.hand_off_gate;
  const found = (await rulings.current(tx, scope, [gate])).get(gate);
  assert(found, 'a bot’s gates are made with it');
  const purpose: Purpose = {
    purpose: 'hand_off',
    bot: bot.name,
    epoch: row.epoch + 1,
    for_seq: row.customer_seq ?? 0,
  };
  const back_at = backAt(bot.definition.hours, tx.now);
  const { expire_after_ms } = found.ruling.definition.policy.deadline;
  const item = {
    by: botPrincipal(scope, bot.name),
    gate,
    body: {
      input: withBrief(input, brief),
      // Said beside the question and no answer to it: nobody agrees or disagrees with it.
      content: { why: why ? `${hand_off_words[reason]} (${why})` : hand_off_words[reason] },
      model: `bot:${bot.name}`,
      model_version: String(bot.version),
      conversation_id: row.id,
      // A night is no part of the time in which somebody is to come.
      ...(back_at && expire_after_ms
        ? { deadline_ms: elapsed(tx.now, back_at) + expire_after_ms }
        : {}),
      metadata: { ...purpose, reason },
    },
    hold_reason: hand_off_words[reason],
  };
  const submit = submitOutputs(
    within(ports, tx, () => {}),
    rulings,
  );
  const [result] = await submit(scope, [item]);
  if (!result?.ok) throw result?.refusal ?? new Error('a hand-off was lost');
  const output_id = result.value.id;
  insertBrief(tx, scope, { output_id, conversation_id: row.id, brief });
  const waits = { output_id, reason, back_at };
  const routing = await routingOf(tx, scope, row, bot, contact, { sent, relieves });
  const open = await openHandOff(tx, scope, rulings, output_id);
  // A gate that asks nobody leaves nothing to offer.
  if (!open) return { ...waits, queue: found.row.queue, routing };
  const waiting = Waiting.parse(bot.definition.waiting ?? {});
  return { ...waits, ...(await firstOffer(tx, scope, open, routing, waiting, sent)) };
}

import {
  type Bot,
  type BotDefinition,
  type Contact,
  canonical,
  digest,
  type GateDefinition,
  type HandOffReason,
  type Instant,
  type Json,
  languageAfter,
  type Message,
  type Principal,
  refuse,
  type Trial,
  type TrialStep,
  type TrialSubmission,
  wordsOf,
} from '@wheelhouse/core';
import type { Ports, Tx } from '../ports.ts';
import { findBot } from '../store/bots.ts';
import { first_gates } from './bot.ts';
import { isForModel, write } from './compose.ts';
import type { RulingsCache } from './definition.ts';
import { judgementOf } from './draft.ts';
import { bodyOf } from './draft-end.ts';
import { askedIn } from './ground.ts';
import { hand_off_words, inputOf } from './hand-off.ts';
import type { Minds } from './mind.ts';
import type { Submission } from './output.ts';
import { callSubmissionOf, submissionOf } from './proposal.ts';
import { readingOf } from './reading.ts';
import { besideMade } from './several.ts';
import { type Calling, type Ground, type Leaving, type Thought, think } from './think.ts';
import { isAct, onlyTold } from './thought.ts';
import { firstToolGate } from './tool.ts';

/** Of one workspace at a time: each may train intents or ask a language model. */
const most_under_way = 4;
const retry_after_ms = 1_000;

export interface Trying {
  ports: Ports;
  rulings: RulingsCache;
  /** Apart from those that take turns, so that drafts push out no bot at work. */
  minds: Minds;
  /** How many are under way, by workspace. */
  under_way: Map<string, number>;
}

/** What a bot would do with a message, and why: by the very thinking, writing and judging of its turns,
 *  of which nothing is stored and nothing sent (rule W40). A stopped bot is tried as if it were not.
 *  @param gone gives up what a language model writes
 *  @throws Refusal not_found (bot), too_many_requests */
export async function tryBot(
  trying: Trying,
  by: Principal,
  name: string,
  body: TrialSubmission,
  gone: AbortSignal,
): Promise<Trial> {
  const { under_way } = trying;
  const others = under_way.get(by.workspace_id) ?? 0;
  if (others >= most_under_way) throw refuse('too_many_requests', { retry_after_ms });
  under_way.set(by.workspace_id, others + 1);
  try {
    return await trial(trying, by, name, body, gone);
  } finally {
    const left = (under_way.get(by.workspace_id) ?? 1) - 1;
    if (left) under_way.set(by.workspace_id, left);
    else under_way.delete(by.workspace_id);
  }
}

async function trial(
  { ports, rulings, minds }: Trying,
  by: Principal,
  name: string,
  body: TrialSubmission,
  gone: AbortSignal,
): Promise<Trial> {
  const begun_ms = ports.clock.ticks_ms();
  const ground = await ports.database.transact(by, (tx) => groundOf(ports, tx, by, name, body));
  const { definition } = ground.bot;
  const mind = { minds: editioned(minds, body.definition) };
  const thought = await thoughtOf(ports, mind.minds, ground, gone);
  const { read, search } = await readingOf(mind, ground);
  const judging = (one: Thought | Calling) => stepOf(ports, rulings, by, ground, one);
  const said = 'reason' in thought ? undefined : thought;
  const step = said ? await judging(said) : no_step;
  const apart = said && isAct(said) ? (said.apart ?? []).filter(({ own }) => own) : [];
  const beside = await Promise.all(apart.map(({ came }) => judging(came)));
  const meant = (read?.scores ?? []).slice(0, 2).map(({ label, probability }, at) => ({
    name: label,
    title: definition.intents.find((one) => one.name === label)?.title ?? label,
    confidence: at ? probability : (read?.confidence ?? probability),
  }));
  const leaves = 'reason' in thought ? thought : 'open' in thought ? thought.open?.leaves : null;
  const reason = (step.says && blockedBy(step.judged)) ?? leaves?.reason;
  return {
    ...step,
    beside,
    hands_off: reason ? { reason, words: hand_off_words[reason] } : null,
    intent: meant[0] ?? null,
    runner_up: meant[1] ?? null,
    passages: search.found.map(({ passage, score, coverage }) => {
      const { article, title, heading, url, text } = passage;
      return { article, title, heading: [...heading], url, text, score, coverage };
    }),
    found: search.confidence,
    hand_off_below: definition.hand_off_below,
    written_by: said?.written_by ?? null,
    spent_ms: ports.clock.ticks_ms() - begun_ms,
  };
}

const no_step: TrialStep = {
  ...{ says: null, citations: [], gathering: null, calls: null, confidence: null, judged: null },
};

/** What the bot would say or call, with its gate's word. */
async function stepOf(
  ports: Ports,
  rulings: RulingsCache,
  by: Principal,
  ground: Ground,
  one: Thought | Calling,
): Promise<TrialStep> {
  const confidence = one.confidence ?? null;
  if ('tool' in one) {
    const asked = callSubmissionOf(ground, one);
    const judged = await judgedOf(ports, rulings, by, asked, firstToolGate(one.tool));
    const calls = { tool: one.tool.name, arguments: one.arguments };
    return { ...no_step, calls, confidence, judged };
  }
  const asked = submissionOf(ground, one);
  const judged = await judgedOf(ports, rulings, by, asked, first_gates.gate);
  const { content = '' } = asked.body;
  const { citations, gathering = null } = one;
  return { ...no_step, says: bodyOf(content) ?? null, citations, gathering, confidence, judged };
}

/** No decision about a reply ends in silence: whoever asked something gets a person (rule W7). Of a call
 *  that is blocked they are told (rule W50). */
const blockedBy = (judged: Trial['judged']): HandOffReason | null =>
  judged?.verdict === 'block' ? (judged.by_rule ? 'rule' : 'blocked') : null;

/** Intents that are not saved are known by what they are. */
function editioned(minds: Minds, definition: BotDefinition | undefined): Minds {
  if (!definition) return minds;
  const edition = digest(canonical(definition.intents as unknown as Json));
  return { of: (scope, bot, known) => minds.of(scope, bot, { ...known, edition }) };
}

async function thoughtOf(
  ports: Ports,
  minds: Minds,
  ground: Ground,
  gone: AbortSignal,
): Promise<Thought | Calling | Leaving> {
  const thought = await think({ minds }, ground);
  const model = ports.language_model;
  if (!model || !isForModel(ground, thought)) return thought;
  const known = 'reason' in thought ? undefined : onlyTold(thought);
  const voice = { gone, hear: () => {}, end: async () => {} };
  const message_id = ground.message.id;
  // Nobody waits any more for what was given up.
  const made = (await write({ ports, model, voice, message_id }, ground, thought)) ?? thought;
  return 'reason' in made ? made : besideMade(ground.message, known, made);
}

/** As its gate would say it, spot checks apart. A gate that is not there yet comes with the bot. */
async function judgedOf(
  ports: Ports,
  rulings: RulingsCache,
  by: Principal,
  submission: Submission,
  fresh: GateDefinition,
): Promise<NonNullable<Trial['judged']>> {
  const { gate } = submission;
  const found = await ports.database.transact(by, async (tx) =>
    (await rulings.current(tx, by, [gate])).get(gate),
  );
  const ruling = found?.ruling.definition ?? fresh;
  const { verdict, reasons, by_rule } = judgementOf(ruling, submission, 1);
  const { spot_check } = ruling.policy;
  const said = { verdict, reasons, ...(by_rule ? { by_rule } : {}), spot_check };
  return { gate, policy_version: found?.ruling.version ?? null, ...said };
}

/** What a turn of the bot would stand on, if this were said to it. */
async function groundOf(
  ports: Ports,
  tx: Tx,
  by: Principal,
  name: string,
  { text, earlier, contact: given, definition }: TrialSubmission,
): Promise<Ground> {
  const saved = await findBot(tx, by, name);
  if (!saved) throw refuse('not_found', { bot: name });
  const bot: Bot = definition
    ? { ...saved, title: definition.title ?? saved.title, definition }
    : saved;
  const id = ports.makeId('conversation', tx.now);
  const contact = contactOf(ports.makeId('contact', tx.now), given, tx.now);
  const said = [...earlier, { from: 'customer', body: { kind: 'text', text } } as const];
  const messages = said.map(({ from, body }, at): Message => {
    const customer = from === 'customer';
    return {
      id: ports.makeId('message', tx.now),
      conversation_id: id,
      seq: at + 1,
      author_kind: customer ? 'contact' : 'bot',
      author_id: customer ? contact.id : `bot:${bot.name}`,
      author_name: customer ? contact.name : bot.title,
      audience: 'all',
      body,
      output_id: null,
      approved_by: null,
      citations: [],
      cut: false,
      whisper_to: null,
      at: tx.now,
    };
  });
  const message = messages.at(-1) as Message;
  const language = languageIn(messages, contact);
  const asked = askedIn(messages, message);
  return {
    scope: by,
    turn: {
      workspace_id: by.workspace_id,
      id,
      bot: bot.name,
      epoch: 1,
      contact_id: contact.id,
      posture: null,
      language,
      turn_seq: message.seq,
    },
    bot,
    contact: { ...contact, language },
    input: inputOf(contact, null, messages),
    ...asked,
    message,
    earlier: messages.filter((one) => !asked.together.includes(one)),
    labels: [],
    summaries: [],
    given_back: false,
    gathering: earlier.at(-1)?.gathering,
    now: tx.now,
  };
}

const contactOf = (id: string, given: TrialSubmission['contact'], now: Instant): Contact => ({
  id,
  external_id: null,
  name: given?.name ?? null,
  email: null,
  language: given?.language ?? null,
  attributes: given?.attributes ?? {},
  verified: false,
  vouched: [],
  created_at: now,
  seen_at: now,
  erased_at: null,
});

/** As a conversation has it: what the customer writes in goes before what is known of them. */
const languageIn = (messages: readonly Message[], { language }: Contact): string | null =>
  messages.reduce(
    (before, { author_kind, body }) =>
      author_kind === 'contact' ? languageAfter(before, wordsOf(body)) : before,
    language,
  );

import {
  type Bot,
  type BotDefinition,
  canonical,
  GateDefinition,
  type Json,
  minute,
  type Principal,
  promisedBy,
  refuse,
  wheel_form,
} from '@wheelhouse/core';
import type { Ports, Tx } from '../ports.ts';
import { findBot, listBots, lockBot, saveBot } from '../store/bots.ts';
import { reckonAnew } from '../store/clocks.ts';
import { appendEvents } from '../store/events.ts';
import type { RulingsCache } from './definition.ts';
import { changeGate } from './gate.ts';
import { checkTools, ensureTools } from './tool.ts';
import { within } from './within.ts';

/** The gates that come with a first bot: replies under 0.8 wait as drafts, before what no customer waits
 *  for, and a hand-off waits in the
 *  queue for a quarter of an hour. They are gates like any other, to be changed as one likes. */
export const first_gates = {
  gate: GateDefinition.parse({
    title: 'Bot replies',
    description:
      'What a bot would say. Held ones are drafts that a person sends, edits or rejects.',
    queue: 'conversations',
    // A customer waits for it, as for whoever is asked to come.
    policy: { mode: 'threshold', threshold: 0.8, priority: 10 },
  }),
  hand_off_gate: GateDefinition.parse({
    title: 'Conversations for a person',
    description: 'A bot asks for a person. Whoever takes one has the wheel.',
    queue: 'conversations',
    policy: {
      mode: 'always',
      priority: 10,
      deadline: { ladder: [{ after_ms: 2 * minute, do: 'remind' }], expire_after_ms: 15 * minute },
    },
    form: wheel_form,
  }),
};

/** Makes a bot or a new version of it, with the gates it names where there are none yet. Nothing is
 *  written when nothing differs.
 *  @param if_version the version that it was changed from; 0 for a new one
 *  @throws Refusal invalid, stale (it is another version by now),
 *   forbidden_address */
export async function changeBot(
  ports: Ports,
  rulings: RulingsCache,
  by: Principal,
  name: string,
  definition: BotDefinition,
  if_version?: number,
): Promise<Bot> {
  checkTools(ports, definition);
  let other_promise = false;
  const bot = await ports.database.transact(by, async (tx) => {
    const before = await lockBot(tx, by, name);
    checkVersion(before, if_version);
    if (before && same(before.definition, definition)) return before;
    await ensureGates(ports, rulings, tx, by, definition);
    await ensureTools(ports, rulings, tx, by, name, definition);
    const title = definition.title ?? before?.title ?? name;
    const made = await saveBot(tx, by, { name, title, definition, by: by.id });
    other_promise = before !== undefined && !samePromise(before.definition, definition);
    if (other_promise) reckonAnew(tx, by, name);
    appendEvents(tx, by, by, [
      { type: 'bot.changed', subject: name, data: { version: made.version } },
    ]);
    return made;
  });
  // Once more: an act that was under way meanwhile has saved what was promised before.
  if (other_promise) await ports.database.transact(by, async (tx) => reckonAnew(tx, by, name));
  ports.database.wake();
  return bot;
}

/** Of two who change the same, the second is told rather than let undo what the first did.
 *  @throws Refusal stale, name_taken */
export function checkVersion(
  before: { version: number; updated_by: string } | undefined,
  if_version: number | undefined,
): void {
  const version = before?.version ?? 0;
  if (if_version === undefined || if_version === version) return;
  if (if_version === 0) {
    const message = 'is taken by another; choose one of its own';
    throw refuse('name_taken', { version, errors: [{ field: 'name', message }] });
  }
  const words = before
    ? 'Someone else has changed it since. Look at theirs before saving yours.'
    : 'It is not there any more.';
  throw refuse('stale', { version, updated_by: before?.updated_by ?? null }, words);
}

const samePromise = (a: BotDefinition, b: BotDefinition) =>
  plain(promisedBy(a)) === plain(promisedBy(b));
const same = (a: BotDefinition, b: BotDefinition) => plain(a) === plain(b);
const plain = (of: object | null) => canonical(JSON.parse(JSON.stringify(of)) as Json);

async function ensureGates(
  ports: Ports,
  rulings: RulingsCache,
  tx: Tx,
  by: Principal,
  definition: BotDefinition,
): Promise<void> {
  for (const role of ['gate', 'hand_off_gate'] as const) {
    const gate = definition[role];
    if ((await rulings.current(tx, by, [gate])).has(gate)) continue;
    await changeGate(
      within(ports, tx, () => {}),
      rulings,
      by,
      gate,
      first_gates[role],
    );
  }
}

export const readBots = (ports: Ports, by: Principal): Promise<Bot[]> =>
  ports.database.transact(by, (tx) => listBots(tx, by));

/** @throws Refusal not_found */
export const readBot = (ports: Ports, by: Principal, name: string): Promise<Bot> =>
  ports.database.transact(by, async (tx) => {
    const bot = await findBot(tx, by, name);
    if (!bot) throw refuse('not_found', { bot: name });
    return bot;
  });

import {
  every_workspace,
  type Instant,
  minute,
  plus,
  proofWords,
  type Scope,
  toMs,
} from '@wheelhouse/core';
import type { Ports, Tx } from '../ports.ts';
import {
  type AlarmedTier,
  type AskedTier,
  alarmsOver,
  alarmsToAsk,
  firstProof,
  saveAlarmCase,
} from '../store/alarms.ts';
import type { TierRow } from '../store/certificates.ts';
import type { EpochRow } from '../store/epochs.ts';
import type { RulingsCache } from './definition.ts';
import { askAboutTier, closeTierCase, type Fact, momentWords } from './tier-case.ts';

const persists_after_ms = 24 * 60 * minute;
const at_once = 20;

/** When people are to be asked about an alarm (rule G51): in a day, if it is not proven again by then, or
 *  at once where what had been proven after one alarm was broken sooner than it took to prove it. */
export async function askAtFor(
  tx: Tx,
  scope: Scope,
  { id }: Pick<EpochRow, 'id'>,
  { tier, proves_since }: Pick<TierRow, 'tier' | 'proves_since'>,
): Promise<Instant> {
  const in_a_day = plus(tx.now, persists_after_ms);
  const proven_at = proves_since === null ? undefined : await firstProof(tx, scope, id, tier);
  if (!proven_at) return in_a_day;
  const took_ms = toMs(proven_at as Instant) - toMs(proves_since as Instant);
  const held_ms = toMs(tx.now) - toMs(proven_at as Instant);
  return held_ms <= took_ms ? tx.now : in_a_day;
}

/** Opens a case for each alarm that persists, and closes those of alarms that are over (rule G51).
 *  @returns how many were opened or closed */
export const askAboutAlarms = (ports: Ports, rulings: RulingsCache): Promise<number> =>
  ports.database.transact(every_workspace, async (tx) => {
    const persisting = await alarmsToAsk(tx, at_once);
    for (const one of persisting) await ask(ports, rulings, tx, one);
    const over = await alarmsOver(tx, at_once);
    for (const one of over) await close(tx, rulings, one);
    return persisting.length + over.length;
  });

async function ask(ports: Ports, rulings: RulingsCache, tx: Tx, one: AlarmedTier): Promise<void> {
  const id = await askAboutTier(ports, rulings, tx, one, {
    kind: 'alarm',
    title: 'more was wrong than promised, and it is not proven again',
    facts: factsOf(one),
    form: asked,
  });
  saveAlarmCase(tx, one, one, id);
}

function factsOf(one: AlarmedTier): Fact[] {
  const { alarmed_at, tracked } = one;
  return [
    ['Alarmed', momentWords(alarmed_at)],
    ['Passes', tracked === null ? 'nothing' : `from ${tracked} on, tracked and not certified`],
    ['Proven anew', proofWords(one)],
  ];
}

/** What can be done is done elsewhere, by the people who answer; the gate goes on proving itself. */
const asked = {
  instructions:
    'The gate goes on learning whatever you answer, and this closes by itself when it is proven again. What you decide is kept in the record; carry it out where it belongs.',
  questions: [
    {
      kind: 'choice',
      name: 'decision',
      title: 'What is to be done?',
      options: [
        { value: 'wait', label: 'Nothing: let it prove itself anew' },
        {
          value: 'repair',
          label: 'Repair the AI',
          description: 'What it then makes comes under a new version and is proven by itself.',
        },
        {
          value: 'change_promise',
          label: 'Change the promise or the policy',
          description:
            'Under the gate’s tab Policy. A looser promise is a new promise, to be proven.',
        },
        {
          value: 'withdraw',
          label: 'Withdraw this version from use',
          description: 'Where its outputs come from.',
        },
      ],
    },
    { kind: 'text', name: 'why', title: 'Why?', required: false, max_length: 2_000 },
  ],
};

async function close(tx: Tx, rulings: RulingsCache, one: AskedTier): Promise<void> {
  await closeTierCase(tx, rulings, one, one.alarm_case_id);
  saveAlarmCase(tx, one, one, null);
}

import {
  type GateDefinition as Definition,
  formOf,
  type GateDefinition,
  refuse,
  type Scope,
} from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { type GateRow, gatesByName, versionsOf } from '../store/gates.ts';
import { headsCache } from './heads-cache.ts';

/** One version of a gate, ready to judge by. Versions never change, so they are kept in memory. */
export interface Ruling {
  gate: string;
  title: string;
  version: number;
  definition: GateDefinition;
  form: ReturnType<typeof formOf>;
}

export type Rulings = Map<string, Ruling>;
export const rulingKey = (gate: string, version: number) => `${gate} ${version}`;
const most_kept = 5_000;

/** The versions asked for, from memory or the store. One cache a server. */
export function rulingsCache() {
  const kept = new Map<string, Ruling>();

  const exact = async (
    tx: Tx,
    scope: Scope,
    pairs: { gate: string; version: number }[],
  ): Promise<Rulings> => {
    const found: Rulings = new Map();
    const missing = new Map<string, { gate: string; version: number }>();
    for (const pair of pairs) {
      const key = rulingKey(pair.gate, pair.version);
      const ruling = kept.get(`${scope.workspace_id} ${key}`);
      if (ruling) found.set(key, ruling);
      else missing.set(key, pair);
    }
    if (!missing.size) return found;
    for (const row of await versionsOf(tx, scope, [...missing.values()])) {
      const { gate, version, definition } = row;
      const ruling = toRuling(gate, version, definition);
      const key = rulingKey(gate, version);
      found.set(key, ruling);
      if (kept.size >= most_kept) kept.delete(kept.keys().next().value as string);
      kept.set(`${scope.workspace_id} ${key}`, ruling);
    }
    return found;
  };

  /** The version in force of each gate, read in this transaction. */
  const current = async (tx: Tx, scope: Scope, names: string[]) => {
    const rows = await gatesByName(tx, scope, [...new Set(names)]);
    const pairs = rows.map(({ name, policy_version }) => ({ gate: name, version: policy_version }));
    const rulings = await exact(tx, scope, pairs);
    const by_name = new Map<string, { row: GateRow; ruling: Ruling }>();
    for (const row of rows) {
      const ruling = rulings.get(rulingKey(row.name, row.policy_version));
      if (ruling) by_name.set(row.name, { row, ruling });
    }
    return by_name;
  };
  return { exact, current, heads: headsCache() };
}
export type RulingsCache = ReturnType<typeof rulingsCache>;

export const toRuling = (gate: string, version: number, definition: Definition): Ruling => ({
  gate,
  version,
  definition,
  title: definition.title ?? gate,
  form: formOf(definition),
});

export const noGate = (gate: string) =>
  refuse(
    'not_found',
    { gate, errors: [{ field: 'gate', message: `there is no gate "${gate}"` }] },
    `There is no gate named "${gate}".`,
  );

export type PromisingPolicy = Extract<GateDefinition['policy'], { mode: 'guaranteed' }>;

/** The policy in force of a gate that keeps a promise. @throws Refusal not_found, no_promise */
export async function promisedPolicy(
  rulings: RulingsCache,
  tx: Tx,
  scope: Scope,
  gate: string,
): Promise<PromisingPolicy> {
  const policy = (await rulings.current(tx, scope, [gate])).get(gate)?.ruling.definition.policy;
  if (!policy) throw noGate(gate);
  if (policy.mode !== 'guaranteed') throw refuse('no_promise', { gate });
  return policy;
}

import { actionHash, canonical, type GateDefinition, type Json } from '@wheelhouse/core';
import { plain } from '../ledger.ts';
import type { World } from '../world.ts';
import { by, type Evidence, ms } from './evidence.ts';

type OutputRow = Evidence['outputs'][number];
const text = (value: unknown) => canonical(JSON.parse(JSON.stringify(value ?? null)) as Json);

/** What became of each output is what its case came to, left once, and was used once at most. */
export function checkEffects(world: World, evidence: Evidence): void {
  const { book, people } = world;
  const { outputs, events, resolutions, versions } = evidence;
  const left = by(
    events.filter(({ type }) => type === 'output.decided'),
    ({ subject }) => subject,
  );
  const used = by(
    events.filter(({ type }) => type === 'output.claimed'),
    ({ subject }) => subject,
  );
  const standing = new Map(
    resolutions.filter((one) => one.standing).map((one) => [one.case_id, one]),
  );
  for (const row of outputs) {
    const { id, outcome, settled, claimed_at } = row;
    if (outcome && !settled) book.fault('X2', `the effect of ${id} never left`);
    const times = left.get(id)?.length ?? 0;
    if (times !== (settled ? 1 : 0)) book.fault('C12', `the effect of ${id} left ${times} times`);
    const claims = used.get(id)?.length ?? 0;
    if (claims !== (claimed_at ? 1 : 0)) book.fault('O2', `${id} was claimed ${claims} times`);
    for (const [seen, how] of book.seen.get(id) ?? []) {
      if (!outcome || plain(outcome) !== seen) {
        book.fault('C12', `${id} was seen as ${seen} (${how}) and is ${JSON.stringify(outcome)}`);
      }
    }
    if (book.cancelled.has(id) && outcome?.status !== 'cancelled') {
      book.fault('C1', `${id} was cancelled and is ${outcome?.status}`);
    }
    if (row.workspace_id !== people.workspace_id) continue;
    const resolution = row.case_id ? standing.get(row.case_id) : undefined;
    const definition = versions.get(`${row.gate} ${row.policy_version}`);
    if (definition && row.verdict === 'hold') checkOutcome(world, row, resolution, definition);
  }
  checkRights(world, evidence);
}

function checkOutcome(
  { book }: World,
  { id, outcome, action, content, created_at, deadline_at }: OutputRow,
  resolution: Evidence['resolutions'][number] | undefined,
  { policy }: GateDefinition,
): void {
  if (outcome?.status === 'cancelled') return;
  if (outcome?.status !== resolution?.outcome) {
    book.fault('C1', `${id} is ${outcome?.status}, its case ${resolution?.outcome}`);
    return;
  }
  if (!outcome || !resolution) return;
  const { deadline } = policy;
  // Whoever asked may set a shorter time than the policy has; then nothing runs at its end.
  const early = ms(deadline_at ?? '') - ms(created_at) < (deadline.expire_after_ms ?? 0);
  const fallback = early && deadline.fallback === 'approve' ? 'none' : deadline.fallback;
  const runs = {
    approved: action,
    edited: action && { ...action, arguments: resolution.values?.arguments },
    expired: fallback === 'approve' && deadline.approve_in_words ? action : undefined,
  }[outcome.status as string];
  if (text(outcome.action) !== text(runs)) {
    book.fault(outcome.status === 'expired' ? 'C9' : 'O1', `${id} may run ${text(outcome.action)}`);
  }
  if (outcome.status === 'expired' && outcome.fallback !== fallback) {
    book.fault('C9', `${id} expired with ${outcome.fallback}, the policy says ${fallback}`);
  }
  const shown = outcome.status === 'approved' ? content : undefined;
  if (shown && text(outcome.content) !== text(shown)) {
    book.fault('O1', `${id} was approved as ${text(shown)} and is ${text(outcome.content)}`);
  }
}

const usable = new Set(['passed', 'approved', 'edited']);

/** The right to act was handed out once for each output, and only for what may run, with the bytes
 *  that were decided. The same key brings the same right back. */
function checkRights({ book, people }: World, { outputs }: Evidence): void {
  const row_of = new Map(outputs.map((row) => [row.id, row]));
  for (const [id, rights] of by(book.rights, ({ output_id }) => output_id)) {
    const handed = new Set(rights.map(({ key }, at) => key ?? `without a key, ${at}`));
    if (handed.size > 1)
      book.fault('O2', `the right to act on ${id} was given ${handed.size} times`);
    const row = row_of.get(id);
    const status = row?.outcome?.status ?? '';
    const granted = status === 'expired' && row?.outcome?.fallback === 'approve';
    if (!row?.outcome || !(usable.has(status) || granted)) {
      book.fault('O3', `the right to act on ${id} was given, which is ${status}`);
      continue;
    }
    for (const { claimed, by: holder } of rights) {
      const { gate, policy_version } = row;
      const bound = { workspace_id: people.workspace_id, output_id: id, gate, policy_version };
      const hash = actionHash({ ...bound, action: claimed.action });
      if (hash !== claimed.hash || text(claimed.action) !== text(row.outcome.action)) {
        book.fault('O1', `${id} was handed out as ${text(claimed.action)}`);
      }
      if (row.claimed_by !== holder.id) book.fault('O2', `${id} was used by ${row.claimed_by}`);
    }
  }
}

import {
  argumentFaults,
  canonical,
  contradictions,
  type FieldFault,
  type Gate,
  GateDefinition,
  invalid,
  type Json,
  judge,
  type OutputSubmission,
  type Preview,
  type PreviewSubmission,
  type Principal,
  type Standing,
  schemaFault,
  toMs,
} from '@wheelhouse/core';
import type * as z from 'zod';
import type { Ports, Tx } from '../ports.ts';
import { appendEvents } from '../store/events.ts';
import {
  type GateRow,
  insertVersion,
  listGates,
  listVersions,
  lockGate,
  lockGateName,
  saveGate,
} from '../store/gates.ts';
import { namesOf } from '../store/members.ts';
import { outputsToReplay, type ReplayRow } from '../store/output-list.ts';
import { liftRest } from '../store/people-hours.ts';
import { ensureQueue, queueExists } from '../store/queues.ts';
import { noGate, type Ruling, type RulingsCache, toRuling } from './definition.ts';
import { endPromises } from './promise-end.ts';
import { promiseKey, standingsToReplay } from './standing.ts';

const toGate = (row: GateRow, { definition, form }: Ruling): Gate => ({
  name: row.name,
  title: row.title,
  description: row.description,
  queue: row.queue,
  policy: definition.policy,
  form,
  action: definition.action ?? null,
  policy_version: row.policy_version,
  created_at: row.created_at,
  updated_at: row.updated_at,
  updated_by: row.updated_by,
});

/** What a schema alone cannot tell about a definition. */
function checkDefinition(definition: GateDefinition): void {
  const { action } = definition;
  const faults: FieldFault[] = [];
  const fault = action && schemaFault(action.arguments_schema);
  if (fault) faults.push({ field: 'action.arguments_schema', message: fault });
  faults.push(...contradictions(definition));
  if (faults.length) throw invalid(...faults);
}

/** A ladder leads to queues that somebody looks at: a mistyped name must not make a new one.
 *  @throws Refusal invalid, naming each */
async function checkQueues(tx: Tx, by: Principal, { policy }: GateDefinition): Promise<void> {
  const faults: FieldFault[] = [];
  for (const [at, rung] of policy.deadline.ladder.entries()) {
    if (rung.do === 'remind' || !rung.queue || (await queueExists(tx, by, rung.queue))) continue;
    const message = `there is no queue “${rung.queue}”; make it first, under Settings or by PUT /queues`;
    faults.push({ field: `policy.deadline.ladder.${at}.queue`, message });
  }
  if (faults.length) throw invalid(...faults);
}

/** Makes a gate, or a new version of it (rule G7). Nothing is written when nothing differs.
 *  @throws Refusal invalid */
export async function changeGate(
  ports: Ports,
  rulings: RulingsCache,
  by: Principal,
  name: string,
  body: GateDefinition,
): Promise<{ gate: Gate; made: boolean }> {
  const result = await ports.database.transact(by, async (tx) => {
    let before = await lockGate(tx, by, name);
    if (!before) {
      await lockGateName(tx, by, name);
      before = await lockGate(tx, by, name);
    }
    if (before) {
      const current = (await rulings.current(tx, by, [name])).get(name);
      if (current && same(current.ruling.definition, body, before.title)) {
        return { gate: toGate(before, current.ruling), made: false };
      }
    }
    // What is saved already stays, though it would be refused now (rule W130).
    checkDefinition(body);
    await ensureQueue(tx, by, body.queue);
    await checkQueues(tx, by, body);
    const row = await saveGate(
      tx,
      by,
      {
        name,
        title: body.title ?? before?.title ?? titled(name),
        description: body.description ?? null,
        queue: body.queue,
        updated_by: by.id,
      },
      before !== undefined,
    );
    const definition = { ...body, title: row.title };
    await insertVersion(tx, by, {
      gate: name,
      version: row.policy_version,
      definition,
      created_by: by.id,
    });
    appendEvents(tx, by, { id: by.id, kind: by.kind }, [
      {
        type: 'gate.changed',
        subject: name,
        data: { gate: name, policy_version: row.policy_version, mode: body.policy.mode },
      },
    ]);
    // Not by way of the cache: were this never committed, the cache would go on judging by it.
    const ruling = toRuling(name, row.policy_version, definition);
    if (before) {
      liftRest(tx, by, name);
      await endPromises(tx, by, ruling);
    }
    return { gate: toGate(row, ruling), made: before === undefined };
  });
  ports.database.wake();
  return result;
}

const titled = (name: string) =>
  name.charAt(0).toUpperCase() + name.slice(1).replaceAll(/[-_]/g, ' ');
/** Only a title that is not given stays as it is, `title`; another one is a change like any other. */
const same = (a: GateDefinition, b: GateDefinition, title: string) =>
  plain({ ...a, title: a.title ?? title }) === plain({ ...b, title: b.title ?? title });
/** What was saved while more could be said is as it is, so that it can be mended. */
const plain = (definition: GateDefinition) =>
  canonical(
    JSON.parse(JSON.stringify(GateDefinition.safeParse(definition).data ?? definition)) as Json,
  );

export const readGates = (ports: Ports, rulings: RulingsCache, by: Principal): Promise<Gate[]> =>
  ports.database.transact(by, async (tx) => {
    const rows = await listGates(tx, by);
    const current = await rulings.current(
      tx,
      by,
      rows.map(({ name }) => name),
    );
    return rows.flatMap((row) => {
      const found = current.get(row.name);
      return found ? [toGate(found.row, found.ruling)] : [];
    });
  });

export const readGate = (
  ports: Ports,
  rulings: RulingsCache,
  by: Principal,
  name: string,
): Promise<Gate> =>
  ports.database.transact(by, async (tx) => {
    const found = (await rulings.current(tx, by, [name])).get(name);
    if (!found) throw noGate(name);
    return toGate(found.row, found.ruling);
  });

/** Every version of a gate, newest first, with who made it. */
export const readVersions = (ports: Ports, by: Principal, name: string) =>
  ports.database.transact(by, async (tx) => {
    const rows = await listVersions(tx, by, name);
    if (!rows.length) throw noGate(name);
    const names = await namesOf(
      tx,
      by,
      rows.map(({ created_by }) => created_by),
    );
    return rows.map(({ version, definition, created_by, created_at }) => ({
      version,
      definition,
      created_by,
      created_by_name: names.get(created_by) ?? created_by,
      created_at,
    }));
  });

const most_shown = 50;
const least_span_ms = 3_600_000;

/** What a definition would say of a past output. Spot checks are drawn by chance, so they are left
 *  out. */
function replayed(
  { policy, action: spec }: GateDefinition,
  row: ReplayRow,
  standing: Standing | undefined,
) {
  const misfit =
    spec && row.action
      ? argumentFaults(spec.arguments_schema, row.action.arguments, 'action.arguments')
      : [];
  if (!misfit.length) return judge(policy, row as unknown as OutputSubmission, 1, standing);
  const reasons = misfit.map(({ field, message }) => `${field}: ${message}`);
  return { verdict: 'block' as const, reasons };
}

/** Replays a changed policy over past outputs, beside the version in force: what was said of them
 *  under older versions is not what would be said now (rule G9). */
export const previewGate = (
  ports: Ports,
  rulings: RulingsCache,
  by: Principal,
  name: string,
  { definition, limit }: z.infer<typeof PreviewSubmission>,
): Promise<Preview> => {
  checkDefinition(definition);
  return ports.database.transact(by, async (tx) => {
    const ruling = (await rulings.current(tx, by, [name])).get(name)?.ruling;
    const rows = await outputsToReplay(tx, by, name, limit);
    const draft = toRuling(name, 0, definition);
    const stood = await standingsToReplay(rulings, tx, by, ruling, rows);
    const would_stand = await standingsToReplay(rulings, tx, by, draft, rows);
    const promise_key = promiseKey(draft);
    const proven_anew = promise_key !== undefined && promise_key !== (ruling && promiseKey(ruling));
    const before = { pass: 0, hold: 0, block: 0 };
    const after = { pass: 0, hold: 0, block: 0 };
    const changed: Preview['changed'] = [];
    for (const row of rows) {
      const was = ruling ? replayed(ruling.definition, row, stood(row)).verdict : row.verdict;
      const { verdict: would_be, reasons } = replayed(definition, row, would_stand(row));
      before[was] += 1;
      after[would_be] += 1;
      if (would_be === was || changed.length >= most_shown) continue;
      const { id: output_id, title, confidence } = row;
      changed.push({ output_id, title, confidence, was, would_be, reasons });
    }
    const since = rows.at(-1)?.created_at ?? null;
    const until = rows[0]?.created_at ?? null;
    const span_ms = since && until ? toMs(until) - toMs(since) : 0;
    const a_day = (count: number) =>
      span_ms < least_span_ms ? null : (count * 86_400_000) / span_ms;
    return {
      n: rows.length,
      since,
      until,
      before,
      after,
      held_per_day_before: a_day(before.hold),
      held_per_day_after: a_day(after.hold),
      proven_anew,
      changed,
    };
  });
};

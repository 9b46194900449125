import { type ClaimedAction, canonical, type Json } from '@wheelhouse/core';
import { checkClaim } from '@wheelhouse/sdk';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { serveBeside } from '../../server/src/testing/beside.ts';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { type Connection, connectionTo } from './connection.ts';
import { isSubset, mutated } from './mutation.ts';
import { asOwner, seeded } from './record.ts';

// Invariants 12 to 14: bytes approved are bytes executed; an approval is bound to its output, works
// once and for nobody else; what has changed since it was shown is not decided. 10,000 changes at
// every place where a thief or a bug of ours could make one.
const in_rows = 4_000;
const on_the_way = 3_500;
const to_answers = 1_500;
const to_claims = 1_000;

const outputs = 200;
const action = (at: number) => ({
  name: 'refund',
  arguments: { order: `A-${at}`, amount: 700 + at, note: ['grüß', { deep: true }], none: null },
  target: 'production',
  tool_version: '1.2.0',
  files: { 'terms.txt': 'sha256:aa' },
});
const arguments_schema = {
  type: 'object',
  properties: {
    order: { type: 'string', pattern: '^A-\\d+$' },
    amount: { type: 'number', minimum: 0, maximum: 5_000 },
    note: { type: 'array' },
    none: { type: 'null' },
  },
  required: ['order', 'amount', 'note', 'none'],
  additionalProperties: false,
};

let server: TestServer;
let beside: Awaited<ReturnType<typeof serveBeside>>;
let admin: Caller;
let desk: Caller;
const agents: Connection[] = [];
const chance = seeded(12);
const counted = { refused: 0 };

beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  beside = await serveBeside(server.database_url);
  admin = await server.keyFor('admin');
  desk = await server.keyFor('lead');
  const definition = {
    policy: { mode: 'always' },
    action: { name: 'refund', arguments_schema },
  };
  await admin.call('PUT /gates/tools', definition);
  // A second version, and a second gate, for what was approved to be moved to.
  const policy = { mode: 'always', priority: 1 };
  await admin.call('PUT /gates/tools', { ...definition, policy });
  await admin.call('PUT /gates/other', { ...definition, title: 'Other' });
  for (let at = 0; at < 16; at++) {
    const key = await server.keyFor('builder');
    agents.push(connectionTo(at % 2 ? server.url : beside.url, key));
  }
});
afterAll(async () => {
  for (const one of agents) one.close();
  await beside?.close();
  await server?.stop();
});

interface Held {
  id: string;
  case_id: string;
}
async function held(count: number): Promise<Held[]> {
  const items = Array.from({ length: count }, (_, at) => ({ action: action(at) }));
  const { body } = await admin.call<{ results: Held[] }>('POST /gates/tools/outputs', items);
  return body.results;
}
/** Half approved as asked, half with another sum. */
async function approved(count: number): Promise<Held[]> {
  const rows = await held(count);
  const half = rows.filter((_, at) => at % 2 === 0).map(({ case_id }) => case_id);
  for (let from = 0; from < half.length; from += 100) {
    const case_ids = half.slice(from, from + 100);
    await desk.call('POST /cases/batch', { case_ids, values: { verdict: 'approve' } });
  }
  for (const [at, { case_id }] of rows.entries()) {
    if (at % 2 === 0) continue;
    const edited = { ...action(at).arguments, amount: 5 };
    const values = { verdict: 'edit', arguments: edited };
    expect((await desk.call(`POST /cases/${case_id}/answers`, { values })).status).toBe(200);
  }
  return rows;
}

/** What a claim is judged by, as the row holds it. */
interface Stored {
  id: string;
  gate: string;
  policy_version: number;
  action: Json;
  action_hash: string | null;
  approved: Json;
  approved_hash: Json;
}
const columns = `id, gate, policy_version, action, action_hash, outcome->'action' as approved,
  outcome->'action_hash' as approved_hash`;

/** Another row than it was: a change of mutation.ts, or something whole of another output. */
function changedRow(row: Stored, other: Stored): Stored {
  const dice = chance.below(10);
  if (dice === 0) return { ...row, gate: row.gate === 'tools' ? 'other' : 'tools' };
  if (dice === 1) return { ...row, policy_version: 3 - row.policy_version };
  if (dice === 2) return { ...row, approved: other.approved, approved_hash: other.approved_hash };
  if (dice === 3) return { ...row, action: other.action, action_hash: other.action_hash };
  const { id, gate, policy_version, ...bytes } = row;
  return { id, gate, policy_version, ...(mutated(bytes, chance.fraction) as typeof bytes) };
}

const same = (a: Stored, b: Stored) =>
  canonical(JSON.parse(JSON.stringify(a)) as Json) ===
  canonical(JSON.parse(JSON.stringify({ ...a, ...pick(b) })) as Json);
/** A name that no column has changes nothing that is stored. */
const pick = ({
  action: asked,
  action_hash,
  approved: runs,
  approved_hash,
  gate,
  ...rest
}: Stored) => ({
  action: asked ?? null,
  action_hash: action_hash ?? null,
  approved: runs ?? null,
  approved_hash: approved_hash ?? null,
  gate,
  policy_version: rest.policy_version,
});

const write = (rows: Stored[]) =>
  asOwner(server.database_url, (client) =>
    client.query(
      `update outputs o set gate = r.gate, policy_version = r.policy_version, action = r.action,
         action_hash = r.action_hash, outcome = o.outcome || jsonb_build_object(
           'action', r.approved, 'action_hash', r.approved_hash)
       from jsonb_to_recordset($1) as r (id text, gate text, policy_version int, action jsonb,
         action_hash text, approved jsonb, approved_hash jsonb)
       where o.id = r.id`,
      [JSON.stringify(rows.map((row) => ({ id: row.id, ...pick(row) })))],
    ),
  );

/** Claims from many connections to both servers at once. */
const claimAll = (ids: string[]) =>
  Promise.all(
    ids.map((id, at) =>
      (agents[at % agents.length] as Connection).call<ClaimedAction>(`POST /outputs/${id}/claim`),
    ),
  );

test(`[O1] [O2] ${in_rows} approved rows changed in the database are all refused; put back, each runs once`, async () => {
  const rows = await approved(outputs);
  const ids = rows.map(({ id }) => id);
  const stored = await asOwner(server.database_url, async (client) => {
    const found = await client.query<Stored>(
      `select ${columns} from outputs where id = any($1) order by id`,
      [ids],
    );
    return found.rows;
  });
  expect(stored).toHaveLength(outputs);
  let refused = 0;
  while (refused < in_rows) {
    const changes = stored.flatMap((row, at) => {
      const changed = changedRow(row, stored[(at + 2) % outputs] as Stored);
      return same(row, changed) ? [] : [changed];
    });
    await write(changes);
    const replies = await claimAll(changes.map(({ id }) => id));
    replies.forEach((reply, at) => {
      const words = JSON.stringify([changes[at], reply.body]);
      expect([200, 500].includes(reply.status), words).toBe(false);
      expect(['integrity', 'not_approved'], words).toContain(reply.body.code);
      refused += 1;
    });
    await write(stored);
  }
  counted.refused += refused;
  const claims = await claimAll(ids);
  expect(claims.filter(({ status }) => status === 200)).toHaveLength(outputs);
  claims.forEach(({ body }, at) => {
    const asked = { output_id: ids[at] as string, gate: 'tools', action: action(at) };
    expect(checkClaim(body, asked).action.arguments.amount).toBe(at % 2 ? 5 : 700 + at);
  });
  const again = await claimAll(ids);
  expect(again.filter(({ body }) => body.code === 'already_claimed')).toHaveLength(outputs);
});

test(`[O1] ${on_the_way} claims changed on their way to whoever acts are refused by the SDK`, async () => {
  const rows = await approved(20);
  const claims = await claimAll(rows.map(({ id }) => id));
  let refused = 0;
  for (let turn = 0; refused < on_the_way; turn++) {
    const at = turn % rows.length;
    const claimed = (claims[at] as (typeof claims)[number]).body as ClaimedAction;
    const asked = { output_id: claimed.output_id, gate: 'tools', action: action(at) };
    expect(checkClaim(claimed, asked)).toEqual(claimed);
    const changed = mutated(claimed, chance.fraction);
    const { outcome: _a, ...left } = changed as ClaimedAction;
    const { outcome: _b, ...right } = claimed;
    // A change that says the same, or adds what nobody reads, is no change.
    if (isSubset(right, left)) continue;
    expect(() => checkClaim(changed, asked), JSON.stringify(changed)).toThrow('not what was');
    refused += 1;
  }
  counted.refused += refused;
});

test(`[C11] [C8] ${to_answers} answers over something else than was shown, or with edits that are not valid, decide nothing`, async () => {
  const rows = await held(50);
  const views = await Promise.all(
    rows.map(
      async ({ case_id }) => (await desk.call<{ shown: string }>(`GET /cases/${case_id}`)).body,
    ),
  );
  const edit = (field: string, value: unknown, at: number) => ({
    verdict: 'edit',
    arguments: { ...action(at).arguments, [field]: value },
  });
  const wrong: [string, unknown][] = [
    ['order', 'B-1'],
    ['order', 1],
    ['order', 'A-1\n'],
    ['order', null],
    ['amount', -1],
    ['amount', 5_000.01],
    ['amount', '700'],
    ['amount', [700]],
    ['note', {}],
    ['none', 0],
    ['extra', true],
    ['to', 'me'],
    ['', 1],
  ];
  let refused = 0;
  const bodies = Array.from({ length: to_answers }, (_, turn) => {
    const at = turn % rows.length;
    const { shown } = views[at] as { shown: string };
    if (turn % 2) {
      const [field, value] = chance.oneOf(wrong);
      return { at, status: 422, body: { shown, values: edit(field, value, at) } };
    }
    const place = 7 + chance.below(shown.length - 7);
    const other = shown[place] === '0' ? '1' : '0';
    const changed = `${shown.slice(0, place)}${other}${shown.slice(place + 1)}`;
    return { at, status: 409, body: { shown: changed, values: { verdict: 'approve' } } };
  });
  for (let from = 0; from < bodies.length; from += 50) {
    const group = bodies.slice(from, from + 50);
    const replies = await Promise.all(
      group.map(({ at, body }) => desk.call(`POST /cases/${rows[at]?.case_id}/answers`, body)),
    );
    replies.forEach((reply, at) => {
      const { status, body } = group[at] as (typeof group)[number];
      expect(reply, JSON.stringify(body)).toMatchObject({
        status,
        body: { code: status === 409 ? 'stale' : 'invalid' },
      });
      refused += 1;
    });
  }
  counted.refused += refused;
  const undecided = await claimAll(rows.map(({ id }) => id));
  expect(undecided.filter(({ body }) => body.code === 'not_decided')).toHaveLength(rows.length);
  // What was shown, unchanged, is decided.
  const { shown } = views[0] as { shown: string };
  const fine = { shown, values: { verdict: 'approve' } };
  expect((await desk.call(`POST /cases/${rows[0]?.case_id}/answers`, fine)).status).toBe(200);
});

test(`[O1] [O3] [S1] ${to_claims} claims by others, of others, or of nothing get nothing`, async () => {
  const rows = await approved(20);
  const waiting = await held(5);
  const stranger = await server.keyFor('admin', await server.newWorkspace('Next'));
  const viewer = await server.keyFor('viewer');
  const reading = await server.keyFor('admin', undefined, ['outputs.read']);
  const nobody = { ...viewer, key: '' };
  let refused = 0;
  for (let turn = 0; turn < to_claims; turn++) {
    const { id } = chance.oneOf(rows);
    const place = 4 + chance.below(26);
    const other = id[place] === 'z' ? 'y' : 'z';
    const near = `${id.slice(0, place)}${other}${id.slice(place + 1)}`;
    const asks: [Caller, string][] = [
      [stranger, id],
      [viewer, id],
      [reading, id],
      [nobody, id],
      [admin, near],
      [admin, id.toUpperCase()],
      [admin, `${id}%00`],
      [admin, `${id}%20`],
      [admin, id.slice(0, -1)],
      [admin, chance.oneOf(waiting).id],
    ];
    const [by, asked] = asks[turn % asks.length] as [Caller, string];
    const reply = await by.call(`POST /outputs/${asked}/claim`);
    expect([turn, [401, 403, 404, 409, 422].includes(reply.status) || reply]).toEqual([turn, true]);
    refused += 1;
  }
  counted.refused += refused;
  const claims = await claimAll(rows.map(({ id }) => id));
  expect(claims.filter(({ status }) => status === 200)).toHaveLength(rows.length);
});

test('[O1] 10,000 changes in all, and a gate that is changed after the approval does not change it', async () => {
  expect(counted.refused).toBeGreaterThanOrEqual(10_000);
  const [one] = await approved(1);
  const stricter = { ...arguments_schema, properties: { order: { type: 'string', maxLength: 1 } } };
  await admin.call('PUT /gates/tools', {
    title: 'Tools',
    policy: { mode: 'never' },
    action: { name: 'refund', arguments_schema: stricter },
  });
  const id = one?.id as string;
  const [claimed] = await claimAll([id]);
  const asked = { output_id: id, gate: 'tools', action: action(0) };
  expect(checkClaim(claimed?.body, asked).bound.policy_version).toBe(2);
});

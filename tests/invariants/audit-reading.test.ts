import {
  type AuditEntry,
  auditReader,
  type Checkpoint,
  type ExportLine,
  entryHash,
  evidenceOf,
  fromBase64,
  type Hash,
  systemOf,
  toBase64,
  verifyConsistency,
  verifyInclusion,
} from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createKey } from '../../server/src/actions/key.ts';
import { verifyEd25519 } from '../../server/src/actions/signature.ts';
import { caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { asOwner, dumped, exported, hostile_name, livelyHour } from './record.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  await livelyHour(await server.keyFor('admin'), await server.keyFor('reviewer'), 5);
});
afterAll(() => server?.stop());

const linesOf = (export_text: string) =>
  export_text
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => JSON.parse(line) as ExportLine);

test('[A4] the proofs that the server gives hold under its checkpoints', async () => {
  const lead = await server.keyFor('lead');
  type Proof = { leaf: number; hash: string; path: string[]; checkpoint: Checkpoint };
  const hashOf = (base64: string) => fromBase64(base64) as Hash;
  const kept = (await lead.call<Checkpoint>('GET /audit/checkpoint')).body;
  const lines = linesOf(await exported(server, lead));
  await server.keyFor('viewer');
  for (const leaf of [0, 7, kept.size]) {
    const { body } = await lead.call<Proof>(`GET /audit/proof?leaf=${leaf}`);
    const { size, root } = body.checkpoint;
    const path = body.path.map(hashOf);
    expect(verifyInclusion(hashOf(body.hash), leaf, size, path, hashOf(root))).toBe(true);
    if (leaf < kept.size) expect(body.hash).toBe(lines[leaf]?.hash);
  }
  const { body } = await lead.call<Proof>(`GET /audit/proof?since=${kept.size}`);
  const { size, root } = body.checkpoint;
  const path = body.path.map(hashOf);
  expect(verifyConsistency(kept.size, hashOf(kept.root), size, hashOf(root), path)).toBe(true);
  expect((await lead.call('GET /audit/proof?leaf=100000')).status).toBe(404);
  expect((await lead.call('GET /audit/proof')).status).toBe(422);
  expect((await lead.call('GET /audit/proof?leaf=1&since=1')).status).toBe(422);
});

test('[A10] hostile names and ids pass exactly through list, export and check', async () => {
  const workspace_id = await server.newWorkspace(hostile_name);
  const admin = await server.keyFor('admin', workspace_id);
  const made = await createKey(server.ports, systemOf(workspace_id), {
    name: hostile_name,
    role: 'admin',
    scopes: null,
    expires_at: null,
  });
  const hostile = caller(server.url, made.key as string);
  // A title that hides or turns text is refused; what a spreadsheet would run is not.
  const title = { title: `=cmd|' /C calc'!A0"\\,{}`, policy: { mode: 'always' } };
  expect((await hostile.call('PUT /gates/odd', title)).status).toBe(201);
  await asOwner(server.database_url, (client) =>
    client.query(
      `insert into events (workspace_id, type, subject, actor, actor_kind, data, at)
       values ($1, 'queue.changed', $2, $2, 'member', $3, now())`,
      [workspace_id, hostile_name, JSON.stringify({ [hostile_name]: hostile_name })],
    ),
  );
  const note = (await admin.call<Checkpoint>('GET /audit/checkpoint')).body.note;
  const listed = await admin.call<{
    rows: { actor_name: string; subject: string; data: object }[];
  }>('GET /audit?limit=3');
  expect(listed.body.rows[0]).toMatchObject({
    subject: hostile_name,
    data: { [hostile_name]: hostile_name },
  });
  expect(listed.body.rows[1]).toMatchObject({ actor_name: hostile_name });
  const found = await admin.call<{ rows: unknown[] }>(
    `GET /audit?subject=${encodeURIComponent(hostile_name)}`,
  );
  expect(found.body.rows).toHaveLength(1);
  expect((await admin.call('GET /audit/verify')).body).toMatchObject({ ok: true, complete: true });
  const odd = await exported(server, admin);
  const reader = auditReader(verifyEd25519, note);
  for (const line of odd.trimEnd().split('\n')) reader.line(line);
  expect(reader.end()).toMatchObject({ ok: true });
  const last = linesOf(odd).at(-1);
  expect(toBase64(entryHash(last as AuditEntry))).toBe(last?.hash);
});

test('[A10] the list filters and pages without gaps, and refuses what is no cursor', async () => {
  const lead = await server.keyFor('lead');
  type Row = { cursor: string; type: string; actor: string; at: string };
  type List = { rows: Row[]; next: string | null };
  const all = (await lead.call<List>('GET /audit?limit=200')).body.rows;
  const paged: List['rows'] = [];
  for (let next: string | null = ''; next !== null; ) {
    const cursor: string = next ? `&cursor=${next}` : '';
    const { body } = await lead.call<List>(`GET /audit?limit=7${cursor}`);
    paged.push(...body.rows);
    next = body.next;
  }
  expect(paged.map(({ cursor }) => cursor)).toEqual(all.map(({ cursor }) => cursor));
  const answered = (await lead.call<List>('GET /audit?type=case.answered&limit=200')).body;
  expect(answered.rows.length).toBe(all.filter(({ type }) => type === 'case.answered').length);
  const several = 'case.answered,case.resolved';
  const both = (await lead.call<List>(`GET /audit?type=${several}&limit=200`)).body.rows;
  expect(both.length).toBe(all.filter(({ type }) => several.split(',').includes(type)).length);
  const at = all[4]?.at as string;
  const since = (await lead.call<List>(`GET /audit?since=${at}&limit=200`)).body.rows;
  expect(since.length).toBe(all.filter((row) => row.at >= at).length);
  const until = (await lead.call<List>(`GET /audit?until=${at}&limit=200`)).body.rows;
  expect(until.length).toBe(all.filter((row) => row.at <= at).length);
  const actor = all.find(({ type }) => type === 'case.answered')?.actor as string;
  const theirs = (await lead.call<List>(`GET /audit?actor=${actor}&limit=2`)).body;
  expect(theirs.rows.every((row) => row.actor === actor)).toBe(true);
  expect(theirs.next).not.toBeNull();
  for (const query of [
    'cursor=1-2',
    'cursor=x',
    'type=nothing',
    'type=case.answered,',
    'since=soon',
    'limit=0',
    'other=1',
  ])
    expect((await lead.call(`GET /audit?${query}`)).status).toBe(422);
  const reviewer = await server.keyFor('reviewer');
  for (const path of ['', '/verify', '/checkpoint', '/export', '/proof?leaf=0'])
    expect((await reviewer.call(`GET /audit${path}`)).status).toBe(403);
});

test('[A8] what the record says of an answer is salted by what erasure destroys', async () => {
  const agent = await server.keyFor('admin');
  const admin = await server.keyFor('admin');
  const desk = await server.keyFor('reviewer');
  await agent.call('PUT /gates/pay', { policy: { mode: 'always' } });
  const { body } = await agent.call<{ id: string; case_id: string }>('POST /gates/pay/outputs', {
    action: { name: 'pay', arguments: { to: 'A' } },
  });
  const asked = await agent.call<{ id: string }>('POST /cases', {
    parts: [{ kind: 'text', name: 'said', text: 'x' }],
    form: { questions: [{ kind: 'text', name: 'heard' }] },
  });
  await desk.call(`POST /cases/${body.case_id}/answers`, {
    values: { verdict: 'approve' },
    note: 'n',
  });
  await desk.call(`POST /cases/${asked.body.id}/answers`, { values: { heard: 'h' } });
  type Row = { subject: string; data: { evidence: string; action_evidence?: string } };
  const { rows } = (await admin.call<{ rows: Row[] }>('GET /audit?type=case.answered&limit=2'))
    .body;
  const salts = await asOwner(server.database_url, async (client) => {
    const found = await client.query<{ id: string; salt: string; action_hash: string | null }>(
      `select case_id as id, salt, action_hash from outputs where id = $1
       union all select id, salt, null from cases where id = $2`,
      [body.id, asked.body.id],
    );
    return new Map(found.rows.map((row) => [row.id, row]));
  });
  const saltOf = (id: string) => salts.get(id)?.salt as string;
  const evidence = new Map(rows.map((row) => [row.subject, row.data]));
  expect(evidence.get(body.case_id)).toMatchObject({
    evidence: evidenceOf(saltOf(body.case_id), { values: { verdict: 'approve' }, note: 'n' }),
    action_evidence: evidenceOf(
      saltOf(body.case_id),
      salts.get(body.case_id)?.action_hash as string,
    ),
  });
  expect(evidence.get(asked.body.id)).toMatchObject({
    evidence: evidenceOf(saltOf(asked.body.id), { values: { heard: 'h' }, note: null }),
  });
  await admin.call(`POST /outputs/${body.id}/erase`);
  await admin.call(`POST /cases/${asked.body.id}/erase`);
  const all = [...(await dumped(server.database_url)).values()].join('\n');
  for (const { salt } of salts.values()) {
    expect(salt).toMatch(/^[0-9a-f]{32}$/);
    expect(all).not.toContain(salt);
  }
});

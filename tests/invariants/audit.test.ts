import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditReader, type Checkpoint, type ExportLine, type Sign } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { signerOf, verifyEd25519 } from '../../server/src/actions/signature.ts';
import { auditCommand } from '../../server/src/audit-command.ts';
import { startServer, type TestServer } from '../../server/src/testing/start.ts';
import { asOwner, exported, livelyHour, seeded } from './record.ts';
import { forged, parsed, tampered, written } from './tamper.ts';

let server: TestServer;
/** What was kept outside, earlier. */
let kept: Checkpoint;
let text: string;
/** The same of another workspace on the same server. */
let foreign: string;
let sign: Sign;
const folder = mkdtempSync(join(tmpdir(), 'wheelhouse-audit-'));

beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  const desk = await server.keyFor('reviewer');
  const agent = await server.keyFor('admin');
  await livelyHour(agent, desk, 5);
  kept = (await agent.call<Checkpoint>('GET /audit/checkpoint')).body;
  await livelyHour(agent, desk, 3);
  text = await exported(server, agent);
  const other = await server.newWorkspace('Other');
  const stranger = await server.keyFor('admin', other);
  await livelyHour(stranger, await server.keyFor('reviewer', other), 5);
  foreign = await exported(server, stranger);
  const private_key = await asOwner(server.database_url, async (client) => {
    const found = await client.query<{ checkpoint_private_key: string }>(
      'select checkpoint_private_key from workspaces where id = $1',
      [server.workspace_id],
    );
    return found.rows[0]?.checkpoint_private_key as string;
  });
  sign = signerOf(private_key);
});
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const read = (export_text: string, note?: string) => {
  const reader = auditReader(verifyEd25519, note);
  for (const line of export_text.replace(/\n$/, '').split('\n')) reader.line(line);
  return reader.end();
};

test('[A3] an untouched export holds, with and without a kept checkpoint, and so does a forger’s copy', () => {
  const log = parsed(text);
  expect(written(log)).toBe(text);
  expect(kept.size).toBeGreaterThan(15);
  expect(log.lines.length).toBeGreaterThan(kept.size + 5);
  expect(read(text)).toMatchObject({ ok: true, size: log.lines.length, kept_size: null });
  expect(read(text, kept.note)).toMatchObject({ ok: true, kept_size: kept.size, faults: [] });
  // What is forged below is found for what was changed, and not for how it is forged.
  expect(read(written(forged(log, sign)), kept.note)).toMatchObject({ ok: true });
});

test('[A3] 5,000 changes to an export are all found, by whoever has no key', () => {
  const seed = 20_260_801;
  const chance = seeded(seed);
  const log = parsed(text);
  const others = parsed(foreign).lines;
  const missed: string[] = [];
  for (let round = 0; round < 5_000; round++) {
    const changed_text = written(tampered(log, log.lines.length, chance, others));
    if (changed_text !== text && read(changed_text).ok) missed.push(`seed ${seed} round ${round}`);
  }
  expect(missed).toEqual([]);
});

test('[A3] 5,000 rewritten pasts, signed with the server’s own key, are all found by a kept checkpoint', () => {
  const seed = 20_260_802;
  const chance = seeded(seed);
  const log = parsed(text);
  const others = parsed(foreign).lines;
  const missed: string[] = [];
  let passes_without = 0;
  for (let round = 0; round < 5_000; round++) {
    const past = forged(tampered(log, kept.size, chance, others), sign);
    const past_text = written(past);
    if (past_text === text) continue;
    if (read(past_text, kept.note).ok) missed.push(`seed ${seed} round ${round}`);
    if (round < 100 && read(past_text).ok) passes_without += 1;
  }
  expect(missed).toEqual([]);
  // The reason to keep one outside: most of these cannot be told from the truth without it.
  expect(passes_without).toBeGreaterThan(80);
});

test('[A11] one line taken out, changed or doubled is one finding, at its place', () => {
  const log = parsed(text);
  const size = log.lines.length;
  const findings = (lines: ExportLine[], note?: string) => {
    const { ok, faults } = read(written({ ...log, lines }), note);
    expect(ok).toBe(false);
    return faults.map(({ kind, leaf }) => `${kind} ${leaf}`);
  };
  for (const note of [undefined, kept.note]) {
    for (let at = 0; at < size - 1; at++) {
      const line = log.lines[at] as ExportLine;
      const rest = log.lines.slice(at + 1);
      const before = log.lines.slice(0, at);
      expect(findings([...before, ...rest], note)).toEqual([`removed ${at}`]);
      expect(findings([...before, ...rest.slice(1)], note)[0]).toBe(
        at + 2 < size ? `removed ${at}` : 'truncated null',
      );
      expect(findings([...before, line, line, ...rest], note)).toEqual([`inserted ${at}`]);
      const altered = { ...line, subject: `${line.subject}x` };
      expect(findings([...before, altered, ...rest], note)).toEqual([`altered ${at}`]);
    }
    const ends = findings(log.lines.slice(0, kept.size - 3), note);
    expect(ends).toEqual(note ? ['truncated null', 'truncated null'] : ['truncated null']);
  }
  // Two places, two findings; and what is put back elsewhere is a few, not one for every line.
  const holes = log.lines.filter((_, at) => at !== 3 && at !== 9);
  expect(findings(holes)).toEqual(['removed 3', 'removed 9']);
  const [first, ...others] = log.lines;
  expect(findings([...others, first as ExportLine])).toHaveLength(3);
});

test('[A3] any one byte of an export changed, cut out or doubled is found', () => {
  const chance = seeded(20_260_803);
  const bytes = new TextEncoder().encode(text);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let tried = 0;
  while (tried < 1_000) {
    const at = chance.below(bytes.length - 1);
    const how = chance.below(3);
    const replaced = Uint8Array.of(...bytes);
    if (how === 0) replaced[at] = (replaced[at] as number) ^ (1 << chance.below(7));
    const middle =
      how === 1 ? [] : how === 2 ? [bytes[at] as number, bytes[at] as number] : undefined;
    const made = middle
      ? Uint8Array.of(...bytes.subarray(0, at), ...middle, ...bytes.subarray(at + 1))
      : replaced;
    tried += 1;
    let changed_text: string;
    try {
      changed_text = decoder.decode(made);
    } catch {
      continue;
    }
    if (changed_text !== text && read(changed_text, kept.note).ok)
      throw new Error(`the byte at ${at} (${how}) went unseen`);
  }
});

test('[A3] one thing for a person and another for a program is refused: doubled keys, other spellings', () => {
  const [header, first = '', ...rest] = text.trimEnd().split('\n');
  const spelled = [
    first.replace('{"actor":', '{"actor":"mem_someone","actor":'),
    first.replace('"leaf":0', '"leaf": 0'),
    first.replace('"leaf":0', '"leaf":0.0'),
    first.replace('workspace.created', 'workspace\\u002ecreated'),
    first.replace('{', '{"note":"x",'),
    `${first}\r`,
    `\ufeff${first}`,
    '['.repeat(50_000),
    '',
  ];
  for (const line of spelled) {
    const reading = read([header, line, ...rest].join('\n'), kept.note);
    expect(reading.ok).toBe(false);
  }
});

test('[A3] a checkpoint of another workspace, another key or a cut log is refused in words', () => {
  expect(read(foreign, kept.note).faults).toMatchObject([{ kind: 'forged' }]);
  const log = parsed(text);
  const keyless = {
    ...log,
    header: { ...log.header, public_key: parsed(foreign).header.public_key },
  };
  expect(read(written(keyless)).faults).toMatchObject([{ kind: 'forged' }]);
  const short = forged({ ...log, lines: log.lines.slice(0, kept.size - 1) }, sign);
  expect(read(written(short)).ok).toBe(true);
  expect(read(written(short), kept.note).faults).toMatchObject([{ kind: 'truncated' }]);
});

test('[A3] npm run audit says in words what it found, and its exit code says it to programs', async () => {
  const file = (name: string, content: string) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const run = async (...args: string[]) => {
    const said: string[] = [];
    const code = await auditCommand(args, (words) => said.push(words));
    return { code, said: said.join('\n') };
  };
  const good = file('good.ndjson', text);
  const as_note = file('kept.txt', kept.note);
  const as_json = file('kept.json', JSON.stringify(kept));
  expect(await run(good)).toMatchObject({
    code: 0,
    said: expect.stringContaining('Keep checkpoints'),
  });
  for (const checkpoint of [as_note, as_json]) {
    const told = await run(good, '--checkpoint', checkpoint);
    expect(told).toMatchObject({ code: 0, said: expect.stringContaining('INTACT') });
    expect(told.said).toContain(
      `The first ${kept.size} events are those of the checkpoint you kept`,
    );
  }
  const log = parsed(text);
  const [line] = log.lines.splice(3, 1);
  const bad = file('bad.ndjson', written(forged(log, sign)));
  expect(await run(bad, '--checkpoint', as_note)).toMatchObject({
    code: 1,
    said: expect.stringContaining('NOT INTACT'),
  });
  const odd = { ...log, lines: [{ ...line, workspace_id: '\u001b]0;owned\u0007' } as ExportLine] };
  const shown = await run(file('odd.ndjson', written(odd)));
  expect(shown.code).toBe(1);
  expect(shown.said).not.toMatch(/(?!\n)\p{Cc}/u);
  expect(await run(join(folder, 'none.ndjson'))).toMatchObject({ code: 2 });
  expect(await run(file('binary.ndjson', '\u0000'), '--checkpoint', bad)).toMatchObject({
    code: 2,
  });
  expect(await run(good, '--checkpoint', file('no.json', '{}'))).toMatchObject({ code: 2 });
  expect(await run()).toMatchObject({ code: 2, said: expect.stringContaining('Usage') });
  expect(await run('--unknown')).toMatchObject({ code: 2 });
});

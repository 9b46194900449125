import { GateDefinition, OutputSubmission, type Principal, type Role } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { correctCase } from '../../server/src/actions/correct.ts';
import { eraseOutput } from '../../server/src/actions/erase.ts';
import { changeGate } from '../../server/src/actions/gate.ts';
import { createKey } from '../../server/src/actions/key.ts';
import { claim } from '../../server/src/actions/lease.ts';
import { addNote } from '../../server/src/actions/note.ts';
import { cancelOutput, giveFeedback } from '../../server/src/actions/read-output.ts';
import { undo } from '../../server/src/actions/undo.ts';
import { createWorkspace } from '../../server/src/actions/workspace.ts';
import { readConfig } from '../../server/src/config.ts';
import { type App, createApp } from '../../server/src/http/app.ts';
import { realPorts } from '../../server/src/serve.ts';
import { freshDatabase } from '../../server/src/testing/engine.ts';
import { faultyPorts } from './faults.ts';
import { dumped } from './record.ts';

const log = { info: () => {}, warn: () => {}, error: () => {} };
let database: Awaited<ReturnType<typeof freshDatabase>>;
/** The server's parts without its jobs, so that nothing changes but what is asked. */
let app: App;
let faults: ReturnType<typeof faultyPorts>;
let agent: Principal;
let desk: Principal;

beforeAll(async () => {
  database = await freshDatabase(inject('engine'));
  const config = readConfig({ WHEELHOUSE_LOG: 'silent' });
  faults = faultyPorts(realPorts(config, database.url, log));
  app = createApp(faults.ports, config);
  const workspace_id = await createWorkspace(faults.ports, 'Faults');
  const principal = (id: string, role: Role): Principal => ({
    workspace_id,
    kind: 'key',
    id,
    name: id,
    role,
    scopes: null,
  });
  agent = principal('key_agent', 'admin');
  desk = principal('key_desk', 'lead');
  await changeGate(app.ports, app.rulings, agent, 'refunds', gateOf(0));
  await changeGate(app.ports, app.rulings, agent, 'undoable', gateOf(60_000));
});
afterAll(async () => {
  await app?.ports.database.close();
  await database?.drop();
});

const gateOf = (undo_ms: number) => GateDefinition.parse({ policy: { mode: 'always', undo_ms } });

const submit = (gate: string, word: string, once?: { key: string; request: string }) =>
  app.submit(agent, {
    by: agent,
    gate,
    body: OutputSubmission.parse({ action: { name: 'refund', arguments: { word } } }),
    once,
  });
const answer = (case_id: string, verdict: string) =>
  app.answer(desk, {
    by: desk,
    case_id,
    body: {
      status: 'submitted',
      values: { verdict },
      note: 'because',
      shown_suggestion: false,
      spent_ms: 1,
    },
  });

interface Act {
  name: string;
  /** What it leaves in the record. */
  events: string[];
  /** What has to be there before. */
  before(): Promise<string>;
  run(subject: string): Promise<unknown>;
}
const held = async (gate = 'refunds') => (await submit(gate, 'held')).case_id as string;
const heldOutput = async () => (await submit('refunds', 'held')).id;
const decided = async (gate = 'refunds') => {
  const { id, case_id } = await submit(gate, 'decided');
  await answer(case_id as string, 'approve');
  return { id, case_id: case_id as string };
};

const acts: Act[] = [
  {
    name: 'submit',
    events: ['output.submitted', 'case.opened'],
    before: async () => '',
    run: () => submit('refunds', 'new', { key: 'once', request: 'r' }),
  },
  {
    name: 'claim a case',
    events: ['case.claimed'],
    before: () => held(),
    run: (case_id) =>
      claim(app.ports, app.rulings, desk, 'default', { limit: 1, case_id } as never),
  },
  {
    name: 'answer',
    events: ['case.answered', 'case.resolved', 'output.decided'],
    before: () => held(),
    run: (case_id) => answer(case_id, 'approve'),
  },
  {
    name: 'undo',
    events: ['case.undone'],
    before: async () => (await decided('undoable')).case_id,
    run: (case_id) => undo(app.ports, app.rulings, desk, case_id),
  },
  {
    name: 'correct',
    events: ['case.corrected', 'output.corrected'],
    before: async () => (await decided()).case_id,
    run: (case_id) =>
      correctCase(app.ports, app.rulings, desk, case_id, {
        values: { verdict: 'reject' },
        reason: 'looked again',
      }),
  },
  {
    name: 'take the right to act',
    events: ['output.claimed'],
    before: async () => (await decided()).id,
    run: (output_id) => app.claimOutcome(agent, { by: agent, output_id }),
  },
  {
    name: 'cancel',
    events: ['output.cancelled', 'output.decided', 'case.cancelled'],
    before: heldOutput,
    run: (id) => cancelOutput(app.ports, app.rulings, agent, id, 'no need'),
  },
  {
    name: 'note',
    events: ['case.noted'],
    before: () => held(),
    run: (case_id) => addNote(app.ports, desk, app.rulings, case_id, { text: 'x', mentions: [] }),
  },
  {
    name: 'feedback',
    events: ['output.feedback_given'],
    before: heldOutput,
    run: (id) => giveFeedback(app.ports, desk, id, { kind: 'thumb', up: true }),
  },
  {
    name: 'change a gate',
    events: ['gate.changed'],
    before: async () => 'fresh',
    run: (name) => changeGate(app.ports, app.rulings, agent, name, gateOf(5)),
  },
  {
    name: 'make a key',
    events: ['key.created'],
    before: async () => '',
    run: () =>
      createKey(app.ports, agent, { name: 'k', role: 'viewer', scopes: null, expires_at: null }),
  },
  {
    name: 'erase',
    events: ['output.erased'],
    before: async () => (await decided()).id,
    run: (id) => eraseOutput(app.ports, app.rulings, agent, id),
  },
];

test.each(acts)(
  '[A1] $name: cut off at any statement or at the commit, neither act nor record is there',
  async ({ events, before, run }) => {
    const subject = await before();
    const there = await dumped(database.url);
    let cuts = 0;
    for (let nth = 1; ; nth++) {
      faults.arm(nth, async () => {
        throw new Error('cut off');
      });
      const outcome = await run(subject).then(
        () => 'done',
        () => 'failed',
      );
      const met = faults.met();
      faults.disarm();
      expect(outcome).toBe(met ? 'failed' : 'done');
      if (!met) break;
      cuts += 1;
      expect(await dumped(database.url)).toEqual(there);
    }
    expect(cuts).toBeGreaterThanOrEqual(2);
    const now = await dumped(database.url);
    const fresh = now
      .get('events')
      ?.split('\n')
      .filter((row) => !there.get('events')?.includes(row));
    const types = fresh?.map((row) => (JSON.parse(row) as { type: string }).type);
    expect(types?.filter((type) => events.includes(type)).sort()).toEqual([...events].sort());
    expect(
      [...now].filter(([name, rows]) => name !== 'events' && rows !== there.get(name)),
    ).not.toEqual([]);
  },
);

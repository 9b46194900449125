import { every_workspace, makeId, type Role, systemOf, toMs, type Webhook } from '@wheelhouse/core';
import { trainClassifier } from '@wheelhouse/core/learn';
import { rulingsCache } from '../../actions/definition.ts';
import { changeGate } from '../../actions/gate.ts';
import { createKey } from '../../actions/key.ts';
import { changeQueue } from '../../actions/queue.ts';
import { startSession } from '../../actions/session.ts';
import { createWebhook } from '../../actions/webhook.ts';
import { createWorkspace } from '../../actions/workspace.ts';
import { session_cookie } from '../../http/session.ts';
import type { Database, Ports } from '../../ports.ts';
import { insertMember } from '../../store/members.ts';
import { insertUser } from '../../store/users.ts';
import { documents } from '../../world/documents/documents.ts';
import { signedIdentities } from '../../world/identity.ts';
import { guardedNetwork } from '../../world/network.ts';
import {
  everything_held,
  type GatePlan,
  gatePlans,
  type HookPlan,
  hookPlans,
  ladder_queues,
} from './plans.ts';
import type { Streams } from './random.ts';
import type { VirtualTime } from './time.ts';

/** Someone who sends requests: a program with a key, or a member with a session. */
export interface Person {
  name: string;
  id: string;
  role: Role;
  workspace_id: string;
  kind: 'key' | 'member';
  /** Of a member: the account that signs in. */
  user_id?: string;
  headers: Record<string, string>;
}

export interface Hook extends Webhook {
  workspace_id: string;
  /** Every secret it was ever given, oldest first. */
  secrets: string[];
  /** Whether it was ever turned off or on: what it is owed then depends on the moment. */
  changed: boolean;
  /** Whether one was made whose answer was lost: what signs is then unknown here. */
  unsure: boolean;
}

export interface Population {
  workspace_id: string;
  /** The engine without faults and without turns, for before and after the play. */
  ports: Ports;
  agents: Person[];
  /** Those who decide: keys and members, some of them leads. */
  raters: Person[];
  members: Person[];
  admin: Person;
  gates: Map<string, GatePlan[]>;
  hooks: Hook[];
  /** Who works in the other workspace. */
  neighbour: Person;
  neighbour_hook: Hook;
  /** Gives a member a new session, as signing in does. */
  signIn(person: Person): Promise<void>;
}

/** Ports without faults and without turns, for what is there before the play begins. */
function foundingPorts(engine: Database, time: VirtualTime, streams: Streams): Ports {
  const chance = streams('founding');
  return {
    clock: { now: time.now, ticks_ms: () => 0, pause: async () => {} },
    chance,
    database: {
      ...engine,
      transact: (scope, work) =>
        engine.transact(scope, (tx) => work({ ...tx, now: time.now() }), {
          patience_ms: 60_000,
        }),
      wake: () => {},
    },
    network: guardedNetwork({ allow_private: false }),
    log: { info: () => {}, warn: () => {}, error: () => {} },
    trainer: { train: async (examples, options) => trainClassifier(examples, options) },
    identities: signedIdentities,
    documents: documents(),
    language_model: null,
    makeId: (noun, at) => makeId(noun, toMs(at), chance.bytes(10)),
  };
}

export async function found(
  engine: Database,
  time: VirtualTime,
  streams: Streams,
): Promise<Population> {
  const ports = foundingPorts(engine, time, streams);
  const workspace_id = await createWorkspace(ports, 'Simulated');
  const other_id = await createWorkspace(ports, 'Neighbour');
  const key = (name: string, role: Role, at = workspace_id) => keyOf(ports, at, name, role);
  const agents = [await key('agent one', 'reviewer'), await key('agent two', 'reviewer')];
  const admin = await key('admin', 'admin');
  const neighbour = await key('neighbour', 'admin', other_id);
  const members = await membersOf(ports, workspace_id);
  const raters = [
    await key('rater one', 'reviewer'),
    await key('rater two', 'reviewer'),
    await key('rater lead', 'lead'),
    ...members,
  ];
  const random = streams('founding plans');
  const rulings = rulingsCache();
  const gates = new Map<string, GatePlan[]>();
  for (const name of ladder_queues) await changeQueue(ports, systemOf(workspace_id), name, {});
  for (const plan of gatePlans(random)) {
    gates.set(plan.name, [plan]);
    await changeGate(ports, rulings, systemOf(workspace_id), plan.name, plan.definition);
  }
  await changeGate(ports, rulings, systemOf(other_id), 'aside', everything_held);
  const hooks: Hook[] = [];
  for (const plan of hookPlans(random)) hooks.push(await hookOf(ports, workspace_id, plan));
  const neighbour_hook = await hookOf(ports, other_id, {
    url: 'https://neighbour.example/hook',
    types: ['output.decided', 'case.resolved'],
  });
  return {
    workspace_id,
    ports,
    agents,
    raters,
    members,
    admin,
    gates,
    hooks,
    neighbour,
    neighbour_hook,
    signIn: (person) => newSession(ports, person),
  };
}

async function keyOf(ports: Ports, at: string, name: string, role: Role): Promise<Person> {
  const body = { name, role, scopes: null, expires_at: null };
  const made = await createKey(ports, systemOf(at), body);
  const headers = { authorization: `Bearer ${made.key}` };
  return { name, id: made.id, role, workspace_id: at, kind: 'key', headers };
}

async function membersOf(ports: Ports, workspace_id: string): Promise<Person[]> {
  const wanted: [string, Role][] = [
    ['Ana', 'reviewer'],
    ['Bo', 'reviewer'],
    ['Cleo', 'lead'],
  ];
  const people = await ports.database.transact(every_workspace, async (tx) => {
    const made: Person[] = [];
    for (const [name, role] of wanted) {
      const email = `${name.toLowerCase()}@example.com`;
      const user_id = ports.makeId('user', tx.now);
      const id = ports.makeId('member', tx.now);
      await insertUser(tx, {
        id: user_id,
        email,
        password_hash: 'signs in elsewhere',
        last_workspace_id: workspace_id,
      });
      await insertMember(tx, { workspace_id }, { id, user_id, name, email, role });
      made.push({ name, id, role, workspace_id, kind: 'member', user_id, headers: {} });
    }
    return made;
  });
  for (const person of people) await newSession(ports, person);
  return people;
}

/** A session without a password: that hashes for a fifth of a second, on purpose. */
async function newSession(ports: Ports, person: Person): Promise<void> {
  const { workspace_id, id: member_id, user_id = '', name, role } = person;
  const member = { workspace_id, workspace_name: '', user_id, member_id, name, role };
  const { token } = await ports.database.transact(every_workspace, (tx) =>
    startSession(ports, tx, member, { ip: '127.0.0.1', user_agent: null }),
  );
  person.headers = { cookie: `${session_cookie}=${token}`, 'x-wheelhouse': '1' };
}

async function hookOf(ports: Ports, workspace_id: string, plan: HookPlan): Promise<Hook> {
  const { secret = '', ...hook } = await createWebhook(ports, systemOf(workspace_id), plan);
  return { ...hook, workspace_id, secrets: [secret], unsure: false, changed: false };
}

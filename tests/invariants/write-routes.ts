import { firstAdmin, invited, newMember, password } from '../../server/src/testing/person.ts';
import { type Caller, caller, type TestServer } from '../../server/src/testing/start.ts';
import { conversationWrites } from './conversation-writes.ts';

/** A request that would do, with what has to be there before it. */
export interface Good {
  by: Caller;
  path: string;
  body?: unknown;
}
/** By "METHOD /path" of the route table: makes what the request needs, anew each time. */
export type GoodWrites = Record<string, () => Promise<Good>>;

const form = {
  questions: [{ name: 'fine', kind: 'choice', options: [{ value: 'a' }, { value: 'b' }] }],
};
const question = {
  queue: 'asked',
  title: 'Fine?',
  parts: [{ kind: 'text', name: 'text', text: 'Fine?' }],
  form,
  quorum: { approvals: 1, of: 1, roles: {}, veto: null },
  priority: 1,
  deadline_ms: 86_400_000,
  metadata: { from: 'test' },
};
const action = { name: 'refund', arguments: { order: 'A-1', amount: 5 }, target: 'shop' };
/** Every field of an output, so that each can be made wrong alone. */
export const output = {
  input: { messages: [{ from: 'customer', text: 'hello' }] },
  content: 'hi',
  confidence: 0.5,
  scores: { yes: 0.5, no: 0.5 },
  model: 'm',
  model_version: '1',
  groups: { language: 'de' },
  risk: 'low',
  cost_usd: 0.01,
  action,
  deadline_ms: 86_400_000,
  conversation_id: 'c-1',
  metadata: { vip: true },
};
const gate = {
  title: 'Gate',
  description: 'A gate',
  queue: 'held',
  policy: {
    mode: 'rules',
    rules: [{ when: { field: 'risk', op: '=', value: 'low' }, then: 'hold' }],
  },
  form: { questions: [{ kind: 'verdict', name: 'verdict', edit: 'arguments' }] },
  action: { name: 'refund', arguments_schema: { type: 'object' }, description: 'Pays back' },
};
const url = 'https://hooks.example.com/here';

let made = 0;
const fresh = (noun: string) => {
  made += 1;
  return `${noun}-${made}`;
};

/** Good requests for every write that someone signed in may send. The network must be a fake one:
 *  webhooks are made, and called. */
export async function goodWrites(server: TestServer): Promise<GoodWrites> {
  const admin = await server.keyFor('admin');
  const desk = await server.keyFor('lead');
  const ana = await firstAdmin(server);
  const delegate = await newMember(server, ana, 'delegate@example.com', 'lead');
  // Takes nothing, so that nothing is offered to anybody while requests are tried.
  const onlooker = await newMember(server, ana, 'onlooker@example.com', 'viewer');
  let looked = 0;
  await admin.call('PUT /gates/held', { policy: { mode: 'always', undo_ms: 0 }, queue: 'held' });
  await admin.call('PUT /gates/undoable', { policy: { mode: 'always', undo_ms: 3_600_000 } });
  /** Of a gate of its own: another one at the same gate would end it. */
  const override = async () => {
    const path = `/gates/${fresh('gate')}`;
    await admin.call(`PUT ${path}`, { policy: { mode: 'guaranteed', alpha: 0.1, delta: 0.1 } });
    // It is of the versions that are open.
    await admin.call(`POST ${path}/outputs`, { content: 'x', confidence: 0.5 });
    const until = new Date(Date.now() + 3_600_000).toISOString();
    return {
      ...{ by: ana, path: `${path}/override` },
      body: { threshold: 0.6, reason: fresh('reason'), until },
    };
  };
  const id = async (what: string, body?: unknown) => {
    const reply = await admin.call<{ id: string }>(what, body);
    if (!reply.body?.id) throw new Error(`${what}: ${reply.status} ${JSON.stringify(reply.body)}`);
    return reply.body.id;
  };
  const held = async (name = 'held') => {
    const sent = { action, content: fresh('content') };
    return (await admin.call<{ id: string; case_id: string }>(`POST /gates/${name}/outputs`, sent))
      .body;
  };
  const decided = async (name?: string) => {
    const one = await held(name);
    const said = { values: { verdict: 'approve' } };
    const reply = await desk.call(`POST /cases/${one.case_id}/answers`, said);
    if (reply.status !== 200) throw new Error(`not decided: ${JSON.stringify(reply.body)}`);
    return one;
  };
  const leased = async () => {
    const { case_id } = await held();
    const reply = await desk.call<{ cases: { lease: { epoch: number } }[] }>(
      'POST /queues/*/claim',
      { case_id },
    );
    return { case_id, epoch: reply.body.cases[0]?.lease.epoch as number };
  };
  const webhook = () => id('POST /webhooks', { url, types: ['queue.changed'] });
  const member = async () =>
    (await newMember(server, ana, `${fresh('m')}@example.com`, 'viewer')).me.id;
  const by_admin = (path: string, body?: unknown) => ({ by: admin, path, body });
  return {
    'POST /gates/:gate/outputs': async () => by_admin('/gates/held/outputs', output),
    'POST /outputs/:id/claim': async () => by_admin(`/outputs/${(await decided()).id}/claim`),
    'POST /outputs/:id/cancel': async () =>
      by_admin(`/outputs/${(await held()).id}/cancel`, { reason: 'no need' }),
    'POST /outputs/:id/erase': async () => by_admin(`/outputs/${(await decided()).id}/erase`),
    'POST /outputs/:id/feedback': async () =>
      by_admin(`/outputs/${(await held()).id}/feedback`, {
        kind: 'correction',
        content: 'better',
        comment: 'because',
      }),
    'PUT /queues/:queue': async () =>
      by_admin(`/queues/${fresh('queue')}`, { title: 'Queue', description: 'For tests' }),
    'POST /queues/:queue/claim': async () => {
      const { case_id } = await held();
      return { by: desk, path: '/queues/held/claim', body: { limit: 1, case_id } };
    },
    'POST /cases': async () => by_admin('/cases', question),
    'POST /cases/batch': async () => ({
      by: desk,
      path: '/cases/batch',
      body: {
        case_ids: [(await held()).case_id, (await held()).case_id],
        values: { verdict: 'approve' },
        note: 'alike',
      },
    }),
    'POST /cases/:id/answers': async () => {
      const { case_id, epoch } = await leased();
      const body = {
        epoch,
        status: 'submitted',
        values: { verdict: 'approve' },
        note: 'fine',
        shown_suggestion: true,
        spent_ms: 900,
      };
      return { by: desk, path: `/cases/${case_id}/answers`, body };
    },
    'POST /cases/:id/lease': async () => {
      const { case_id, epoch } = await leased();
      return { by: desk, path: `/cases/${case_id}/lease`, body: { epoch } };
    },
    'DELETE /cases/:id/lease': async () => {
      const { case_id, epoch } = await leased();
      return { by: desk, path: `/cases/${case_id}/lease?epoch=${epoch}` };
    },
    'POST /cases/:id/undo': async () => ({
      by: desk,
      path: `/cases/${(await decided('undoable')).case_id}/undo`,
    }),
    'POST /cases/:id/corrections': async () => ({
      by: desk,
      path: `/cases/${(await decided()).case_id}/corrections`,
      body: { values: { verdict: 'reject' }, reason: 'it was wrong' },
    }),
    'POST /cases/:id/erase': async () => by_admin(`/cases/${(await decided()).case_id}/erase`),
    'PUT /cases/:id/assignment': async () => ({
      by: desk,
      path: `/cases/${(await held()).case_id}/assignment`,
      body: { assigned_to: delegate.me.id },
    }),
    'POST /cases/:id/notes': async () => ({
      by: desk,
      path: `/cases/${(await held()).case_id}/notes`,
      body: { text: 'look', mentions: [delegate.me.id] },
    }),
    'PUT /gates/:gate': async () => by_admin(`/gates/${fresh('gate')}`, gate),
    'POST /gates/:gate/override': override,
    'DELETE /gates/:gate/override': async () => {
      const { by, path, body } = await override();
      await by.call(`POST ${path}`, body);
      return by_admin(path);
    },
    'POST /gates/:gate/preview': async () =>
      by_admin('/gates/held/preview', { definition: gate, limit: 10 }),
    'POST /keys': async () =>
      by_admin('/keys', {
        name: 'key',
        role: 'viewer',
        scopes: ['outputs.*'],
        expires_at: '2099-01-01T00:00:00Z',
      }),
    'DELETE /keys/:id': async () =>
      by_admin(`/keys/${await id('POST /keys', { name: 'k', role: 'viewer' })}`),
    'POST /me/password': async () => ({
      by: await newMember(server, ana, `${fresh('p')}@example.com`, 'viewer'),
      path: '/me/password',
      body: { current_password: password, new_password: `${password} too` },
    }),
    'DELETE /me/sessions/:id': async () => {
      const someone = await newMember(server, ana, `${fresh('s')}@example.com`, 'viewer');
      const email = someone.me.email as string;
      await caller(server.url, '').call('POST /session', { email, password });
      const { body } = await someone.call<{ rows: { id: string; current: boolean }[] }>(
        'GET /me/sessions',
      );
      const other = body.rows.find(({ current }) => !current)?.id;
      return { by: someone, path: `/me/sessions/${other}` };
    },
    'PUT /me/absence': async () => ({
      by: ana,
      path: '/me/absence',
      body: { away_until: '2099-01-01T00:00:00Z', delegate_to: delegate.me.id },
    }),
    'PUT /me/presence': async () => {
      looked += 1;
      // Another than before, so that each of them is a change.
      const presence = looked % 2 ? 'away' : 'online';
      return { by: onlooker, path: '/me/presence', body: { presence } };
    },
    'POST /me/here': async () => ({
      by: onlooker,
      path: '/me/here',
    }),
    'PATCH /members/:id/abilities': async () =>
      by_admin(`/members/${await member()}/abilities`, {
        capacity: 3,
        skills: ['billing'],
        languages: ['de'],
      }),
    'PATCH /members/:id': async () =>
      by_admin(`/members/${await member()}`, { role: 'reviewer', name: 'Other' }),
    'POST /members/:id/password-reset': async () =>
      by_admin(`/members/${await member()}/password-reset`),
    'DELETE /members/:id': async () => by_admin(`/members/${await member()}`),
    'POST /invitations': async () =>
      by_admin('/invitations', { email: `${fresh('i')}@example.com`, role: 'viewer' }),
    'DELETE /invitations/:id': async () => {
      await invited(ana, `${fresh('i')}@example.com`, 'viewer');
      const { body } = await admin.call<{ rows: { id: string }[] }>('GET /invitations');
      return by_admin(`/invitations/${body.rows[0]?.id}`);
    },
    'POST /webhooks': async () =>
      by_admin('/webhooks', { url, description: 'hook', types: ['queue.changed'] }),
    'PATCH /webhooks/:id': async () =>
      by_admin(`/webhooks/${await webhook()}`, {
        url: `${url}/${fresh('to')}`,
        description: 'moved',
        types: [],
        enabled: true,
      }),
    'DELETE /webhooks/:id': async () => by_admin(`/webhooks/${await webhook()}`),
    'POST /webhooks/:id/test': async () => by_admin(`/webhooks/${await webhook()}/test`),
    'POST /webhooks/:id/secret': async () => by_admin(`/webhooks/${await webhook()}/secret`),
    'POST /callback-secret': async () => by_admin('/callback-secret'),
    ...(await conversationWrites(
      admin,
      ana,
      await visitorAt(server),
      fresh,
      () => visitorAt(server),
      delegate,
    )),
    'POST /deliveries/:id/redeliver': async () => {
      const hook = await webhook();
      await admin.call(`PUT /queues/${fresh('told')}`, {});
      return by_admin(`/deliveries/${await sentDelivery(admin, hook)}/redeliver`);
    },
  };
}

async function visitorAt(server: TestServer): Promise<Caller> {
  const quiet = { posture: 'off', gate: 'bot-replies', hand_off_gate: 'bot-hand-offs' };
  await (await server.keyFor('admin')).call('PUT /bots/quiet', quiet);
  const body = { workspace_id: server.workspace_id, bot: 'quiet' };
  const visitor = await caller(server.url, '').call<{ token: string }>('POST /chat/visitors', body);
  return caller(server.url, visitor.body.token);
}

async function sentDelivery(admin: Caller, hook: string): Promise<string> {
  for (let tries = 0; tries < 3_000; tries++) {
    const { body } = await admin.call<{ rows: { id: string }[] }>(
      `GET /webhooks/${hook}/deliveries?state=delivered`,
    );
    if (body.rows[0]) return body.rows[0].id;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('nothing was delivered in five minutes');
}

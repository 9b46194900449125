import type { Conversation } from '@wheelhouse/core';
import pg from 'pg';
import { adminLink } from '../../server/src/actions/enrolment.ts';
import { password, personAt } from '../../server/src/testing/person.ts';
import type { Caller, TestServer } from '../../server/src/testing/start.ts';
import { until } from './until.ts';

/** Stands in every text of the neighbour's workspace, so that any word of it that leaves is seen. */
export const marker = 'zebrafinch';

export const refunds = (name: string) => ({
  title: `Refunds ${name}`,
  queue: `${name}-queue`,
  policy: {
    mode: 'rules',
    otherwise: 'hold',
    rules: [{ when: { field: 'risk', op: '=', value: 'none' }, then: 'pass', reason: 'no risk' }],
  },
  action: { name: 'refund', arguments_schema: { type: 'object' } },
});

/** Ids of everything a workspace holds, by the address that takes them. */
export interface Holdings {
  workspace_id: string;
  ids: Record<string, string>;
}

const idFrom = async (by: Caller, what: string, body: unknown): Promise<string> => {
  const reply = await by.call<{ id: string }>(what, body);
  if (!reply.body?.id) throw new Error(`${what} answered ${reply.status} ${reply.body?.code}`);
  return reply.body.id;
};

/** A workspace with one of everything, all of it named after the marker. */
export async function neighbour(server: TestServer): Promise<Holdings> {
  const workspace_id = await server.newWorkspace(marker);
  const admin = await server.keyFor('admin', workspace_id);
  const email = `${marker}@example.com`;
  const person = personAt(server.url);
  const token = await adminLink(server.ports, workspace_id);
  await person.call('POST /enrolments', { token, name: marker, email, password });
  const me = await person.call<{ id: string }>('GET /me');
  const sessions = await person.call<{ rows: { id: string }[] }>('GET /me/sessions');
  const webhook = await idFrom(admin, 'POST /webhooks', {
    url: `https://${marker}.example.com/hook`,
    types: ['case.opened'],
  });
  await admin.call(`PUT /canned-replies/${marker}-reply`, { title: marker, text: marker });
  const gate = `${marker}-gate`;
  const made = await admin.call(`PUT /gates/${gate}`, refunds(marker));
  if (made.status !== 201) throw new Error(`no gate: ${JSON.stringify(made.body)}`);
  const held = await admin.call<{ id: string; case_id: string }>(`POST /gates/${gate}/outputs`, {
    action: { name: 'refund', arguments: { to: marker } },
    input: marker,
  });
  await admin.call(`POST /cases/${held.body.case_id}/notes`, { text: marker });
  const key = await idFrom(admin, 'POST /keys', { name: marker, role: 'viewer' });
  const invitation = await idFrom(admin, 'POST /invitations', {
    email: `guest.${email}`,
    role: 'viewer',
  });
  await admin.call(`PUT /bots/${marker}-bot`, { title: marker, greeting: marker });
  const article = `PUT /bots/${marker}-bot/articles/delivery`;
  await admin.call(article, { title: marker, text: marker });
  const begun = await admin.call<Conversation>('POST /conversations', {
    bot: `${marker}-bot`,
    contact: { name: marker, email },
  });
  if (begun.status !== 201) throw new Error(`no conversation: ${JSON.stringify(begun.body)}`);
  const { id: conversation, contact } = begun.body;
  return {
    workspace_id,
    ids: {
      files: await sharedFile(server.database_url, workspace_id, conversation),
      conversations: conversation,
      contacts: contact.id,
      bots: `${marker}-bot`,
      'canned-replies': `${marker}-reply`,
      gates: gate,
      queues: `${marker}-queue`,
      outputs: held.body.id,
      cases: held.body.case_id,
      keys: key,
      members: me.body.id,
      invitations: invitation,
      'me/sessions': sessions.body.rows[0]?.id as string,
      webhooks: webhook,
      deliveries: await firstDelivery(admin),
    },
  };
}

async function firstDelivery(admin: Caller): Promise<string> {
  for (let tries = 0; tries < 3_000; tries++) {
    const { body } = await admin.call<{ rows: { id: string }[] }>('GET /deliveries');
    if (body.rows[0]) return body.rows[0].id;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('nothing was delivered in five minutes');
}

/** A file that somebody shared. */
async function sharedFile(url: string, workspace_id: string, conversation_id: string) {
  const id = 'file_01k5000000000000000000abcd';
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  try {
    await owner.query(
      `insert into files (workspace_id, id, conversation_id, message_id, name, media_type, bytes,
         sha256, content, made_by, made_at)
       values ($1, $2, $3, $4, $5, 'text/plain', 10, $5, convert_to($5::text, 'UTF8'), $5, now())`,
      [workspace_id, id, conversation_id, 'msg_01k5000000000000000000abcd', marker],
    );
  } finally {
    await owner.end();
  }
  return id;
}

/** What the server does by itself, and when a key was last used, may change at any time. */
const by_itself = /^(audit_|deliveries$|endpoints$|event_readers$|idempotency$)/;

/** Events that somebody has yet to act on, turns that a bot has yet to take, promises
 *  that are to be reckoned anew, and briefs that are not whole. */
const under_way = `select
  (select count(*) from events e join event_readers r on (e.xid, e.seq) > (r.xid, r.seq)
   where e.workspace_id = $1)
  + (select count(*) from conversations
     where workspace_id = $1 and (turn_due_at is not null or breach_at <= now()))
  + (select count(*) from briefs where workspace_id = $1 and due_at is not null) as left`;

/** Everything a workspace holds, as the owner of the database sees it, one line a row. What was asked for
 *  has had its consequences first: a row that changes later is changed by what comes later. */
export async function holdings(url: string, workspace_id: string): Promise<string[]> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  try {
    await until(async () => (await owner.query(under_way, [workspace_id])).rows[0].left === '0');
    const lines: string[] = [];
    for (const table of await tablesOf(owner)) {
      if (by_itself.test(table)) continue;
      const { rows } = await owner.query<{ line: string }>(
        `select (to_jsonb(t) - 'last_used_at')::text as line from ${table} t
         where workspace_id = $1 and not to_jsonb(t) @> '{"type":"audit.checkpointed"}' order by 1`,
        [workspace_id],
      );
      lines.push(...rows.map(({ line }) => `${table} ${line}`));
    }
    return lines;
  } finally {
    await owner.end();
  }
}

/** The tables that hold a workspace's rows. */
export async function tablesOf(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select quote_ident(table_name) as name from information_schema.columns
     where table_schema = 'public' and column_name = 'workspace_id' order by 1`,
  );
  return rows.map(({ name }) => name);
}

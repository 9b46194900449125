import type { ChatTranscript, Output, Page, SharedFile } from '@wheelhouse/core';
import type { Caller } from '../../server/src/testing/start.ts';
import { askedWhich } from './asked-which.ts';
import { contactWrites } from './contact-writes.ts';
import { until } from './until.ts';

export interface Write {
  by: Caller;
  path: string;
  body?: unknown;
}
const bot = {
  title: 'Bot',
  greeting: 'Hello',
  gate: 'bot-replies',
  hand_off_gate: 'bot-hand-offs',
  // It says nothing by itself, so that nothing moves while a request is tried again.
  posture: 'off',
  hand_off_below: 0.3,
  waiting: { tell_after_ms: 900_000, silent_after_ms: 900_000, silent_grace_ms: 900_000 },
  targets: { first_reply_ms: 900_000, next_reply_ms: 900_000, resolution_ms: 900_000 },
  clarifies: true,
  hours: {
    zone: 'UTC',
    weekly: { mon: [['09:00', '17:00']], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] },
    exceptions: [{ date: '2026-12-25', open: [], name: 'Christmas' }],
  },
  pre_chat_form: {
    title: 'Before we begin',
    skippable: true,
    questions: [
      { kind: 'text', name: 'email', required: true, multiline: false },
      { kind: 'choice', name: 'topic', options: [{ value: 'lamps', label: 'Lamps' }] },
    ],
  },
  preference_share: 0.1,
  asks_rating: 'stars',
  origins: ['https://shop.example'],
  intents: [{ name: 'where', title: 'Where', examples: ['where is it'], answer: 'On its way.' }],
  tools: [
    {
      name: 'refund',
      title: 'Refund',
      description: 'Pays money back.',
      arguments_schema: { type: 'object', properties: { amount: { type: 'number' } } },
      asks: { amount: 'How much?' },
      gate: 'bot-refunds',
      carried_out: { by: 'http', url: 'https://shop.example/tools', timeout_ms: 5_000 },
      tells_why: true,
    },
  ],
};

/** It calls its tool at once, for a program to carry out. */
const doer = {
  gate: 'doer-replies',
  hand_off_gate: 'bot-hand-offs',
  hand_off_below: 0.1,
  intents: [
    { name: 'act', examples: ['do it', 'do it now'], answer: 'Done.', tool: 'act' },
    { name: 'where', examples: ['where is it', 'where are you'], answer: 'Here.' },
  ],
  tools: [
    {
      name: 'act',
      description: 'Acts.',
      arguments_schema: { type: 'object' },
      carried_out: { by: 'claim' },
    },
  ],
};

const article = {
  title: 'Delivery',
  text: 'A parcel takes three days.',
  url: 'https://shop.example/help/delivery',
  language: 'en',
};

/** A conversation in which a bot said something: it greets whoever greets it. */
async function answered(admin: Caller, visitor: Caller): Promise<{ id: string; message: string }> {
  await admin.call('PUT /bots/greeter', { title: 'Greeter' });
  const made = await visitor.call<{ id: string }>('POST /chat/conversations', { bot: 'greeter' });
  const { id } = made.body;
  await visitor.call(`POST /chat/conversations/${id}/messages`, {
    body: { kind: 'text', text: 'Hello' },
  });
  const message = await until(async () => {
    const { body } = await visitor.call<ChatTranscript>(`GET /chat/conversations/${id}`);
    return body.messages.find(({ output_id }) => output_id)?.id;
  });
  return { id, message };
}

/** A form with a file of a few words, as a browser sends it. */
const form =
  '--b\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\nwords\r\n--b--';
const form_head = { 'content-type': 'multipart/form-data; boundary=b' };

/** Good requests for every write about conversations that a member or a key may send. */
export async function conversationWrites(
  admin: Caller,
  person: Caller,
  visitor: Caller,
  fresh: (name: string) => string,
  another: () => Promise<Caller>,
  colleague: Caller,
): Promise<Record<string, () => Promise<Write>>> {
  // No ladder: while requests are tried, no case moves by itself.
  const wheel = { options: [{ value: 'take' }, { value: 'hand_back' }] };
  await admin.call('PUT /gates/bot-hand-offs', {
    policy: { mode: 'always' },
    form: { questions: [{ kind: 'choice', name: 'wheel', ...wheel }] },
  });
  await admin.call('PUT /bots/quiet', bot);
  await admin.call('PUT /gates/act', { policy: { mode: 'never' } });
  await admin.call('PUT /bots/doer', doer);
  /** The output of a call that the admin's key has claimed. */
  const claimed = async () => {
    const { body } = await admin.call<{ id: string }>('POST /conversations', { bot: 'doer' });
    const words = { from: 'contact', body: { kind: 'text', text: 'do it' } };
    await admin.call(`POST /conversations/${body.id}/messages`, words);
    return until(async () => {
      const { rows } = (await admin.call<Page<Output>>('GET /outputs?gate=act')).body;
      const id = rows.find(({ conversation_id }) => conversation_id === body.id)?.id;
      return id && (await admin.call(`POST /outputs/${id}/claim`)).status === 200 ? id : undefined;
    });
  };
  const made = async () => {
    const name = fresh('bot');
    await admin.call(`PUT /bots/${name}`, bot);
    return name;
  };
  const written = async () => {
    const path = `/bots/quiet/articles/${fresh('article')}`;
    await admin.call(`PUT ${path}`, article);
    return path;
  };
  const begun = async () => {
    const { body } = await admin.call<{ id: string }>('POST /conversations', { bot: 'quiet' });
    return body.id;
  };
  const taken = async () => {
    const id = await begun();
    await person.call(`POST /conversations/${id}/take`, {});
    return id;
  };
  const chatted = async () => {
    const { body } = await visitor.call<{ id: string }>('POST /chat/conversations', {
      bot: 'quiet',
    });
    return body.id;
  };
  return {
    ...contactWrites(admin, person, fresh),
    'POST /chat/conversations': async () => ({
      by: visitor,
      path: '/chat/conversations',
      body: { bot: 'quiet' },
    }),
    'POST /chat/conversations/:id/messages': async () => ({
      by: visitor,
      path: `/chat/conversations/${await chatted()}/messages`,
      body: { body: { kind: 'text', text: 'Hello' } },
    }),
    'POST /chat/conversations/:id/hand-off': async () => ({
      by: visitor,
      path: `/chat/conversations/${await chatted()}/hand-off`,
    }),
    'POST /chat/conversations/:id/call-back': async () => ({
      by: visitor,
      path: `/chat/conversations/${await chatted()}/call-back`,
      body: { phone: '+44 20 7946 0000', email: 'kim@example.com', time: 'after five' },
    }),
    'PUT /chat/conversations/:id/messages/:message/thumb': async () => {
      const { id, message } = await answered(admin, visitor);
      const path = `/chat/conversations/${id}/messages/${message}/thumb`;
      return { by: visitor, path, body: { up: false, comment: 'No.' } };
    },
    'POST /files/:id/erase': async () => {
      const place = `POST /chat/conversations/${await chatted()}/files`;
      const shared = await visitor.call<{ body: SharedFile }>(place, form, form_head);
      return { by: admin, path: `/files/${shared.body.body.file_id}/erase` };
    },
    'POST /conversations/:id/erase': async () => ({
      by: admin,
      path: `/conversations/${await begun()}/erase`,
    }),
    'POST /chat/conversations/:id/resolve': async () => ({
      by: visitor,
      path: `/chat/conversations/${await chatted()}/resolve`,
    }),
    'PUT /chat/conversations/:id/rating': async () => {
      const id = await chatted();
      await visitor.call(`POST /chat/conversations/${id}/resolve`);
      const body = { score: 4, comment: 'Good.' };
      return { by: visitor, path: `/chat/conversations/${id}/rating`, body };
    },
    'POST /chat/conversations/:id/typing': async () => ({
      by: visitor,
      path: `/chat/conversations/${await chatted()}/typing`,
    }),
    'POST /chat/conversations/:id/read': async () => ({
      by: visitor,
      path: `/chat/conversations/${await chatted()}/read`,
      body: { seq: 0 },
    }),
    'PUT /chat/pre-chat-form': async () => ({
      by: await another(),
      path: '/chat/pre-chat-form',
      body: { bot: 'quiet', values: { email: 'kim@example.com', topic: 'lamps' } },
    }),
    'POST /chat/conversations/:id/preference': async () => {
      const { id, output_id } = await askedWhich(admin, visitor);
      const path = `/chat/conversations/${id}/preference`;
      return { by: visitor, path, body: { output_id } };
    },
    'POST /chat/sign-out': async () => ({ by: await another(), path: '/chat/sign-out' }),
    'POST /outputs/:id/result': async () => ({
      by: admin,
      path: `/outputs/${await claimed()}/result`,
      body: { status: 'done', result: { ok: true }, reason: 'as asked' },
    }),
    'POST /bots/:bot/tools/:tool/secret': async () => ({
      by: admin,
      path: '/bots/quiet/tools/refund/secret',
    }),
    'POST /bots/:bot/identity-secret': async () => ({
      by: admin,
      path: '/bots/quiet/identity-secret',
    }),
    'PUT /bots/:bot/articles/:article': async () => ({
      by: admin,
      path: `/bots/quiet/articles/${fresh('article')}`,
      body: article,
    }),
    'POST /bots/:bot/articles/:article/accept': async () => {
      const path = await written();
      await admin.call(`DELETE ${path}`);
      return { by: admin, path: `${path}/accept` };
    },
    'DELETE /bots/:bot/articles/:article': async () => ({ by: admin, path: await written() }),
    'POST /bots/:bot/crawls': async () => ({
      by: admin,
      path: '/bots/quiet/crawls',
      body: { addresses: ['https://shop.example.com/help'] },
    }),
    'POST /bots/:bot/crawls/:crawl/cancel': async () => {
      const body = {
        addresses: Array.from({ length: 200 }, (_, at) => `https://a.example.com/${at}`),
      };
      const made = await admin.call<{ id: string }>('POST /bots/quiet/crawls', body);
      return { by: admin, path: `/bots/quiet/crawls/${made.body.id}/cancel` };
    },
    'POST /bots/:bot/try': async () => ({
      by: admin,
      path: '/bots/quiet/try',
      body: {
        text: 'where is it',
        earlier: [{ from: 'bot', body: { kind: 'text', text: 'Hello' } }],
        contact: { name: 'Kim', language: 'en', attributes: { plan: 'gold' } },
        definition: bot,
      },
    }),
    'PUT /bots/:bot': async () => ({ by: admin, path: `/bots/${fresh('bot')}`, body: bot }),
    // Nobody else's bots: what other requests try goes on.
    'POST /stop-bots': async () => ({
      by: admin,
      path: '/stop-bots',
      body: { bot: await made() },
    }),
    'POST /resume-bots': async () => {
      const body = { bot: await made() };
      await admin.call('POST /stop-bots', body);
      return { by: admin, path: '/resume-bots', body };
    },
    'POST /conversations': async () => ({
      by: admin,
      path: '/conversations',
      body: {
        bot: 'quiet',
        channel: 'shop',
        title: 'A lamp',
        contact: {
          external_id: fresh('customer'),
          name: 'Kim',
          email: 'kim@example.com',
          language: 'en',
          attributes: { plan: 'gold' },
        },
      },
    }),
    'POST /conversations/:id/messages': async () => ({
      by: person,
      path: `/conversations/${await taken()}/messages`,
      body: { body: { kind: 'text', text: 'Hello' }, from: 'me', audience: 'all', mentions: [] },
    }),
    'POST /conversations/:id/take': async () => ({
      by: person,
      path: `/conversations/${await begun()}/take`,
      body: { force: true, note: 'This one needs a lead.' },
    }),
    'POST /conversations/:id/whisper': async () => {
      const id = await begun();
      await colleague.call(`POST /conversations/${id}/take`, {});
      const body = { text: 'Ask for the order number first.' };
      return { by: person, path: `/conversations/${id}/whisper`, body };
    },
    'POST /conversations/:id/hand-back': async () => ({
      by: person,
      path: `/conversations/${await taken()}/hand-back`,
      body: { summary: 'All is well.' },
    }),
    'POST /conversations/:id/hand-off': async () => ({
      by: person,
      path: `/conversations/${await taken()}/hand-off`,
      body: { note: 'Someone who knows lamps.', skills: ['lamps'], language: 'de' },
    }),
    'POST /conversations/:id/looking': async () => ({
      by: person,
      path: `/conversations/${await begun()}/looking`,
      body: { typing: true },
    }),
    'POST /conversations/:id/read': async () => ({
      by: person,
      path: `/conversations/${await begun()}/read`,
      body: { seq: 0 },
    }),
    'POST /translations': async () => ({
      by: person,
      path: '/translations',
      body: { text: 'Hello', to: 'de' },
    }),
    'PUT /canned-replies/:name': async () => ({
      by: admin,
      path: `/canned-replies/${fresh('canned')}`,
      body: { title: 'Thanks', text: 'Thank you, {contact.name}!' },
    }),
    'DELETE /canned-replies/:name': async () => {
      const path = `/canned-replies/${fresh('canned')}`;
      await admin.call(`PUT ${path}`, { text: 'Thank you!' });
      return { by: admin, path };
    },
    'POST /conversations/:id/snooze': async () => ({
      by: person,
      path: `/conversations/${await taken()}/snooze`,
      body: { until: '2027-06-01T09:00:00.000Z' },
    }),
    'POST /conversations/:id/unsnooze': async () => {
      const id = await taken();
      await person.call(`POST /conversations/${id}/snooze`, { until: '2027-06-01T09:00:00.000Z' });
      return { by: person, path: `/conversations/${id}/unsnooze` };
    },
    'POST /conversations/:id/merge': async () => {
      // Of one customer, whom the host knows.
      const contact = { external_id: fresh('customer') };
      const two = [];
      for (let one = 0; one < 2; one++) {
        const { body } = await admin.call<{ id: string }>('POST /conversations', {
          bot: 'quiet',
          contact,
        });
        two.push(body.id);
      }
      return {
        by: person,
        path: `/conversations/${two[0]}/merge`,
        body: { into: two[1] },
      };
    },
    'PATCH /conversations/:id': async () => ({
      by: person,
      path: `/conversations/${await begun()}`,
      body: {
        title: 'A lamp',
        priority: 5,
        labels: ['lamps'],
        posture: 'draft',
        language: 'de',
      },
    }),
    'POST /conversations/:id/resolve': async () => ({
      by: person,
      path: `/conversations/${await taken()}/resolve`,
      body: { seen_seq: 1_000 },
    }),
  };
}

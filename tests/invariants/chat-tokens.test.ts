import type { IdentitySecret, Visitor } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { firstAdmin, type Person } from '../../server/src/testing/person.ts';
import { caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { virtualTime } from '../../server/src/testing/virtual-time.ts';
import { chatStream } from './chat-stream.ts';
import { hostToken, secondsAfter } from './host-token.ts';

let server: TestServer;
let ana: Person;
let secret: string;
const time = virtualTime();
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine'), ports: time.ports });
  const admin = await server.keyFor('admin');
  ana = await firstAdmin(server);
  await admin.call('PUT /bots/shop', { posture: 'off' });
  secret = (await admin.call<IdentitySecret>('POST /bots/shop/identity-secret')).body.secret;
});
afterAll(() => server?.stop());

/** Kim’s word from the host, for so many seconds. */
function vouched(left_s: number): string {
  const exp = secondsAfter(left_s, Date.parse(server.ports.clock.now()));
  return hostToken(secret, { sub: 'kim', aud: 'shop', exp });
}
const visit = (identity: string) =>
  caller(server.url, '').call<Visitor>('POST /chat/visitors', { bot: 'shop', identity });

/** Kim’s conversation, open in one page, with what the page was told to its end. */
async function open(identity: string) {
  const { token } = (await visit(identity)).body;
  const by = caller(server.url, token);
  const { id } = (await by.call<{ id: string }>('POST /chat/conversations', { bot: 'shop' })).body;
  const stream = await chatStream(server.url, token, id);
  await stream.until((told) => told.length > 0);
  return { by, id, stream };
}
const texts = ({ told }: Awaited<ReturnType<typeof chatStream>>) =>
  told().flatMap(({ messages }) => messages.map(({ body }) => 'text' in body && body.text));

test('[W57] under a token whose end has come not a word is told, and its open chat ends and says why', async () => {
  const short = await open(vouched(600));
  const long = await chatStream(server.url, (await visit(vouched(3_600))).body.token, short.id);
  await ana.call(`POST /conversations/${short.id}/take`, {});
  const say = (text: string) =>
    ana.call(`POST /conversations/${short.id}/messages`, { body: { kind: 'text', text } });
  await say('before');
  await short.stream.until((told) => JSON.stringify(told).includes('before'));
  time.advance(601_000);
  await say('after');
  await long.until((told) => JSON.stringify(told).includes('after'));
  await short.stream.ended;
  expect(texts(short.stream)).not.toContain('after');
  expect(short.stream.text()).toMatch(/event: signed_out\ndata: \{\}\n\n$/);
  expect((await short.by.call('GET /chat/conversations')).status).toBe(401);
  await long.close();
});

test('[W57] an open chat in which nothing is said ends with its token too, and with a sign-out elsewhere', async () => {
  const [ends, signed_out] = [await open(vouched(600)), await open(vouched(7_200))];
  const stays = await open(vouched(7_200));
  expect((await signed_out.by.call('POST /chat/sign-out')).status).toBe(204);
  await signed_out.stream.ended;
  time.advance(601_000);
  await ends.stream.ended;
  for (const { stream } of [ends, signed_out]) {
    expect(stream.text()).toMatch(/event: signed_out\ndata: \{\}\n\n$/);
  }
  expect((await stays.by.call('GET /chat/conversations')).status).toBe(200);
  expect(stays.stream.text()).not.toContain('signed_out');
  await stays.stream.close();
});

test('[W22] a host’s word counts to its end and not a moment longer, so that nobody is let in by it in vain', async () => {
  const word = vouched(60);
  expect((await visit(word)).status).toBe(201);
  time.advance(61_000);
  expect((await visit(word)).status).toBe(403);
});

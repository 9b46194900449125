import { createServer, type Server } from 'node:net';
import { isRefusal } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { guardedNetwork, type LookUp } from '../../server/src/world/network.ts';
import { isPublic } from '../../server/src/world/public-address.ts';
import { hostileUrls, private_v4, private_v6 } from './hostile-urls.ts';
import { behaviours, startReceiver } from './receiver.ts';
import { until } from './until.ts';

/** Stands on every address of this machine and counts who comes. */
let canary: Server;
let port: number;
let visits = 0;
let server: TestServer;
let admin: Caller;
const asked: string[] = [];
/** What the server's look-up answers; nothing in these tests asks a real name server. */
let addresses: string[] = ['127.0.0.1'];
const look_up: LookUp = async (host) => {
  asked.push(host);
  return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
};

beforeAll(async () => {
  canary = createServer((socket) => {
    visits += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => canary.listen(0, resolve));
  port = (canary.address() as { port: number }).port;
  server = await startServer({
    url_pattern: inject('engine'),
    ports: (ports) => ({ ...ports, network: guardedNetwork({ allow_private: false, look_up }) }),
  });
  admin = await server.keyFor('admin');
  await admin.call('PUT /gates/notes', {
    title: 'Notes',
    policy: { mode: 'threshold', threshold: 0.5 },
  });
});
afterAll(async () => {
  await server?.stop();
  canary?.close();
});

const request = (url: string) =>
  ({ url, method: 'POST', headers: {}, body: '{}', timeout_ms: 2_000 }) as const;

test('[D5] 300 ways of writing an inner address are refused when saved and when sent', async () => {
  const urls = hostileUrls(port);
  expect(urls.length).toBeGreaterThan(300);
  const network = guardedNetwork({ allow_private: false, look_up });
  const webhook = await admin.call<{ id: string }>('POST /webhooks', {
    url: 'https://example.com/',
  });
  expect(webhook.status).toBe(201);
  const through: string[] = [];
  for (const url of urls) {
    const saved = await admin.call('POST /webhooks', { url });
    const changed = await admin.call(`PATCH /webhooks/${webhook.body.id}`, { url });
    const called = await admin.call('POST /gates/notes/outputs', {
      content: 'x',
      confidence: 1,
      callback_url: url,
    });
    for (const [stage, { status }] of Object.entries({ saved, changed, called })) {
      if (status !== 422) through.push(`${stage} ${status} ${JSON.stringify(url)}`);
    }
    const sent = await Promise.resolve()
      .then(() => network.send(request(url)))
      .then(
        () => 'sent',
        (thrown) => (isRefusal(thrown) ? 'refused' : String(thrown)),
      );
    if (sent !== 'refused') through.push(`send ${sent} ${JSON.stringify(url)}`);
  }
  expect(through).toEqual([]);
  expect(visits).toBe(0);
});

test('[D5] a name that leads inside is refused when it is resolved, alone or among others', async () => {
  const network = guardedNetwork({ allow_private: false, look_up });
  for (const inner of [...private_v4, ...private_v6]) {
    expect(isPublic(inner), inner).toBe(false);
    for (const answer of [[inner], ['93.184.216.34', inner], [inner, '2606:4700::6810:84e5']]) {
      addresses = answer;
      asked.length = 0;
      const url = `http://looks-fine.example:${port}/`;
      expect(() => network.check(url)).not.toThrow();
      await expect(network.send(request(url)), answer.join()).rejects.toMatchObject({
        code: 'forbidden_address',
      });
      // One look-up a request: what was judged is what would be connected to, so a name that gives
      // another answer the second time is never asked a second time.
      expect(asked).toEqual(['looks-fine.example']);
    }
  }
  addresses = [];
  await expect(network.send(request('http://nowhere.example/'))).rejects.toThrow();
  expect(visits).toBe(0);
});

test('[D5] a saved webhook whose name turns inside later fails, visibly, without a connection', async () => {
  addresses = ['127.0.0.1', '::1'];
  const made = await admin.call<{ id: string }>('POST /webhooks', {
    url: `http://rebinds.example:${port}/`,
    types: ['queue.changed'],
  });
  expect(made.status).toBe(201);
  await admin.call('PUT /queues/first', {});
  const [delivery] = await until(async () => {
    const log = await admin.call<{ rows: { attempts: { fault: string; status: null }[] }[] }>(
      `GET /webhooks/${made.body.id}/deliveries`,
    );
    return log.body.rows[0]?.attempts.length ? log.body.rows : undefined;
  });
  expect(delivery?.attempts[0]).toMatchObject({
    status: null,
    fault: 'This address is not public, so the server does not call it.',
  });
  expect(visits).toBe(0);
});

test('[D5] the socket goes to the very address that was judged, and a redirect leads nowhere', async () => {
  const receiver = await startReceiver();
  const before = visits;
  behaviours['/inward'] = (response) => {
    response.writeHead(307, { location: `http://127.0.0.1:${port}/` }).end();
  };
  try {
    addresses = ['127.0.0.1'];
    asked.length = 0;
    const open = guardedNetwork({ allow_private: true, look_up });
    const url = `http://judged.example:${receiver.port}/inward`;
    expect(await open.send(request(url))).toMatchObject({ status: 307 });
    expect(asked).toEqual(['judged.example']);
    expect(receiver.at('/inward')[0]?.headers.host).toBe(`judged.example:${receiver.port}`);
    expect(visits).toBe(before);
    // The canary does sing: without the guard the same machine answers.
    await open.send(request(`http://127.0.0.1:${port}/`)).catch(() => {});
    expect(visits).toBe(before + 1);
  } finally {
    delete behaviours['/inward'];
    await receiver.stop();
  }
});

test('[D5] public addresses are let through', () => {
  const outer = ['8.8.8.8', '1.1.1.1', '93.184.216.34', '2606:4700::6810:84e5', '::ffff:8.8.8.8'];
  expect(outer.filter((address) => !isPublic(address))).toEqual([]);
  const network = guardedNetwork({ allow_private: false, look_up });
  for (const url of [
    'https://example.com/a?b#c',
    'http://8.8.8.8:8080/',
    'https://[2606:4700::1]/',
  ])
    network.check(url);
  expect(['127.1', '0x7f.1', '', 'example.com', '8.8.8.8 '].filter(isPublic)).toEqual([]);
});

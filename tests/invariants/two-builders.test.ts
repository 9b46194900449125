import type { Article, Bot } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';

let server: TestServer;
let ana: Caller;
let ben: Caller;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  ana = await server.keyFor('builder');
  ben = await server.keyFor('builder');
});
afterAll(() => server?.stop());

test('[K50] of two who change a bot from one version, the second is told and nothing is lost', async () => {
  const path = 'PUT /bots/shop';
  expect((await ana.call<Bot>(`${path}?if_version=0`, { title: 'Shop' })).body.version).toBe(1);
  const again = await ben.call(`${path}?if_version=0`, { title: 'Mine' });
  expect(again).toMatchObject({ status: 409, body: { code: 'name_taken', version: 1 } });
  const said = await Promise.all(
    [ana, ben].map((one, at) => one.call(`${path}?if_version=1`, { title: `Shop ${at}` })),
  );
  expect(said.map(({ status }) => status).sort()).toEqual([200, 409]);
  const won = said.findIndex(({ status }) => status === 200);
  expect((await ana.call<Bot>('GET /bots/shop')).body).toMatchObject({
    title: `Shop ${won}`,
    version: 2,
  });
  // A program that says nothing of versions has the last word, as before.
  expect((await ben.call<Bot>(path, { title: 'Last' })).body.version).toBe(3);
  const wrong = await ben.call(`${path}?if_version=x`, { title: 'Last' });
  expect(wrong.body.errors?.[0]?.field).toBe('if_version');
});

test('[K50] of two who change an article from one version, the second is told', async () => {
  const path = 'PUT /bots/shop/articles/delivery';
  const text = 'Three days.';
  const made = await ana.call<Article>(`${path}?if_version=0`, { title: 'Delivery', text });
  expect(made.body.version).toBe(1);
  expect((await ben.call(`${path}?if_version=0`, { title: 'Mine', text })).body.code).toBe(
    'name_taken',
  );
  const said = await Promise.all(
    [ana, ben].map((one, at) =>
      one.call(`${path}?if_version=1`, { title: 'Delivery', text: `Day ${at}.` }),
    ),
  );
  expect(said.map(({ status }) => status).sort()).toEqual([200, 409]);
});

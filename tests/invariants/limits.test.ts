import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { caller, startServer, type TestServer } from '../../server/src/testing/start.ts';

let server: TestServer;
beforeAll(async () => {
  const settings = { WHEELHOUSE_RATE_LIMIT: '20' };
  server = await startServer({ url_pattern: inject('engine'), settings });
});
afterAll(() => server?.stop());

const statuses = async (count: number, ask: (n: number) => Promise<{ status: number }>) => {
  const seen: number[] = [];
  for (let n = 0; n < count; n++) seen.push((await ask(n)).status);
  return seen;
};

test('[S10] one key is one caller, whatever its header says and whatever it asks for', async () => {
  const desk = await server.keyFor('viewer');
  const paths = ['GET /me', 'GET /home', 'GET /gates'];
  const header = (n: number) => ({ authorization: `${n % 2 ? 'bearer' : 'BEARER'} ${desk.key}` });
  const seen = await statuses(30, (n) => desk.call(paths[n % 3] as string, undefined, header(n)));
  expect(seen).toEqual([...Array(20).fill(200), ...Array(10).fill(429)]);
  const last = await desk.call('GET /me');
  expect(last).toMatchObject({ status: 429, body: { code: 'too_many_requests' } });
  expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
  const other = await server.keyFor('viewer');
  expect(await other.call('GET /me')).toMatchObject({ status: 200 });
});

test('[S10] strangers are counted by address, and lock out nobody who is at work', async () => {
  const desk = await server.keyFor('viewer');
  expect(await desk.call('GET /me')).toMatchObject({ status: 200 });
  const words = { authorization: `Bearer ${desk.key} junk` };
  expect(await desk.call('GET /me', undefined, words)).toMatchObject({ status: 401 });
  const guesses = await statuses(30, (n) => caller(server.url, `wh_guess${n}`).call('GET /me'));
  expect(guesses).toEqual([...Array(19).fill(401), ...Array(11).fill(429)]);
  expect(await caller(server.url, '').call('GET /me')).toMatchObject({ status: 429 });
  expect(await desk.call('GET /me')).toMatchObject({ status: 200 });
});

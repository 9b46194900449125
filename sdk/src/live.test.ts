import type { Event } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { shakyLine } from '../../server/src/testing/shaky-line.ts';
import { startServer, type TestServer } from '../../server/src/testing/start.ts';
import { frameReader } from './frames.ts';
import { Wheelhouse } from './index.ts';

let server: TestServer;
let agent: Wheelhouse;
let key: string;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  key = (await server.keyFor('admin')).key;
  agent = new Wheelhouse({ url: server.url, key });
});
afterAll(() => server?.stop());

const happen = async (from: number, count: number) => {
  for (let at = from; at < from + count; at++) await agent.queues.change(`q${at}`);
};

test('[E1] over a line that is cut again and again each event comes once, in order', async () => {
  const line = await shakyLine(server.url);
  const near = new Wheelhouse({ url: line.url, key });
  const stop = new AbortController();
  const seen: string[] = [];
  let opened = 0;
  const open = new Promise<void>((resolve) => {
    void (async () => {
      const on_open = () => {
        opened += 1;
        resolve();
      };
      const events = near.events({ types: ['queue.changed'], signal: stop.signal, on_open });
      for await (const { subject } of events) {
        seen.push(subject);
        // In the middle of a burst, too, where some of it is already on its way.
        if (seen.length % 17 === 0) line.cut();
        if (seen.length === 120) stop.abort();
      }
      seen.push('the end');
    })();
  });
  await open;
  await happen(0, 40);
  line.refuse(true);
  line.cut();
  await happen(40, 40);
  line.refuse(false);
  await happen(80, 40);
  while (seen.at(-1) !== 'the end') await new Promise((resolve) => setTimeout(resolve, 20));
  expect(seen).toEqual([...Array.from({ length: 120 }, (_, at) => `q${at}`), 'the end']);
  // Opened once, and again after every cut that found the line open.
  expect(opened).toBeGreaterThan(1);
  await line.stop();
}, 300_000);

test('[E1] from a kept cursor on, everything since is told once', async () => {
  let from = '';
  const stop = new AbortController();
  const opening = agent.events({
    signal: stop.signal,
    on_open: (cursor) => {
      from = cursor;
      stop.abort();
    },
  });
  expect((await opening.next()).done).toBe(true);
  await happen(200, 30);
  const first: Event[] = [];
  for await (const event of agent.events({ cursor: from })) {
    first.push(event);
    if (first.length === 12) break;
  }
  const rest: Event[] = [];
  for await (const event of agent.events({ cursor: first.at(-1)?.cursor })) {
    rest.push(event);
    if (event.subject === 'q229') break;
  }
  expect([...first, ...rest].map(({ subject }) => subject)).toEqual(
    Array.from({ length: 30 }, (_, at) => `q${200 + at}`),
  );
});

test('[E1] a cursor that is none asks to fetch afresh; a right that ends ends the stream', async () => {
  const lost = agent.events({ cursor: 'not a cursor' });
  await expect(lost.next()).rejects.toMatchObject({ code: 'resync' });
  const made = await agent.keys.create({ name: 'soon gone', role: 'viewer' });
  const viewer = new Wheelhouse({ url: server.url, key: made.key as string });
  const following = (async () => {
    // From a little before it was opened on: what was told just then may come first.
    const events = viewer.events({ on_open: () => void agent.keys.revoke(made.id) });
    while (!(await events.next()).done);
  })();
  await expect(following).rejects.toMatchObject({ code: 'unauthenticated' });
});

test('[E1] frames are read the same however the bytes are cut', () => {
  const text =
    ': hello\r\nid: 1-1\r\nevent: a\r\ndata: one\r\ndata:two\r\n\r\n\n\ndata: x:y\nid\n\n: still\n\nevent: only\n\nevent: b\rdata\r\rdata:  z\n\n';
  const whole = frameReader()(text);
  expect(whole).toEqual([
    { id: '1-1', event: 'a', data: 'one\ntwo' },
    { id: '', event: 'message', data: 'x:y' },
    { id: undefined, event: 'b', data: '' },
    { id: undefined, event: 'message', data: ' z' },
  ]);
  for (let step = 1; step < text.length; step++) {
    const read = frameReader();
    const frames = [];
    for (let at = 0; at < text.length; at += step) frames.push(...read(text.slice(at, at + step)));
    expect(frames, `pieces of ${step}`).toEqual(whole);
  }
});

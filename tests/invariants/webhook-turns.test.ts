import { hour, type Webhook } from '@wheelhouse/core';
import { afterEach, expect, inject, test } from 'vitest';
import type { Incoming, Ports } from '../../server/src/ports.ts';
import { serveBeside } from '../../server/src/testing/beside.ts';
import {
  type Caller,
  caller,
  startServer,
  type TestServer,
} from '../../server/src/testing/start.ts';
import { virtualTime } from '../../server/src/testing/virtual-time.ts';
import { startReceiver } from './receiver.ts';
import { until } from './until.ts';

let server: TestServer | undefined;
afterEach(async () => {
  await server?.stop();
  server = undefined;
});

/** A network where hosts called hang-… answer nothing until they are released. */
function hangingNetwork() {
  const well = new Map<string, number>();
  const pending = new Set<{ host: string; fail(): void }>();
  const send = ({ url, signal }: { url: string; signal?: AbortSignal }): Promise<Incoming> => {
    const { host } = new URL(url);
    if (!host.startsWith('hang-')) {
      well.set(host, (well.get(host) ?? 0) + 1);
      return Promise.resolve({ status: 200, headers: {}, body: '' });
    }
    return new Promise((_resolve, reject) => {
      const one = {
        host,
        fail: () => {
          pending.delete(one);
          signal?.removeEventListener('abort', one.fail);
          reject(new Error('no response within 15000 ms'));
        },
      };
      pending.add(one);
      signal?.addEventListener('abort', one.fail);
    });
  };
  return {
    ports: (ports: Ports): Ports => ({ ...ports, network: { check: () => {}, send } }),
    sent: () => [...well.values()].reduce((sum, count) => sum + count, 0),
    pending,
    failAll() {
      for (const one of [...pending]) one.fail();
    },
  };
}

async function hooks(admin: Caller, hanging: number, well: number): Promise<void> {
  for (let at = 0; at < hanging + well; at++) {
    const url = `https://${at < hanging ? 'hang' : 'well'}-${at}.example/`;
    const made = await admin.call('POST /webhooks', { url, types: ['queue.changed'] });
    expect(made.status).toBe(201);
  }
}
const happen = async (admin: Caller, from: number, count: number) => {
  for (let at = from; at < from + count; at++) {
    expect((await admin.call(`PUT /queues/q${at}`, {})).status).toBe(200);
  }
};

test('[D6] 30 of 100 endpoints hang: everyone else gets everything while they still hang', async () => {
  const time = virtualTime();
  const network = hangingNetwork();
  server = await startServer({
    url_pattern: inject('engine'),
    ports: (ports) => network.ports(time.ports(ports)),
  });
  const admin = await server.keyFor('admin');
  await hooks(admin, 30, 70);
  await happen(admin, 0, 6);
  await until(() => network.sent() === 70 * 6);
  expect(new Set([...network.pending].map(({ host }) => host)).size).toBe(30);
  expect(network.pending.size).toBeLessThan(50);
  // Now it is known who fails; they hang again, each with a heap of work, and take no more room.
  network.failAll();
  await until(() => network.pending.size === 0 || network.failAll());
  time.advance(hour);
  await happen(admin, 6, 6);
  await until(() => network.sent() === 70 * 12);
  await until(() => network.pending.size > 0);
  expect(network.pending.size).toBeLessThanOrEqual(25);
});

test('[D6] 80 of 100 endpoints hang, with more work than there is room: the others are served', async () => {
  const network = hangingNetwork();
  server = await startServer({ url_pattern: inject('engine'), ports: network.ports });
  const admin = await server.keyFor('admin');
  await hooks(admin, 80, 20);
  await happen(admin, 0, 1);
  // The first round finds out, at the price of one time-out each.
  await until(() => {
    network.failAll();
    return network.sent() === 20;
  });
  const failed = new Set<string>();
  await until(() => {
    for (const { host } of network.pending) failed.add(host);
    if (failed.size < 80) network.failAll();
    return failed.size === 80;
  });
  await happen(admin, 1, 10);
  await until(() => network.sent() === 20 * 11);
  expect(network.pending.size).toBeGreaterThan(0);
});

test('[D7] a server stopped between the send and its record leaves one more attempt, same id', async () => {
  const receiver = await startReceiver();
  const time = virtualTime();
  let frozen: Promise<void> | undefined;
  let thaw = () => {};
  // Stopped as by SIGSTOP the moment the answer is in: nothing it does reaches the database.
  const stopping = (ports: Ports): Ports => ({
    ...ports,
    database: {
      ...ports.database,
      transact: async (scope, work) => {
        await frozen;
        return ports.database.transact(scope, work);
      },
    },
    network: {
      ...ports.network,
      send: async (request) => {
        const incoming = await ports.network.send(request);
        frozen = new Promise((resolve) => {
          thaw = resolve;
        });
        return incoming;
      },
    },
  });
  const allowed = { WHEELHOUSE_ALLOW_PRIVATE_WEBHOOKS: 'yes' };
  server = await startServer({
    url_pattern: inject('engine'),
    settings: allowed,
    ports: (ports) => stopping(time.ports(ports)),
  });
  const admin = await server.keyFor('admin');
  const made = await admin.call<Webhook>('POST /webhooks', {
    url: `${receiver.url}/well`,
    types: ['queue.changed'],
  });
  await admin.call('PUT /queues/first', {});
  await until(() => receiver.received.length === 1);
  const other = await serveBeside(server.database_url, allowed, time.ports);
  try {
    const there = caller(other.url, admin.key);
    const log = async () =>
      (
        await there.call<{ rows: { id: string; state: string; attempts: object[] }[] }>(
          `GET /webhooks/${made.body.id}/deliveries`,
        )
      ).body.rows;
    expect(await log()).toMatchObject([{ state: 'waiting', attempts: [] }]);
    time.advance(21_000);
    await until(async () => (await log())[0]?.state === 'delivered');
    const before = await log();
    expect(receiver.received.map(({ id }) => id)).toEqual([before[0]?.id, before[0]?.id]);
    expect(before[0]?.attempts).toHaveLength(1);
    // The first wakes and wants to write down its own attempt; its lease is long gone.
    thaw();
    frozen = undefined;
    await admin.call('PUT /queues/second', {});
    await until(async () => (await log()).length === 2 && receiver.received.length === 3);
    expect((await log())[1]).toEqual(before[0]);
  } finally {
    thaw();
    await other.close();
    await receiver.stop();
  }
});

test('[D7] a server that is closed gives back what it was sending, so that nobody waits', async () => {
  const network = hangingNetwork();
  server = await startServer({ url_pattern: inject('engine'), ports: network.ports });
  const admin = await server.keyFor('admin');
  await hooks(admin, 3, 0);
  const first = await serveBeside(server.database_url, {}, network.ports);
  await happen(admin, 0, 1);
  await until(() => network.pending.size === 3);
  await first.close();
  await server.server.close();
  const answers = await serveBeside(server.database_url, {}, (ports) => ({
    ...ports,
    network: {
      check: () => {},
      send: async () => ({ status: 200, headers: {}, body: '' }),
    },
  }));
  await server.close();
  server = undefined;
  try {
    const there = caller(answers.url, admin.key);
    await until(async () => {
      const { rows } = (await there.call<{ rows: { state: string }[] }>('GET /deliveries')).body;
      return rows.length === 3 && rows.every(({ state }) => state === 'delivered');
    });
  } finally {
    await answers.close();
  }
});

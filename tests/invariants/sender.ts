import { every_workspace, type Webhook } from '@wheelhouse/core';
import { expect, inject } from 'vitest';
import type { Ports } from '../../server/src/ports.ts';
import { type Caller, startServer } from '../../server/src/testing/start.ts';
import { virtualTime } from '../../server/src/testing/virtual-time.ts';
import { startReceiver } from './receiver.ts';

export interface Delivery {
  id: string;
  webhook_id: string | null;
  url: string;
  event_type: string;
  subject: string;
  state: string;
  next_at: string | null;
  attempts: {
    number: number;
    at: string;
    status: number | null;
    fault: string | null;
    response: string | null;
  }[];
}

/** Only those that never answer are given up soon; the others may take what a busy machine takes. */
const patience = (url: string) =>
  /hangs|drips-head/.test(url) ? 250 : url.includes('drips-body') ? 2_000 : 15_000;

const state_of_all = {
  name: 'test.state_of_deliveries',
  text: `select count(*) filter (where state = 'waiting')::int as waiting,
    count(*) filter (where locked_until is not null or next_at <= $1)::int as busy,
    max(next_at) as last from deliveries`,
};

/** A call that must succeed: what is arranged wrongly fails here and not by waiting. */
export async function done<Body>(who: Caller, what: string, body?: unknown): Promise<Body> {
  const reply = await who.call<Body>(what, body);
  if (reply.status >= 300) throw new Error(`${what}: ${JSON.stringify(reply.body)}`);
  return reply.body;
}

/** A server that sends and a receiver on loopback: real sockets, little patience with those that
 *  hang, virtual time. Whatever the server complains of fails the test that stops it. */
export async function startSender() {
  const receiver = await startReceiver();
  const time = virtualTime();
  const complaints: string[] = [];
  const hasty = (ports: Ports): Ports => ({
    ...time.ports(ports),
    log: {
      ...ports.log,
      warn: (facts, words) => complaints.push(`${words} ${JSON.stringify(facts)}`),
    },
    network: {
      ...ports.network,
      send: (request) => ports.network.send({ ...request, timeout_ms: patience(request.url) }),
    },
  });
  const settings = { WHEELHOUSE_ALLOW_PRIVATE_WEBHOOKS: 'yes' };
  const server = await startServer({ url_pattern: inject('engine'), settings, ports: hasty });
  const admin = await server.keyFor('admin');
  return {
    receiver,
    time,
    server,
    admin,
    settings,
    hook: (path: string, types: string[] = ['queue.changed']) =>
      done<Webhook & { secret: string }>(admin, 'POST /webhooks', {
        url: receiver.url + path,
        types,
      }),
    log: async ({ id }: { id: string }) =>
      (await done<{ rows: Delivery[] }>(admin, `GET /webhooks/${id}/deliveries`)).rows,
    happen: (name: string) => done(admin, `PUT /queues/${name}`, {}),
    /** Lets what is under way end, jumps to when the rest is due, and again, until nothing waits. */
    async playOut(): Promise<void> {
      for (let rounds = 0; ; ) {
        const [state] = await server.ports.database.transact(every_workspace, (tx) =>
          tx.query<{ waiting: number; busy: number; last: string }>(state_of_all, [tx.now]),
        );
        if (rounds && !state?.waiting) return;
        if (state?.waiting && !state.busy) {
          rounds += 1;
          time.advance(Date.parse(state.last) - Date.parse(time.now()) + 1);
        } else if (state?.waiting) rounds ||= 1;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    async stop() {
      await server.stop();
      await receiver.stop();
      expect(complaints).toEqual([]);
    },
  };
}
export type Sender = Awaited<ReturnType<typeof startSender>>;

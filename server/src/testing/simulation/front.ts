import type { FastifyInstance } from 'fastify';
import { keyring } from '../../actions/key.ts';
import type { Config } from '../../config.ts';
import { type App, createApp } from '../../http/app.ts';
import { type Identify, identifier } from '../../http/identify.ts';
import { createServer } from '../../http/server.ts';
import { sessionsOf } from '../../http/session.ts';
import type { Clock, Ports } from '../../ports.ts';

/** An app with those who may use it. */
export interface Lodger {
  app: App;
  identify: Identify;
}

/** The HTTP side of a node: the real route table, checks and problems, without a socket. Making one
 *  takes some 70 ms, longer than a whole run, so it is kept, and one app after another moves in; what
 *  a server remembers is all in the app. Event streams are left out: they write to real sockets. */
export interface Front {
  server: FastifyInstance;
  house(lodger: Lodger | undefined): void;
}

export async function openFront(config: Config): Promise<Front> {
  const empty = createApp(nowhere, config);
  let lodger: Lodger = lodge(empty);
  const nobody = lodger;
  // Routes take what they need when they are asked, or keep `ports`, which itself leads on.
  const ports = through(() => lodger.app.ports);
  const app = through(() => lodger.app, { ports });
  const identify = through(() => lodger.identify);
  const server = await createServer(app, identify);
  await server.ready();
  return {
    server,
    house(next) {
      lodger = next ?? nobody;
    },
  };
}

export function lodge(app: App): Lodger {
  const keys = keyring(app.ports);
  app.tail.on((rows) => {
    if (rows.some(({ type }) => type.startsWith('key.') || type.startsWith('member.')))
      keys.forget();
  });
  return { app, identify: identifier(keys, sessionsOf(app)) };
}

/** An object whose every field is read from another one, whichever that is at the time. */
const through = <Whole extends object>(get: () => Whole, fixed: Partial<Whole> = {}): Whole =>
  new Proxy({} as Whole, {
    get: (_target, name) => Reflect.get(name in fixed ? fixed : get(), name),
    // So that it can be spread, as a write under a key does with its ports.
    ownKeys: () => Reflect.ownKeys(get()),
    getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
  });

/** The ports of a front where nobody lives: time stands still there. */
const nowhere = {
  clock: {
    now: () => '',
    ticks_ms: () => 0,
    pause: (_ms, signal) =>
      new Promise((resolve) => signal?.addEventListener('abort', () => resolve())),
  } satisfies Clock,
  database: { onWake: () => () => {}, wake: () => {} },
} as unknown as Ports;

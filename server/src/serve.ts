import { makeId, toMs } from '@wheelhouse/core';
import { keyring } from './actions/key.ts';
import type { Config } from './config.ts';
import { type App, createApp } from './http/app.ts';
import { identifier } from './http/identify.ts';
import { createServer } from './http/server.ts';
import { sessionsOf } from './http/session.ts';
import { backgroundJobs } from './jobs/all.ts';
import { runJobs } from './jobs/run.ts';
import type { Log, Ports } from './ports.ts';
import { systemChance } from './world/chance.ts';
import { systemClock } from './world/clock.ts';
import { openDatabase } from './world/database.ts';
import { documents } from './world/documents/documents.ts';
import { hashNatively } from './world/hash.ts';
import { signedIdentities } from './world/identity.ts';
import { openMetrics } from './world/metrics.ts';
import { languageModel } from './world/models/language-model.ts';
import { guardedNetwork } from './world/network.ts';
import { trainLocally } from './world/trainers/local.ts';

/** The real outside, for a database that is migrated. */
export function realPorts(config: Config, url: string, log: Log): Ports {
  const chance = systemChance();
  return {
    clock: systemClock,
    chance,
    database: openDatabase({ url, pool: config.pool, log }),
    network: guardedNetwork({ allow_private: config.allow_private_webhooks }),
    log,
    trainer: { train: trainLocally },
    identities: signedIdentities,
    documents: documents(),
    language_model: config.model && languageModel(config.model, systemClock, log),
    makeId: (noun, at) => makeId(noun, toMs(at), chance.bytes(10)),
  };
}

/** Starts everything over the given ports: HTTP, streams and the background jobs. */
export async function serve(config: Config, ports: Ports) {
  hashNatively();
  const metrics = openMetrics();
  const app = createApp(ports, config, metrics);
  const keys = keyring(ports);
  app.tail.on((rows) => {
    if (rows.some(({ type }) => type.startsWith('key.') || type.startsWith('member.')))
      keys.forget();
  });
  const server = await createServer(app, identifier(keys, sessionsOf(app)));
  // Nothing works in the background for a server that nobody can reach.
  const url = await listening(app, server);
  const jobs = runJobs(ports, backgroundJobs(ports, app.rulings, app.submit), metrics);
  return {
    app,
    server,
    url,
    async close() {
      await server.close();
      await jobs.close();
      await app.close();
    },
  };
}
/** @throws Error that names the address, when it is taken; nothing is left running then */
async function listening(
  app: App,
  server: Awaited<ReturnType<typeof createServer>>,
): Promise<string> {
  try {
    await app.tail.start();
    return await server.listen({ port: app.config.port, host: app.config.host });
  } catch (error) {
    await server.close();
    await app.close();
    throw error;
  }
}

export type Serving = Awaited<ReturnType<typeof serve>>;

import { resolve } from 'node:path';
import { pino } from 'pino';
import { adminLink } from './actions/enrolment.ts';
import { keepBootstrapKey } from './actions/key.ts';
import { createWorkspace, readWorkspaces } from './actions/workspace.ts';
import { type Config, readConfig } from './config.ts';
import { persist } from './demo/persist.ts';
import { demoUnfinished, seedDemo } from './demo/seed.ts';
import { openShop } from './demo/shop-program.ts';
import type { App } from './http/app.ts';
import { enrolmentLink } from './http/routes/entry.ts';
import type { Ports } from './ports.ts';
import { realPorts, serve } from './serve.ts';
import { migrate } from './store/migrate.ts';
import { type Embedded, startEmbedded } from './world/postgres/embedded.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const config = readConfig();
  const log = pino({ level: config.log });
  let engine: Embedded | undefined;
  if (!config.database_url) {
    engine = await startEmbedded({
      data_dir: config.data_dir,
      ...(config.postgres_bin ? { bin_dir: config.postgres_bin } : {}),
      log: (line) => log.info({}, line),
    });
  }
  const url = config.database_url ?? (engine as Embedded).url();
  try {
    await migrate(url);
    const ports = realPorts(config, url, log);
    const fresh = await firstWorkspace(ports);
    await bootstrapKey(ports, config, fresh.workspace_id);
    // Asked for beforehand: a database that goes away later must not end a server that serves.
    const token = await adminLink(ports, fresh.workspace_id);
    const serving = await serve(config, ports);
    const address = config.public_url ?? serving.url;
    say(`\n  Wheelhouse is at ${address}`);
    if (config.seed === 'demo') say(`  The demo shop, where a customer chats: ${address}/demo`);
    if (ports.language_model) say(`  Bots may write with ${ports.language_model.name}`);
    if (token) {
      say('\n  There is no admin yet. This link makes the first one; it works once, for a week:');
      say(`  ${enrolmentLink(address, token)}\n`);
    }
    say(
      `  Data: ${config.database_url ? 'PostgreSQL at WHEELHOUSE_DATABASE_URL' : resolve(config.data_dir)}\n`,
    );
    const shop = config.seed === 'demo' ? openShop(serving.app, fresh.workspace_id) : undefined;
    const stopping = new AbortController();
    // The page is served meanwhile; what is not there yet arrives on it live.
    if (config.seed === 'demo') {
      fillDemo(serving.app, fresh, stopping.signal).catch((error: Error) =>
        say(
          `  The demo shop could not be filled: ${error.message} It is tried again at the next start.`,
        ),
      );
    }
    await stopSignal();
    stopping.abort();
    await shop?.close();
    await serving.close();
  } finally {
    await engine?.stop();
  }
}

async function fillDemo(
  app: App,
  { workspace_id, is_new }: { workspace_id: string; is_new: boolean },
  signal: AbortSignal,
): Promise<void> {
  if (!is_new && !(await demoUnfinished(app, workspace_id))) return;
  const tell = (line: string) => say(`  ${line}`);
  const { clock } = app.ports;
  await persist(() => seedDemo(app, workspace_id, tell), tell, { clock, signal });
}

async function firstWorkspace(ports: Ports): Promise<{ workspace_id: string; is_new: boolean }> {
  const [first] = await readWorkspaces(ports);
  if (first) return { workspace_id: first.id, is_new: false };
  return { workspace_id: await createWorkspace(ports, 'Wheelhouse'), is_new: true };
}

async function bootstrapKey(ports: Ports, config: Config, workspace_id: string): Promise<void> {
  if (!config.api_key) return;
  if (await keepBootstrapKey(ports, workspace_id, config.api_key)) return;
  say('\n  The key in WHEELHOUSE_API_KEY was revoked, and stays so.');
}

const stopSignal = () =>
  new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve());
  });

main().catch((error: Error) => {
  const words =
    'code' in error && error.code === 'EADDRINUSE'
      ? `${error.message}. Stop what uses it, or set WHEELHOUSE_PORT.`
      : error.message;
  process.stderr.write(`\n  Wheelhouse did not start: ${words}\n\n`);
  // Jobs and connections that were begun would keep a server alive that serves nothing.
  process.exit(1);
});

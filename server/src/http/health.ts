import type { FastifyInstance } from 'fastify';
import { readWorkspaces } from '../actions/workspace.ts';
import type { App } from './app.ts';
import { version } from './version.ts';

/** `/health` says that the process runs; `/health/ready` that it can also serve. */
export function health(server: FastifyInstance, app: App): void {
  const look = async () => {
    try {
      await readWorkspaces(app.ports);
      return 'ok';
    } catch {
      return 'unavailable';
    }
  };
  server.get('/health', { logLevel: 'silent' }, async () => ({
    status: 'ok',
    version,
    database: await look(),
  }));
  server.get('/health/ready', { logLevel: 'silent' }, async (_request, reply) => {
    const database = await look();
    if (database !== 'ok') reply.code(503);
    return { status: database === 'ok' ? 'ready' : 'not ready', version, database };
  });
}

import { type Principal, type Role, systemOf } from '@wheelhouse/core';
import { trainClassifier } from '@wheelhouse/core/learn';
import { createKey } from '../actions/key.ts';
import { createWorkspace } from '../actions/workspace.ts';
import { type Config, readConfig } from '../config.ts';
import type { Ports, Trainer } from '../ports.ts';
import { realPorts, serve } from '../serve.ts';
import { freshDatabase } from './engine.ts';

/** A caller over real HTTP: `call('POST /gates/x/outputs', body)`. */
export interface Caller {
  key: string;
  call<Body = unknown>(
    what: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Reply<Body>>;
}
export interface Reply<Body> {
  status: number;
  body: Body & { code?: string; errors?: { field: string; message: string }[] };
  headers: Headers;
}

export interface StartOptions {
  /** From vitest's `inject('engine')`. */
  url_pattern: string;
  settings?: Record<string, string>;
  /** Replaces ports, such as the network, before anything starts. */
  ports?(ports: Ports): Ports;
}

/** Trains where it is asked: tests read the sources, and a thread of its own would need them built. */
export const in_process: Trainer = {
  train: async (examples, options) => trainClassifier(examples, options),
};

/** The real server on a fresh database of the real engine, on a free port. */
export async function startServer({ url_pattern, settings = {}, ports: change }: StartOptions) {
  const database = await freshDatabase(url_pattern);
  const config: Config = readConfig({
    WHEELHOUSE_PORT: '0',
    WHEELHOUSE_LOG: 'silent',
    ...settings,
  });
  const silent = { info: () => {}, warn: () => {}, error: () => {} };
  const real = { ...realPorts(config, database.url, silent), trainer: in_process };
  const ports = change ? change(real) : real;
  const workspace_id = await createWorkspace(ports, 'Test');
  const serving = await serve(config, ports);
  const keyFor = async (
    role: Role,
    workspace = workspace_id,
    scopes: string[] | null = null,
  ): Promise<Caller & { id: string }> => {
    const system: Principal = systemOf(workspace);
    const made = await createKey(ports, system, { name: role, role, scopes, expires_at: null });
    return { id: made.id, ...caller(serving.url, made.key as string) };
  };
  return {
    ...serving,
    ports,
    database_url: database.url,
    workspace_id,
    /** A key of a role, as a caller. */
    keyFor,
    newWorkspace: (name: string) => createWorkspace(ports, name),
    async stop() {
      await serving.close();
      await database.drop();
    },
  };
}
export type TestServer = Awaited<ReturnType<typeof startServer>>;

export function caller(url: string, key: string): Caller {
  return {
    key,
    async call<Body>(what: string, body?: unknown, headers: Record<string, string> = {}) {
      const [method = 'GET', path = '/'] = what.split(' ');
      const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
      const response = await fetch(`${url}/api/v1${path}`, {
        method,
        headers: {
          ...(key ? { authorization: `Bearer ${key}` } : {}),
          ...(text === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(text === undefined ? {} : { body: text as string }),
      });
      const said = await response.text();
      return {
        status: response.status,
        body: (said ? JSON.parse(said) : null) as Reply<Body>['body'],
        headers: response.headers,
      };
    },
  };
}

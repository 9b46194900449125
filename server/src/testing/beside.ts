import { readConfig } from '../config.ts';
import type { Ports } from '../ports.ts';
import { realPorts, serve } from '../serve.ts';
import { in_process } from './start.ts';

/** One more server on the database of another, or the same one after a stop: give its port then. */
export async function serveBeside(
  database_url: string,
  settings: Record<string, string> = {},
  change: (ports: Ports) => Ports = (ports) => ports,
) {
  const config = readConfig({ WHEELHOUSE_PORT: '0', WHEELHOUSE_LOG: 'silent', ...settings });
  const silent = { info: () => {}, warn: () => {}, error: () => {} };
  const real = { ...realPorts(config, database_url, silent), trainer: in_process };
  return serve(config, change(real));
}

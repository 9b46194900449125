import { readConfig } from '../config.ts';
import type { Ports } from '../ports.ts';
import { realPorts, serve } from '../serve.ts';

/** One more server on the database of another, or the same one after a stop: give its port then. */
export async function serveBeside(
  database_url: string,
  settings: Record<string, string> = {},
  change: (ports: Ports) => Ports = (ports) => ports,
) {
  const config = readConfig({ WHEELHOUSE_PORT: '0', WHEELHOUSE_LOG: 'silent', ...settings });
  const silent = { info: () => {}, warn: () => {}, error: () => {} };
  return serve(config, change(realPorts(config, database_url, silent)));
}

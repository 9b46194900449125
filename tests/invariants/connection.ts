import http from 'node:http';
import type { Reply } from '../../server/src/testing/start.ts';

export interface Connection {
  /** Of the key it carries. */
  id: string;
  call<Body = unknown>(
    what: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Reply<Body>>;
  close(): void;
}

/** One kept connection of its own, so that many callers are many connections and not one pool. */
export function connectionTo(url: string, { id, key }: { id: string; key: string }): Connection {
  const { hostname, port } = new URL(url);
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  return {
    id,
    close: () => agent.destroy(),
    call: <Body>(what: string, body?: unknown, headers: Record<string, string> = {}) =>
      new Promise<Reply<Body>>((resolve, reject) => {
        const [method = 'GET', path = '/'] = what.split(' ');
        const text = body === undefined ? undefined : JSON.stringify(body);
        const request = http.request({
          agent,
          hostname,
          port,
          method,
          path: `/api/v1${path}`,
          headers: {
            authorization: `Bearer ${key}`,
            ...(text === undefined ? {} : { 'content-type': 'application/json' }),
            ...headers,
          },
        });
        request.on('error', reject);
        request.on('response', (response) => {
          let said = '';
          response.setEncoding('utf8');
          response.on('data', (piece: string) => {
            said += piece;
          });
          response.on('error', reject);
          response.on('end', () => {
            try {
              resolve({
                status: response.statusCode ?? 0,
                body: (said ? JSON.parse(said) : null) as Reply<Body>['body'],
                headers: new Headers(response.headers as Record<string, string>),
              });
            } catch (thrown) {
              reject(thrown);
            }
          });
        });
        request.end(text);
      }),
  };
}

import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  path: string;
  id: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** What an endpoint does with a request; `times` counts from 1 for each path. */
export type Behaviour = (response: ServerResponse, times: number) => void;

const answer =
  (status: number, headers: Record<string, string> = {}, body = ''): Behaviour =>
  (response) => {
    response.writeHead(status, headers).end(body);
  };

/** Ways in which endpoints of strangers behave. */
export const behaviours: Record<string, Behaviour> = {
  '/well': answer(204),
  '/error': answer(500, {}, 'x'.repeat(5_000)),
  '/moved': answer(302, { location: '/well' }),
  '/moved-for-good': answer(308, { location: '/well' }),
  '/gone': answer(410),
  '/forbids': answer(403),
  '/busy': (response, times) => {
    if (times > 2) response.writeHead(200).end();
    else response.writeHead(429, { 'retry-after': '7200' }).end();
  },
  '/recovers': (response, times) => {
    response.writeHead(times > 3 ? 200 : 503).end();
  },
  '/hangs': () => {},
  '/resets': (response) => {
    response.socket?.resetAndDestroy();
  },
  '/drips-head': (response) => drip(response, 'HTTP/1.1 200 OK\r\nx-slow: '),
  '/drips-body': (response) => {
    response.writeHead(200);
    response.write('a');
    drip(response, '');
  },
  '/other-protocol': (response) => {
    response.socket?.write(
      'HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n',
    );
  },
  '/not-http': (response) => {
    response.socket?.end('SSH-2.0-OpenSSH_9.6\r\n');
  },
  '/endless': (response) => {
    response.writeHead(200);
    const pour = () => {
      while (!response.destroyed && response.write('\u0000\ud83d'.repeat(4_000)));
      if (!response.destroyed) response.once('drain', pour);
    };
    pour();
  },
};

function drip(response: ServerResponse, head: string): void {
  const { socket } = response;
  socket?.write(head);
  const timer = setInterval(() => {
    if (!socket || socket.destroyed) clearInterval(timer);
    else if (head) socket.write('.');
    else response.write('.');
  }, 20);
}

/** An HTTP server on loopback that keeps what it gets and behaves by path. */
export async function startReceiver() {
  const received: Received[] = [];
  const times = new Map<string, number>();
  let connections = 0;
  const server = createServer((request, response) => {
    response.on('error', () => {});
    const path = request.url ?? '/';
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const count = (times.get(path) ?? 0) + 1;
      times.set(path, count);
      received.push({
        path,
        id: String(request.headers['webhook-id']),
        headers: request.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      });
      (behaviours[path] ?? behaviours['/well'])?.(response, count);
    });
  });
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    received,
    at: (path: string) => received.filter((one) => one.path === path),
    connections: () => connections,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

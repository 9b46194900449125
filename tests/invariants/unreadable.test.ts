import net from 'node:net';
import type { Problem } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';

let server: TestServer;
let robot: Caller;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  robot = await server.keyFor('admin');
});
afterAll(() => server?.stop());

interface Answer {
  status: number;
  head: string;
  problem: Problem;
}
interface Talk {
  answers: Answer[];
  /** How the server ended the connection: in order, or by a reset. */
  end: 'closed' | 'reset';
  ms: number;
}

/** Says bytes on a connection of its own and listens until the server ends it; the end is the server's
 *  alone, since this side keeps its own open. */
function say(...pieces: (string | Buffer)[]): Promise<Talk> {
  const began = performance.now();
  return new Promise((done, failed) => {
    const { hostname, port } = new URL(server.url);
    const socket = net.connect(Number(port), hostname);
    let heard = '';
    let end: Talk['end'] = 'closed';
    const late = setTimeout(() => {
      socket.destroy();
      failed(new Error(`the connection stayed open; heard: ${heard}`));
    }, 120_000);
    socket.setEncoding('utf8').on('data', (piece) => {
      heard += piece;
    });
    socket.on('error', () => {
      end = 'reset';
    });
    socket.on('close', () => {
      clearTimeout(late);
      done({ answers: answersIn(heard), end, ms: performance.now() - began });
    });
    socket.on('connect', () => {
      for (const piece of pieces) socket.write(piece);
    });
  });
}

function answersIn(heard: string): Answer[] {
  const found: Answer[] = [];
  for (let rest = heard; rest; ) {
    const [head = ''] = rest.split('\r\n\r\n');
    const length = Number(/^content-length: (\d+)$/im.exec(head)?.[1] ?? 0);
    const from = head.length + 4;
    const body = rest.slice(from, from + length);
    found.push({
      status: Number(/^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1]),
      head,
      problem: JSON.parse(body || 'null'),
    });
    rest = rest.slice(from + length);
  }
  return found;
}

const lines = (...all: string[]) => `${all.join('\r\n')}\r\n\r\n`;
const host = 'host: here';
const unreadable: [string, string | Buffer, number, string][] = [
  ['no request line', 'hello there\r\n\r\n', 400, 'malformed'],
  ['a method that is none', lines('FETCH /api/v1/me HTTP/1.1', host), 400, 'malformed'],
  ['a version that is none', lines('GET / HTTP/9.9', host), 400, 'malformed'],
  ['bytes of TLS', Buffer.from([0x16, 3, 1, 0, 200, 1, 0, 0, 196, 3, 3]), 400, 'malformed'],
  ['a header without a colon', lines('GET / HTTP/1.1', host, 'nonsense'), 400, 'malformed'],
  ['a space before the colon', lines('GET / HTTP/1.1', host, 'a : b'), 400, 'malformed'],
  ['a control character', lines('GET / HTTP/1.1', host, 'a: \u0001'), 400, 'malformed'],
  ['NUL in the address', lines('GET /\u0000 HTTP/1.1', host), 400, 'malformed'],
  ['no host', lines('GET /api/v1/me HTTP/1.1', 'connection: close'), 400, 'malformed'],
  [
    'a long header',
    lines('GET / HTTP/1.1', host, `a: ${'b'.repeat(20_000)}`),
    431,
    'headers_too_large',
  ],
  ['a long address', lines(`GET /${'b'.repeat(20_000)} HTTP/1.1`, host), 431, 'headers_too_large'],
  [
    'a megabyte of headers',
    lines('GET / HTTP/1.1', host, ...Array(20_000).fill(`a: ${'b'.repeat(50)}`)),
    431,
    'headers_too_large',
  ],
  [
    'two lengths',
    lines('POST /api/v1/keys HTTP/1.1', host, 'content-length: 2', 'content-length: 3'),
    400,
    'malformed',
  ],
  [
    'a length and chunks',
    lines('POST /api/v1/keys HTTP/1.1', host, 'content-length: 5', 'transfer-encoding: chunked'),
    400,
    'malformed',
  ],
  [
    'a length that is none',
    lines('POST /api/v1/keys HTTP/1.1', host, 'content-length: -1'),
    400,
    'malformed',
  ],
  [
    'chunked by another word',
    lines('POST /api/v1/keys HTTP/1.1', host, 'transfer-encoding: xchunked'),
    400,
    'malformed',
  ],
  ['a tunnel', lines('CONNECT example.com:443 HTTP/1.1', host), 405, 'method_not_allowed'],
  ['an expectation', lines('GET / HTTP/1.1', host, 'expect: miracles'), 400, 'malformed'],
];

test('[S12] bytes that are no request are answered with a problem document, and the connection ends in order', async () => {
  for (const [what, bytes, status, code] of unreadable) {
    const { answers, end } = await say(bytes);
    expect([what, end, answers]).toMatchObject([
      what,
      'closed',
      [{ status, problem: { code, status, type: `urn:wheelhouse:problem:${code}` } }],
    ]);
    const [{ head, problem } = answers[0] as Answer] = answers;
    expect([what, head]).toEqual([
      what,
      expect.stringMatching(/content-type: application\/problem\+json/i),
    ]);
    expect([what, head]).toEqual([what, expect.stringMatching(/^connection: close$/im)]);
    expect([what, problem.request_id]).toEqual([what, expect.stringMatching(/^req_/)]);
  }
  // Whoever is still sending hears why all the same.
  const { answers, end } = await say('nonsense\r\n\r\n', Buffer.alloc(8_000_000, 'x'));
  expect([end, answers]).toMatchObject(['closed', [{ status: 400 }]]);
  expect(await robot.call('GET /me')).toMatchObject({ status: 200 });
});

const sent = (path: string, body: string, ...more: string[]) =>
  lines(
    `POST /api/v1${path} HTTP/1.1`,
    host,
    `authorization: Bearer ${robot.key}`,
    'content-type: application/json',
    ...more,
  ) + body;
const named = async (name: string) => {
  const { body } = await robot.call<{ rows: { name: string }[] }>('GET /keys');
  return body.rows.filter((row) => row.name === name).length;
};
const key = (name: string) => JSON.stringify({ name, role: 'viewer' });

test('[S12] a body that breaks its frame is answered, and nothing of it is done', async () => {
  const body = key('half');
  const chunk = `${body.length.toString(16)}\r\n${body}\r\n`;
  for (const broken of ['zz\r\n', `${chunk}zz\r\n`, `${chunk}-1\r\n`, `5\r\n${body}`]) {
    const { answers, end } = await say(sent('/keys', broken, 'transfer-encoding: chunked'));
    expect([broken, end, answers]).toMatchObject([
      broken,
      'closed',
      [{ status: 400, problem: { code: 'malformed' } }],
    ]);
  }
  expect(await named('half')).toBe(0);
});

test('[S12] what follows a request that is being answered is never taken for its answer', async () => {
  const gate = { policy: { mode: 'always' } };
  await robot.call('PUT /gates/slow', gate);
  const { body } = await robot.call<{ id: string }>('POST /gates/slow/outputs', { content: 'x' });
  const waiting = lines(
    `GET /api/v1/outputs/${body.id}?wait_ms=20000 HTTP/1.1`,
    host,
    `authorization: Bearer ${robot.key}`,
  );
  const { answers, ms } = await say(waiting, 'nonsense\r\n\r\n');
  expect(answers).toEqual([]);
  expect(ms).toBeLessThan(15_000);
  // One that is answered already keeps its answer, and the nonsense gets its own.
  const me = lines('GET /api/v1/me HTTP/1.1', host, `authorization: Bearer ${robot.key}`);
  const told = await new Promise<Talk>((done, failed) => {
    const { hostname, port } = new URL(server.url);
    const socket = net.connect(Number(port), hostname, () => socket.write(me));
    let heard = '';
    socket.setEncoding('utf8').on('data', (piece) => {
      if (!heard) socket.write('nonsense\r\n\r\n');
      heard += piece;
    });
    socket.on('error', failed);
    socket.on('close', () => done({ answers: answersIn(heard), end: 'closed', ms: 0 }));
  });
  expect(told.answers.map(({ status }) => status)).toEqual([200, 400]);
});

test('[S12] whoever sends too slowly is told so, in the head and in the body, and nothing is done', async () => {
  const { server: http } = server.server;
  const { headersTimeout, requestTimeout } = http;
  try {
    http.headersTimeout = 400;
    http.requestTimeout = 800;
    const slow = [
      'GET /api/v1/me HTTP/1.1\r\nhost: here\r\na: ',
      sent('/keys', '{"name":"slow"', 'content-length: 500'),
      '',
    ];
    const talks = await Promise.all(slow.map((bytes) => say(bytes)));
    for (const [at, { answers, end }] of talks.entries()) {
      expect([slow[at], end, answers]).toMatchObject([
        slow[at],
        'closed',
        [{ status: 408, problem: { code: 'too_slow' } }],
      ]);
    }
  } finally {
    Object.assign(http, { headersTimeout, requestTimeout });
  }
  expect(headersTimeout).toBe(60_000);
  expect(requestTimeout).toBe(600_000);
  expect(await named('slow')).toBe(0);
});

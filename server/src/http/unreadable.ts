import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type Refusal, refuse } from '@wheelhouse/core';
import type { FastifyHttpOptions, FastifyInstance } from 'fastify';
import type { Ports } from '../ports.ts';
import { problemOf } from './errors.ts';

/** How long the other side may take to read why it is cut off. */
const farewell_ms = 2_000;

type Dismiss = (socket: Duplex, refusal: Refusal) => void;

/** What Node is told to leave to us. A request may take ten minutes to arrive whole, which is a
 *  gigabyte at 14 Mbit/s, and its head a minute: whoever drips bytes holds a connection no longer. */
export const arrival = (dismiss: Dismiss) =>
  ({
    http: { requireHostHeader: false, connectionsCheckingInterval: 5_000 },
    requestTimeout: 600_000,
    clientErrorHandler: (error, socket) => {
      if (error.code !== 'ECONNRESET') dismiss(socket, unreadable(error));
    },
    // It would be answered by words of the framework's own.
    return503OnClosing: false,
  }) satisfies FastifyHttpOptions<Server>;

/** Why bytes are no request. */
function unreadable({ code }: Error & { code?: string }): Refusal {
  if (code === 'HPE_HEADER_OVERFLOW') return refuse('headers_too_large');
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return refuse('too_slow');
  const words =
    'This is no HTTP request: its first line, a header or the frame of its body is wrong.';
  return refuse('malformed', {}, words);
}

/** A connection with the response that it is busy with, as Node keeps it there. */
type Busy = Duplex & { _httpMessage?: ServerResponse | null };

/** Whether an answer may be written now. One that has begun would be torn; and where a request that
 *  came whole still waits for its own, this one would be taken for it. */
const isFree = ({ writable, _httpMessage: busy }: Busy): boolean =>
  writable && (!busy || (!busy.headersSent && !busy.req.complete));

/** Answers what never became a request, or not a whole one, as everything else is answered: with a
 *  problem document; and ends the connection, since nobody knows where on it a next one would begin. */
export const dismissal =
  ({ clock }: Ports, newId: () => string): Dismiss =>
  (socket, refusal) => {
    // More bytes of what was answered already are complained of again.
    if (socket.writableEnded) return;
    if (!isFree(socket)) {
      socket.destroy();
      return;
    }
    const body = JSON.stringify(problemOf(refusal, newId()));
    const head = [
      `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}`,
      'content-type: application/problem+json',
      `content-length: ${Buffer.byteLength(body)}`,
      'x-content-type-options: nosniff',
      'connection: close',
    ];
    socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
    // What is still coming is read and forgotten: an end with bytes unread is a reset, which takes
    // the answer along.
    socket.resume();
    const gone = new AbortController();
    socket.once('close', () => gone.abort());
    void clock.pause(farewell_ms, gone.signal).then(() => socket.destroy());
  };

/** Answers what Node would by itself: it says nothing, or nothing that can be read. */
export function answerUnasked({ server }: FastifyInstance, dismiss: Dismiss): void {
  server.on('connect', (_request: IncomingMessage, socket: Duplex) => {
    dismiss(socket, refuse('method_not_allowed', {}, 'This is no proxy: it answers no CONNECT.'));
  });
  server.on('checkExpectation', ({ socket }: IncomingMessage) => {
    const words = 'Expect: of all expectations this server meets "100-continue" alone.';
    dismiss(socket, refuse('malformed', { errors: [{ field: 'Expect', message: words }] }, words));
  });
}

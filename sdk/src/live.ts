import { Event, type EventType } from '@wheelhouse/core';
import { pause } from './client.ts';
import { WheelhouseError } from './fault.ts';

export interface EventsOptions {
  /** Only these types. */
  types?: EventType[];
  /** Goes on behind this cursor; without it, from now on. */
  cursor?: string;
  signal?: AbortSignal;
  /** Called when the stream is open, and again after each reconnect. */
  on_open?(cursor: string): void;
}

interface Source {
  url: string;
  headers: Record<string, string>;
  fetch: typeof fetch;
}

/** The server says that it is still there every 15 s; past this silence the connection is dead. */
const silence_ms = 40_000;
const longest_pause_ms = 10_000;

/** Follows the event stream (SSE) and comes back by its cursor, so each event is seen once.
 *  @throws WheelhouseError resync when the cursor is too old (fetch afresh, then follow from now);
 *  unauthenticated or forbidden when the right was taken away */
export async function* followEvents(
  source: Source,
  { types, cursor, signal, on_open }: EventsOptions,
): AsyncGenerator<Event> {
  let place = cursor;
  for (let failures = 0; ; ) {
    signal?.throwIfAborted();
    try {
      for await (const { event, data, id } of openStream(source, types, place, signal)) {
        failures = 0;
        if (event === 'ready') {
          place = (JSON.parse(data) as { cursor: string }).cursor;
          on_open?.(place);
        } else if (event === 'resync') {
          throw new WheelhouseError('resync', 410, 'The cursor is too old.');
        } else if (event === 'signed_out') {
          throw new WheelhouseError('unauthenticated', 401, 'The right to follow was taken away.');
        } else {
          place = id ?? place;
          yield Event.parse(JSON.parse(data));
        }
      }
    } catch (thrown) {
      signal?.throwIfAborted();
      const final =
        thrown instanceof WheelhouseError &&
        thrown.status >= 400 &&
        thrown.status < 500 &&
        thrown.status !== 429;
      if (final) throw thrown;
    }
    failures += 1;
    await pause(Math.min(longest_pause_ms, 200 * 2 ** failures), signal);
  }
}

interface Message {
  event: string;
  data: string;
  id: string | undefined;
}

async function* openStream(
  { url, headers, fetch: get }: Source,
  types: EventType[] | undefined,
  place: string | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<Message> {
  const dead = new AbortController();
  const stop = () => dead.abort(signal?.reason);
  signal?.addEventListener('abort', stop, { once: true });
  let timer = setTimeout(() => dead.abort(), silence_ms);
  try {
    const search = types?.length ? `?types=${types.join(',')}` : '';
    const response = await get(`${url}/api/v1/events${search}`, {
      headers: {
        ...headers,
        accept: 'text/event-stream',
        ...(place ? { 'last-event-id': place } : {}),
      },
      signal: dead.signal,
    });
    if (!response.ok || !response.body) {
      throw new WheelhouseError(
        response.status === 410 ? 'resync' : 'refused',
        response.status,
        `The stream was refused: ${response.status}`,
      );
    }
    const decoder = new TextDecoder();
    let rest = '';
    const reader = response.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      clearTimeout(timer);
      timer = setTimeout(() => dead.abort(), silence_ms);
      rest += decoder.decode(value, { stream: true });
      const blocks = rest.split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const message = readMessage(block);
        if (message) yield message;
      }
    }
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
    dead.abort();
  }
}

/** One block of the stream (WHATWG HTML, server-sent events); undefined for a comment. */
function readMessage(block: string): Message | undefined {
  let event = 'message';
  let id: string | undefined;
  const data: string[] = [];
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':');
    if (colon === 0) continue;
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') event = value;
    else if (field === 'id') id = value;
    else if (field === 'data') data.push(value);
  }
  return data.length ? { event, data: data.join('\n'), id } : undefined;
}

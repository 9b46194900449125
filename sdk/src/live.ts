import { type Event, type EventType, parseCursor } from '@wheelhouse/core';
import { WheelhouseError } from './fault.ts';
import { type Frame, frameReader } from './frames.ts';
import { pause, pauseAfter, type Transport } from './request.ts';

export interface EventsOptions {
  /** Where to go on from: an event's cursor, or what `on_open` was told. Without it, from now. */
  cursor?: string;
  /** Only these; all of them when empty. */
  types?: EventType[];
  signal?: AbortSignal;
  /** Called whenever the stream is open, with the place from which nothing will be missed: fetch a
   *  snapshot then, and what follows brings it up to date. */
  on_open?(cursor: string): void;
}

/** The server says something every 15 s; twice missed, and the line is dead though nobody said so. */
const silence_ms = 40_000;

/** Everything that happens, each event once and in commit order, for as long as it is asked for:
 *  a dropped connection is opened again from the last event that arrived.
 *
 *  ```ts
 *  for await (const event of wheelhouse.events({ types: ['output.decided'] })) …
 *  ```
 *  @throws WheelhouseError resync when the cursor is too old: fetch afresh, then follow from now;
 *  unauthenticated when the right is lost. Ends without an error when the signal is aborted. */
export async function* follow(
  transport: Transport,
  options: EventsOptions = {},
): AsyncGenerator<Event> {
  const { types = [], signal, on_open } = options;
  let cursor = options.cursor;
  for (let failures = 0; ; ) {
    try {
      for await (const { event, data } of frames(transport, cursor, types, signal)) {
        failures = 0;
        if (event === 'ready') {
          cursor = (JSON.parse(data) as { cursor: string }).cursor;
          on_open?.(cursor);
        } else if (event === 'resync') throw new WheelhouseError('resync', 410);
        else if (event === 'signed_out') throw new WheelhouseError('unauthenticated', 401);
        else {
          const next = JSON.parse(data) as Event;
          if (cursor !== undefined && !isAfter(next.cursor, cursor)) continue;
          cursor = next.cursor;
          yield next;
        }
      }
    } catch (thrown) {
      if (signal?.aborted) return;
      if (!(thrown instanceof WheelhouseError) || !thrown.passing) throw thrown;
    }
    if (signal?.aborted) return;
    failures += 1;
    await pause(pauseAfter(failures), signal).catch(() => {});
  }
}

/** What one connection brings, until it ends, breaks or falls silent. */
async function* frames(
  transport: Transport,
  cursor: string | undefined,
  types: string[],
  signal: AbortSignal | undefined,
): AsyncGenerator<Frame> {
  const { response, close } = await transport.open('/events', {
    query: { types: types.length ? types.join(',') : undefined },
    headers: {
      accept: 'text/event-stream',
      ...(cursor === undefined ? {} : { 'last-event-id': cursor }),
    },
    signal,
  });
  const reader = response.body?.getReader();
  if (!reader) throw new WheelhouseError('unreachable', 0, 'The stream has no body.');
  const read = frameReader();
  const decoder = new TextDecoder();
  try {
    for (;;) {
      const silence = setTimeout(close, silence_ms);
      const { done, value } = await reader.read().finally(() => clearTimeout(silence));
      if (done) return;
      yield* read(decoder.decode(value, { stream: true }));
    }
  } catch (cause) {
    if (cause instanceof WheelhouseError) throw cause;
    throw new WheelhouseError('unreachable', 0, 'The stream broke off.', {}, cause);
  } finally {
    close();
  }
}

/** Cursors are compared as numbers: the transaction first, then the place within it. */
function isAfter(cursor: string, last: string): boolean {
  const [a, b] = [parseCursor(cursor), parseCursor(last)];
  if (!a || !b) return cursor !== last;
  const [now, then] = [BigInt(a.xid), BigInt(b.xid)];
  return now > then || (now === then && BigInt(a.seq) > BigInt(b.seq));
}

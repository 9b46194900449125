import type { ServerResponse } from 'node:http';
import type { Principal } from '@wheelhouse/core';
import {
  type EventRow,
  knownPlace,
  type Place,
  readOwnLog,
  toldEvent,
} from '../actions/event-log.ts';
import type { Ports } from '../ports.ts';
import type { LookingWatch } from './looking.ts';
import type { EventTail } from './tail.ts';

const heartbeat_ms = 15_000;
/** A right that ends without an event (a session signed out elsewhere) is noticed within five seconds. */
const recheck_ms = 4_000;
const page_size = 1_000;
/** Past this many bytes a reader that does not read is let go; it comes back by its cursor. */
const most_unread = 4_194_304;
const headers = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  'x-accel-buffering': 'no',
};

interface Streaming {
  by: Principal;
  response: ServerResponse;
  /** Event types wanted; empty for all. */
  types: Set<string>;
  cursor: Place;
  /** What came live while the past is still being written; undefined once it has been. */
  waiting: EventRow[] | undefined;
}

/** Open event streams (SSE): what was missed since the cursor first, then each event as it comes,
 *  in commit order. A right taken away closes the stream within seconds. */
export function eventStreams(
  { ports, tail, looking }: { ports: Ports; tail: EventTail; looking: LookingWatch },
  stillAllowed: (by: Principal) => Promise<boolean>,
) {
  const streams = new Set<Streaming>();
  const closing = new AbortController();

  const drop = (stream: Streaming, word?: string) => {
    streams.delete(stream);
    stream.response.end(word ? `event: ${word}\ndata: {}\n\n` : undefined);
  };
  const tell = (stream: Streaming, rows: EventRow[]) => {
    write(stream, rows);
    if (stream.response.writableLength > most_unread) drop(stream);
  };
  const checkRights = async () => {
    for (const stream of [...streams]) {
      if (!(await stillAllowed(stream.by).catch(() => true))) drop(stream, 'signed_out');
    }
  };
  const stopTail = tail.on((rows) => {
    const by_workspace = grouped(rows);
    for (const stream of streams) {
      const mine = by_workspace.get(stream.by.workspace_id);
      if (!mine) continue;
      if (stream.waiting) stream.waiting.push(...mine);
      else tell(stream, mine);
    }
    const rights = rows.some(({ type }) => type.startsWith('member.') || type.startsWith('key.'));
    if (rights) void checkRights();
  });

  // Beside the log, and only for people: what passes in seconds is no event and has no place in it.
  const hears = ({ by, waiting, types }: Streaming) =>
    by.kind === 'member' && waiting === undefined && types.size === 0;
  looking.while(() => [...streams].some(hears));
  const stopLooking = looking.on(({ workspace_id, ...change }) => {
    const text = `event: looking\ndata: ${JSON.stringify(change)}\n\n`;
    for (const stream of streams) {
      if (stream.by.workspace_id === workspace_id && hears(stream)) stream.response.write(text);
    }
  });

  const regularly = async (every_ms: number, act: () => unknown) => {
    for (;;) {
      await ports.clock.pause(every_ms, closing.signal);
      if (closing.signal.aborted) return;
      await act();
    }
  };
  void regularly(recheck_ms, checkRights);
  void regularly(heartbeat_ms, () => {
    for (const { response } of streams) response.write(': still here\n\n');
  });

  return {
    /** Opens a stream behind a cursor; one that this database never gave is told to fetch afresh. */
    async open(by: Principal, response: ServerResponse, from: string | undefined, types: string[]) {
      const cursor = from === undefined ? tail.place() : await knownPlace(ports, by, from);
      response.writeHead(200, headers);
      if (!cursor) {
        response.end('event: resync\ndata: {}\n\n');
        return;
      }
      const stream: Streaming = { by, response, types: new Set(types), cursor, waiting: [] };
      response.write(`event: ready\ndata: {"cursor":"${cursor.xid}-${cursor.seq}"}\n\n`);
      streams.add(stream);
      response.once('close', () => streams.delete(stream));
      await catchUp(ports, stream, tell).catch(() => drop(stream));
      if (hears(stream)) looking.begin();
    },
    count: () => streams.size,
    close() {
      closing.abort();
      stopTail();
      stopLooking();
      for (const stream of streams) drop(stream);
    },
  };
}

function grouped(rows: EventRow[]): Map<string, EventRow[]> {
  const groups = new Map<string, EventRow[]>();
  for (const row of rows) {
    const group = groups.get(row.workspace_id);
    if (group) group.push(row);
    else groups.set(row.workspace_id, [row]);
  }
  return groups;
}

/** Writes what lies behind the stream's cursor and is wanted, and moves the cursor. */
function write(stream: Streaming, rows: EventRow[]): void {
  let text = '';
  for (const row of rows) {
    if (!isAfter(row, stream.cursor)) continue;
    stream.cursor = { xid: row.xid, seq: String(row.seq) };
    if (stream.types.size && !stream.types.has(row.type)) continue;
    const event = toldEvent(row);
    text += `id: ${event.cursor}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
  }
  if (text) stream.response.write(text);
}

/** Tells a stream its past, page by page, and lets it hear what comes. */
async function catchUp(
  ports: Ports,
  stream: Streaming,
  tell: (stream: Streaming, rows: EventRow[]) => void,
): Promise<void> {
  let rows: EventRow[];
  do {
    rows = await readOwnLog(ports, stream.by, stream.cursor, page_size);
    tell(stream, rows);
  } while (rows.length >= page_size);
  // Nothing may go out before what the pages did not see yet, so what came meanwhile follows here.
  const meanwhile = stream.waiting ?? [];
  stream.waiting = undefined;
  tell(stream, meanwhile);
}

const isAfter = (row: EventRow, cursor: Place): boolean => {
  const [xid, at] = [BigInt(row.xid), BigInt(cursor.xid)];
  return xid > at || (xid === at && BigInt(row.seq) > BigInt(cursor.seq));
};

import type { ServerResponse } from 'node:http';
import { type Principal, parseCursor } from '@wheelhouse/core';
import type { App } from '../http/app.ts';
import {
  type EventRow,
  eventsOfWorkspaceAfter,
  nextTransaction,
  toEvent,
} from '../store/events.ts';

const heartbeat_ms = 15_000;
/** A right that ends without an event (a session signed out elsewhere) is noticed within five seconds. */
const recheck_ms = 4_000;
const page_size = 1_000;
/** Past this many bytes a reader that does not read is let go; it comes back by its cursor. */
const most_unread = 4_194_304;

interface Streaming {
  by: Principal;
  response: ServerResponse;
  /** Event types wanted; empty for all. */
  types: Set<string>;
  cursor: { xid: string; seq: string };
  /** Live rows are written only once the past has been. */
  caught_up: boolean;
}

/** Open event streams (SSE): what was missed since the cursor first, then each event as it comes,
 *  in commit order. A right taken away closes the stream within seconds. */
export function eventStreams(app: App, stillAllowed: (by: Principal) => Promise<boolean>) {
  const streams = new Set<Streaming>();
  let beat: NodeJS.Timeout | undefined;
  let recheck: NodeJS.Timeout | undefined;

  const deliver = (stream: Streaming, rows: EventRow[]) => {
    let text = '';
    for (const row of rows) {
      if (!isAfter(row, stream.cursor)) continue;
      stream.cursor = { xid: row.xid, seq: String(row.seq) };
      if (stream.types.size && !stream.types.has(row.type)) continue;
      const event = toEvent(row);
      text += `id: ${event.cursor}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
    }
    if (text) stream.response.write(text);
    if (stream.response.writableLength > most_unread) drop(stream);
  };

  const drop = (stream: Streaming, word?: string) => {
    streams.delete(stream);
    stream.response.end(word ? `event: ${word}\ndata: {}\n\n` : undefined);
  };

  const stopTail = app.tail.on((rows) => {
    const by_workspace = new Map<string, EventRow[]>();
    for (const row of rows) {
      const group = by_workspace.get(row.workspace_id);
      if (group) group.push(row);
      else by_workspace.set(row.workspace_id, [row]);
    }
    const rights = rows.some(({ type }) => type.startsWith('member.') || type.startsWith('key.'));
    for (const stream of streams) {
      const mine = by_workspace.get(stream.by.workspace_id);
      if (mine && stream.caught_up) deliver(stream, mine);
    }
    if (rights) void checkRights();
  });

  const checkRights = async () => {
    for (const stream of [...streams]) {
      if (!(await stillAllowed(stream.by).catch(() => true))) drop(stream, 'signed_out');
    }
  };

  const catchUp = async (stream: Streaming) => {
    for (;;) {
      const { xid, seq } = stream.cursor;
      const rows = await app.ports.database.transact(stream.by, (tx) =>
        eventsOfWorkspaceAfter(tx, stream.by, xid, seq, page_size),
      );
      deliver(stream, rows);
      if (rows.length < page_size) break;
    }
    stream.caught_up = true;
    // What came between the last page and now was not delivered live: one more look closes the gap.
    const { xid, seq } = stream.cursor;
    const rest = await app.ports.database.transact(stream.by, (tx) =>
      eventsOfWorkspaceAfter(tx, stream.by, xid, seq, page_size),
    );
    deliver(stream, rest);
  };

  return {
    /** Opens a stream behind a cursor; one that this database never gave is told to fetch afresh. */
    async open(by: Principal, response: ServerResponse, from: string | undefined, types: string[]) {
      const cursor = from === undefined ? app.tail.place() : await knownPlace(app, by, from);
      response.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      if (!cursor) {
        response.end('event: resync\ndata: {}\n\n');
        return;
      }
      const stream: Streaming = { by, response, types: new Set(types), cursor, caught_up: false };
      response.write(`event: ready\ndata: {"cursor":"${cursor.xid}-${cursor.seq}"}\n\n`);
      streams.add(stream);
      response.once('close', () => streams.delete(stream));
      beat ??= setInterval(() => {
        for (const one of streams) one.response.write(': still here\n\n');
      }, heartbeat_ms).unref();
      recheck ??= setInterval(() => void checkRights(), recheck_ms).unref();
      await catchUp(stream).catch(() => drop(stream));
    },
    count: () => streams.size,
    close() {
      clearInterval(beat);
      clearInterval(recheck);
      stopTail();
      for (const stream of streams) drop(stream);
    },
  };
}

/** The place of a cursor, unless it lies in a future that this database never had, as after the
 *  return to an older backup. */
async function knownPlace(app: App, by: Principal, from: string) {
  const cursor = parseCursor(from);
  if (!cursor) return undefined;
  const next = await app.ports.database.transact(by, nextTransaction);
  return BigInt(cursor.xid) < BigInt(next) ? cursor : undefined;
}

const isAfter = (row: EventRow, cursor: { xid: string; seq: string }): boolean => {
  const [xid, at] = [BigInt(row.xid), BigInt(cursor.xid)];
  return xid > at || (xid === at && BigInt(row.seq) > BigInt(cursor.seq));
};

import { setMaxListeners } from 'node:events';
import { type BriefRow, briefsDue, completeBrief } from '../actions/brief.ts';
import type { Minds } from '../actions/mind.ts';
import type { Ports } from '../ports.ts';
import type { Job } from './run.ts';

const briefs_at_once = 8;

/** Briefs of hand-offs are completed. One whose model takes its time holds up no other; one that fails
 *  is logged and tried again when its time is up. */
export function briefWriter(ports: Ports, minds: Minds): Job {
  const closing = new AbortController();
  setMaxListeners(briefs_at_once, closing.signal);
  const running = new Set<Promise<void>>();
  const begin = (row: BriefRow) => {
    const one = completeBrief({ ports, minds, closing: closing.signal }, row)
      .catch((error) =>
        ports.log.error(
          { error: String(error), conversation_id: row.conversation_id },
          'a brief could not be completed; it is tried again',
        ),
      )
      .finally(() => running.delete(one));
    running.add(one);
  };
  return {
    name: 'briefs',
    // Nobody waits for it by the millisecond, as for a reply.
    every_ms: 300,
    async run() {
      if (running.size >= briefs_at_once) return 0;
      const due = await briefsDue(ports, briefs_at_once - running.size);
      for (const row of due) begin(row);
      return due.length;
    },
    async close() {
      closing.abort();
      await Promise.all(running);
    },
  };
}

import { readStreaming } from '../actions/streaming.ts';
import type { Ports } from '../ports.ts';

/** How often it is looked what was written of replies. */
const beat_ms = 150;

export interface Watched {
  id: string;
  by: { workspace_id: string };
  /** The bot owes the customer an answer, so that it may begin to write one. */
  owed: boolean;
  /** What was told of a reply that is being written: its message, and how much of it. */
  seen: string;
}

export const seenOf = (id: string | null | undefined, length: number | null | undefined) =>
  id ? `${id} ${length}` : '';
/** As the store counts: by characters, not by UTF-16 units. */
export const lengthOf = (text: string | undefined) => (text === undefined ? 0 : [...text].length);

/** What is written of a reply makes no event, so it is looked for where one is owed: one query a
 *  workspace and beat, none where no model writes. */
export function watchWriting<One extends Watched>(
  ports: Ports,
  all: () => One[],
  tell: (one: One) => void,
  signal: AbortSignal,
): void {
  if (!ports.language_model) return;
  const look = async () => {
    const owed = all().filter((one) => one.owed);
    for (const workspace_id of new Set(owed.map(({ by }) => by.workspace_id))) {
      const ones = owed.filter(({ by }) => by.workspace_id === workspace_id);
      const rows = await readStreaming(ports, { workspace_id }, [
        ...new Set(ones.map(({ id }) => id)),
      ]);
      const found = new Map(rows.map((row) => [row.id, row]));
      for (const one of ones) {
        const row = found.get(one.id);
        one.owed = row?.owed ?? false;
        if (seenOf(row?.message_id, row?.length) !== one.seen) tell(one);
      }
    }
  };
  void (async () => {
    while (!signal.aborted) {
      await ports.clock.pause(beat_ms, signal);
      // A database that is away is looked at again at the next beat.
      if (!signal.aborted) await look().catch(() => {});
    }
  })();
}

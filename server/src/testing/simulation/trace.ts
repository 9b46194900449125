import { createHash } from 'node:crypto';
import type { VirtualTime } from './time.ts';

/** Places in the event log name transactions of the engine, which count on over every run. */
const cursor = /\b\d+-\d+\b(?=")/g;
/** Ids of requests and times are the seed's; only what is the engine's own is left out. */
const plain = (text: string) => text.replaceAll(cursor, 'cursor');

/** Everything that happens, line by line, with its virtual time: two runs of a seed are the same when
 *  their traces are, byte for byte. */
export function openTrace(time: VirtualTime) {
  const lines: string[] = [];
  const whole = createHash('sha256');
  const began_ms = time.now_ms();
  return {
    lines: lines as readonly string[],
    say(words: string): void {
      const seconds = ((time.now_ms() - began_ms) / 1_000).toFixed(3);
      const line = `${String(lines.length + 1).padStart(5)} +${seconds}s ${plain(words)}`;
      lines.push(line);
      whole.update(`${line}\n`);
    },
    /** A body in one line: its start to read by, its digest to compare all of it by. */
    brief(body: unknown): string {
      if (body === undefined || body === null || body === '') return '';
      const text = plain(typeof body === 'string' ? body : JSON.stringify(body));
      if (text.length <= 120) return text;
      const digest = createHash('sha256').update(text).digest('hex').slice(0, 12);
      return `${text.slice(0, 100)}… ${digest}`;
    },
    digest: () => whole.copy().digest('hex'),
  };
}
export type Trace = ReturnType<typeof openTrace>;

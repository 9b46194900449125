import { fromMs, type Instant } from '@wheelhouse/core';
import type { Clock } from '../../ports.ts';
import type { Stage } from './stage.ts';

/** When every simulation begins: a Monday morning. */
const begins_ms = Date.UTC(2027, 0, 4, 9);

/** Time that moves only when the schedule says so. */
export function virtualTime(stage: Stage) {
  let now_ms = begins_ms;
  const now = (): Instant => fromMs(now_ms);
  return {
    now,
    now_ms: () => now_ms,
    advance(ms: number): void {
      now_ms += ms;
    },
    /** The clock of a node; what it waits for is due when its time has come, and may come later. */
    clockOf: (node: string): Clock => ({
      now,
      ticks_ms: () => now_ms - begins_ms,
      async pause(ms, signal) {
        if (signal?.aborted) return;
        const { turn, withdraw } = stage.park<void>('timer', node, now_ms + ms);
        const wake = () => withdraw();
        signal?.addEventListener('abort', wake);
        await turn;
        signal?.removeEventListener('abort', wake);
      },
    }),
  };
}
export type VirtualTime = ReturnType<typeof virtualTime>;

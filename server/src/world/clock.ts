import { setTimeout as timer } from 'node:timers/promises';
import { fromMs } from '@wheelhouse/core';
import type { Clock } from '../ports.ts';

export const systemClock: Clock = {
  now: () => fromMs(Date.now()),
  ticks_ms: () => performance.now(),
  pause: async (ms, signal) => {
    await timer(ms, undefined, signal ? { signal } : undefined).catch(() => {});
  },
};

import { useSyncExternalStore } from 'react';
import { clockText, spanText } from './duration.ts';

const watchers = new Set<() => void>();
let ticking: ReturnType<typeof setInterval> | undefined;
let second = Math.floor(Date.now() / 1_000);

function watch(watcher: () => void) {
  watchers.add(watcher);
  ticking ??= setInterval(() => {
    if (document.hidden) return;
    second = Math.floor(Date.now() / 1_000);
    for (const each of watchers) each();
  }, 1_000);
  return () => {
    watchers.delete(watcher);
    if (watchers.size) return;
    clearInterval(ticking);
    ticking = undefined;
  };
}

/** One clock for the whole page, so that a thousand rows need one timer. Each user is drawn again
 *  only when what it makes of the time has changed.
 *  @param read what is made of the time (milliseconds since 1970); a primitive */
export const useClock = <T extends string | number | boolean | null>(
  read: (now_ms: number) => T,
): T => useSyncExternalStore(watch, () => read(Math.max(second * 1_000, 0)));

/** How long ago, in words that keep up; the exact time on pointing. */
export function Ago({ at, short }: { at: string; short?: boolean }) {
  const text = useClock((now) => spanText(now - Date.parse(at)));
  return (
    <time dateTime={at} title={clockText(at)}>
      {short || text === 'now' ? text : `${text} ago`}
    </time>
  );
}

import { type LookingNow, readLooking } from '../actions/looking.ts';
import type { Ports } from '../ports.ts';

/** Who stopped without saying so is noticed within this time. */
const poll_ms = 1_000;
/** Wakes come with every write anywhere; it is looked no more often than this. */
const least_pause_ms = 200;

export type OnLooking = (now: LookingNow) => void;

/** Tells this process who begins or stops to look, type or read. It reads what there is and says
 *  what differs, and does so only while somebody listens: heartbeats are no events, and a glance that
 *  nobody sees costs nothing. */
export function lookingWatch(ports: Ports) {
  const listeners = new Set<OnLooking>();
  const closing = new AbortController();
  let known = new Map<string, { text: string; now: LookingNow }>();
  let sleeper = new AbortController();
  let running = false;
  let wanted: () => boolean = () => false;

  const lookOnce = async () => {
    const found = new Map<string, { text: string; now: LookingNow }>();
    for (const now of await readLooking(ports)) {
      found.set(now.conversation_id, { text: JSON.stringify(now), now });
    }
    const told: LookingNow[] = [];
    for (const [id, { text, now }] of found) if (known.get(id)?.text !== text) told.push(now);
    for (const [id, { now }] of known) {
      if (!found.has(id)) told.push({ ...now, looking: [], customer_typing: false });
    }
    known = found;
    for (const now of told) for (const listener of listeners) listener(now);
  };
  const run = async () => {
    while (wanted() && !closing.signal.aborted) {
      sleeper = new AbortController();
      await lookOnce().catch(() => {});
      await ports.clock.pause(least_pause_ms, closing.signal);
      if (!sleeper.signal.aborted) await ports.clock.pause(poll_ms, sleeper.signal);
    }
    running = false;
    known = new Map();
  };
  const stopWaking = ports.database.onWake(() => sleeper.abort());

  return {
    on(listener: OnLooking) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    /** Whether somebody listens at all is asked before each look. */
    while(listened: () => boolean) {
      const before = wanted;
      wanted = () => before() || listened();
    },
    /** Begins to look, if it does not: somebody listens from now on. */
    begin() {
      if (running || closing.signal.aborted) return;
      running = true;
      void run();
    },
    close() {
      closing.abort();
      sleeper.abort();
      stopWaking();
    },
  };
}
export type LookingWatch = ReturnType<typeof lookingWatch>;

import type { ClaimedCase } from '@wheelhouse/core';
import { api } from '../../live/api.ts';
import { isProblem } from '../../live/problem.ts';

export interface Held {
  epoch: number;
  /** When to say again that we are still at it, milliseconds since 1970. */
  renew_at: number;
  /** Until when it is ours, as far as was last heard. */
  expires_at: number;
  /** The last renewal did not get through. By itself a time that is past says little: the server's
   *  clock is not ours. */
  unheard: boolean;
}

export interface LeaseHandlers {
  /** A lease ran out or was taken from us. */
  lost(case_id: string): void;
  /** The server was asked to renew one: it did, or it could not be reached. */
  asked(case_id: string, reached: boolean): void;
}

const look_ms = 5_000;
/** A lease is renewed at half its time, but at least this often: the server's clock is not ours. */
const longest_ms = 60_000;
/** Someone who has not touched anything for so long has left the desk, and holds nothing. */
const idle_ms = 10 * 60_000;

/** The cases we hold, kept ours while someone is there: renewed at half their time while the page is
 *  seen and used, given back on leaving. */
export class Leases {
  readonly #held = new Map<string, Held>();
  readonly #handlers: LeaseHandlers;
  #timer: ReturnType<typeof setInterval> | undefined;
  #touched_at = Date.now();

  constructor(handlers: LeaseHandlers) {
    this.#handlers = handlers;
  }

  start() {
    this.#timer = setInterval(() => this.#beat(Date.now()), look_ms);
    for (const name of touches) addEventListener(name, this.#touch, { passive: true });
    addEventListener('pagehide', this.#leave);
  }

  /** Gives everything back. */
  stop() {
    clearInterval(this.#timer);
    for (const name of touches) removeEventListener(name, this.#touch);
    removeEventListener('pagehide', this.#leave);
    for (const case_id of this.ids()) void this.giveBack(case_id, true);
  }

  take(case_id: string, { epoch, expires_at }: ClaimedCase['lease'], now = Date.now()) {
    const until = Date.parse(expires_at);
    const renew_at = now + Math.min(longest_ms, Math.max(0, (until - now) / 2));
    this.#held.set(case_id, { epoch, renew_at, expires_at: until, unheard: false });
  }

  has = (case_id: string): boolean => this.#held.has(case_id);
  ids = (): string[] => [...this.#held.keys()];
  /** Those that have probably run out: past their time, and out of reach to be renewed. */
  doubtful = (now: number): string[] =>
    this.ids().filter((id) => {
      const held = this.#held.get(id);
      return held?.unheard && held.expires_at <= now;
    });

  /** Takes a lease out for an answer to be sent under it: it is neither renewed nor given back
   *  meanwhile. */
  withdraw(case_id: string): Held | undefined {
    const held = this.#held.get(case_id);
    this.#held.delete(case_id);
    return held;
  }

  /** Puts a lease back whose answer did not go through. */
  restore(case_id: string, held: Held) {
    this.#held.set(case_id, { ...held, renew_at: Date.now() });
  }

  /** Lets others have a case. It lapses by itself if the server cannot be told. */
  giveBack(case_id: string, keepalive = false): Promise<void> {
    const held = this.#held.get(case_id);
    this.#held.delete(case_id);
    if (!held) return Promise.resolve();
    return api.cases.giveBack(case_id, held.epoch, { keepalive }).catch(() => undefined);
  }

  readonly #touch = () => {
    this.#touched_at = Date.now();
  };

  readonly #leave = () => {
    remember(this.ids());
    for (const case_id of this.ids()) void this.giveBack(case_id, true);
  };

  #beat(now: number) {
    if (document.hidden || now - this.#touched_at > idle_ms) return;
    for (const [case_id, held] of this.#held) {
      if (held.renew_at > now) continue;
      held.renew_at = now + longest_ms;
      void this.#renew(case_id, held);
    }
  }

  async #renew(case_id: string, held: Held) {
    try {
      const lease = await api.cases.renew(case_id, held.epoch);
      if (this.#held.get(case_id) !== held) return;
      this.take(case_id, lease);
      this.#handlers.asked(case_id, true);
    } catch (problem) {
      if (!isProblem(problem, 'lease_lost') && !isProblem(problem, 'not_found')) {
        // Out of reach for the moment: asked again soon, and the server lets it lapse if not.
        held.renew_at = Date.now() + look_ms;
        held.unheard = true;
        this.#handlers.asked(case_id, false);
        return;
      }
      if (this.#held.get(case_id) !== held) return;
      this.#held.delete(case_id);
      this.#handlers.lost(case_id);
    }
  }
}

const touches = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;

const memory = 'wheelhouse.held';

/** What this tab held when its page went away, for the page that a reload brings. */
function remember(case_ids: string[]) {
  try {
    sessionStorage.setItem(memory, JSON.stringify(case_ids));
  } catch {
    // Without storage a reload starts with nothing held.
  }
}

/** Whether this tab held a case when its page was reloaded. Asked once. */
export function heldBefore(case_id: string): boolean {
  try {
    const kept = sessionStorage.getItem(memory) ?? '';
    sessionStorage.removeItem(memory);
    return kept.includes(case_id);
  } catch {
    return false;
  }
}

import type { Event, LookingChange } from '@wheelhouse/core';
import { type Frame, frameReader } from '@wheelhouse/sdk';
import { connection } from './connection.ts';
import { leading } from './leading.ts';
import { addressOf } from './request.ts';

export interface StreamHandlers {
  event(event: Event): void;
  /** Somebody looks, types or reads; it is no event, and is not told again after a lost line. */
  looking(change: LookingChange): void;
  /** The past cannot be caught up with: everything on screen is to be fetched afresh. */
  resync(): void;
  signedOut(): void;
}

/** The server comments every 15 s; a stream silent for longer than this is dead. */
const silence_ms = 40_000;
const longest_nap_ms = 15_000;
/** Browsers allow six connections a server over HTTP/1.1, so a hidden tab gives its own up, but for
 *  the one that alerts for all of them. */
const hidden_ms = 60_000;

/** Nobody is told of what comes: the tab is hidden, and another one alerts. */
const unseen = () => document.hidden && !leading.get();

/** Follows the server's events from now on, over lost connections and hidden tabs: it goes on from
 *  the last cursor it saw. `fetch` rather than EventSource, which shows neither heartbeats nor the
 *  status of a refusal. */
export class Stream {
  readonly #handlers: StreamHandlers;
  #stopped = false;
  #cursor: string | null = null;
  #attempt = 0;
  #abort = new AbortController();
  #wake = () => {};
  #hidden: ReturnType<typeof setTimeout> | undefined;
  readonly #unwatch: () => void;

  constructor(handlers: StreamHandlers) {
    this.#handlers = handlers;
    document.addEventListener('visibilitychange', this.#look);
    addEventListener('online', this.#online);
    addEventListener('offline', this.#offline);
    this.#unwatch = leading.watch(this.#look);
    void this.#run();
  }

  stop() {
    this.#stopped = true;
    this.#abort.abort();
    this.#wake();
    clearTimeout(this.#hidden);
    document.removeEventListener('visibilitychange', this.#look);
    removeEventListener('online', this.#online);
    removeEventListener('offline', this.#offline);
    this.#unwatch();
    connection.set('idle');
  }

  readonly #online = () => this.#wake();
  readonly #offline = () => this.#abort.abort();
  readonly #look = () => {
    clearTimeout(this.#hidden);
    if (unseen()) this.#hidden = setTimeout(() => this.#abort.abort(), hidden_ms);
    else this.#wake();
  };

  async #run() {
    while (!this.#stopped) {
      connection.set('connecting');
      await this.#once();
      if (this.#stopped) return;
      if (unseen()) await this.#nap();
      else {
        connection.set('lost');
        const wait = Math.min(longest_nap_ms, 500 * 2 ** this.#attempt++);
        await this.#nap(wait * (0.75 + Math.random() / 2));
      }
    }
  }

  /** Waits for a time, or until something wakes it; without a time, until the page is shown. */
  #nap(ms?: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = ms === undefined ? undefined : setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async #once(): Promise<void> {
    this.#abort = new AbortController();
    let quiet: ReturnType<typeof setTimeout> | undefined;
    const heard = () => {
      clearTimeout(quiet);
      quiet = setTimeout(() => this.#abort.abort(), silence_ms);
    };
    try {
      heard();
      const response = await fetch(addressOf('/events'), {
        headers: {
          accept: 'text/event-stream',
          ...(this.#cursor ? { 'last-event-id': this.#cursor } : {}),
        },
        credentials: 'same-origin',
        cache: 'no-store',
        signal: this.#abort.signal,
      });
      if (response.status === 401) return this.#signedOut();
      if (response.status === 410) return this.#resync();
      if (!response.ok || !response.body) return;
      const read = frameReader();
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (;;) {
        const { value, done } = await reader.read();
        if (done || this.#stopped) return;
        heard();
        for (const frame of read(value)) this.#take(frame);
      }
    } catch {
      // Cut or aborted: the loop says so on screen and tries again.
    } finally {
      clearTimeout(quiet);
    }
  }

  #take({ event, id, data }: Frame) {
    if (event === 'signed_out') return this.#signedOut();
    if (event === 'resync') return this.#resync();
    if (event === 'ready') {
      // Only the first one counts: on a return the last event seen says where to go on from.
      this.#cursor ??= (JSON.parse(data) as { cursor: string }).cursor;
      this.#attempt = 0;
      connection.set('live');
      return;
    }
    if (event === 'looking') {
      this.#handlers.looking(JSON.parse(data) as LookingChange);
      return;
    }
    if (id) this.#cursor = id;
    this.#handlers.event(JSON.parse(data) as Event);
  }

  #signedOut() {
    this.stop();
    this.#handlers.signedOut();
  }

  #resync() {
    this.#cursor = null;
    this.#handlers.resync();
    this.#abort.abort();
  }
}

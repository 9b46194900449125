import { type ChatState, Refused } from './state.ts';

const first_wait_ms = 500;
const longest_wait_ms = 15_000;
/** Whoever is turned away is let in again at once; when that was of no use, it waits like anyone. */
const turned_away_ms = 10_000;

interface Way {
  state(): ChatState;
  change(change: Partial<ChatState>): void;
  admit(): Promise<void>;
  /** The conversation that is shown. */
  here(): string | undefined;
  /** Hears a conversation until the signal, or the server, ends it. @throws Refused */
  listen(id: string, signal: AbortSignal, began: () => void): Promise<void>;
  /** What a refusal of the server changes. @returns whether to begin anew */
  refused(status: number): boolean;
  flush(): void;
}

/** Follows the conversation that is shown: a connection that is lost is sought again, ever more seldom,
 *  and goes on where it was. */
export class Following {
  #way: Way;
  #run: AbortController | undefined;
  /** What stands open to the server. */
  #open: AbortController | undefined;
  #wake: (() => void) | undefined;
  #again = false;

  constructor(way: Way) {
    this.#way = way;
  }

  get on(): boolean {
    return this.#run !== undefined;
  }

  begin(): void {
    if (!this.#run) void this.#go();
  }

  stop(): void {
    this.#run?.abort();
    this.#run = undefined;
    this.#open?.abort();
    this.#wake?.();
  }

  restart(): void {
    this.stop();
    this.begin();
  }

  /** What was let in is let in anew before it hears more. */
  anew(): void {
    this.#again = true;
    this.#open?.abort();
    this.begin();
  }

  async #go(): Promise<void> {
    const run = new AbortController();
    this.#run = run;
    const end = () => {
      if (this.#run === run) this.#run = undefined;
    };
    let wait_ms = first_wait_ms;
    let turned_at = Number.NEGATIVE_INFINITY;
    while (!run.signal.aborted) {
      this.#again = false;
      try {
        await this.#way.admit();
        if (run.signal.aborted) return;
        const id = this.#way.here();
        if (!id) {
          // Nothing to follow until something is said.
          end();
          this.#way.change({ online: true });
          this.#way.flush();
          return;
        }
        this.#open = new AbortController();
        await this.#way.listen(id, this.#open.signal, () => {
          wait_ms = first_wait_ms;
          this.#way.change({ online: true });
          this.#way.flush();
        });
      } catch (thrown) {
        if (run.signal.aborted) return;
        const { barred, missing } = this.#way.state();
        if (barred || missing) return end();
        this.#again ||= thrown instanceof Refused && this.#way.refused(thrown.status);
      }
      if (run.signal.aborted) return;
      if (this.#again && performance.now() - turned_at > turned_away_ms) {
        turned_at = performance.now();
        continue;
      }
      this.#way.change({ online: navigator.onLine !== false && wait_ms === first_wait_ms });
      await this.#pause(wait_ms);
      wait_ms = Math.min(longest_wait_ms, wait_ms * 2);
    }
  }

  #pause(wait_ms: number): Promise<void> {
    return new Promise((done) => {
      this.#wake = done;
      setTimeout(done, wait_ms * (0.75 + Math.random() / 2));
    });
  }
}

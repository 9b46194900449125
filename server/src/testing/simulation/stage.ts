import { AsyncLocalStorage } from 'node:async_hooks';

/** Where something may wait for its turn. */
export type Wait = 'transaction' | 'commit' | 'send' | 'reply' | 'timer' | 'notice';

/** Something that waits until the schedule lets it go on, with a word that says how. */
export interface Parked {
  wait: Wait;
  /** What it is part of: an act, or a job of a node. */
  who: string;
  node: string;
  /** When a timer is due, in milliseconds since 1970; 0 for what may go on at any time. */
  due_ms: number;
  go(word: unknown): void;
}

/** The rest a node takes between two looks, when it has nothing to do. */
export const isRest = ({ wait, who, node }: Parked): boolean =>
  wait === 'timer' && who.startsWith(`${node} `);

/** Turns of the event loop without any sign of life after which all that can run has run. The
 *  longest silence between two signs measured is 3 turns, while a request's body is read. */
const quiet_turns = 8;

/**
 * Everything that happens in a simulation waits here for its turn: each transaction before it
 * begins, each send before its answer, each pause before its end. The schedule lets one go on, and
 * `settle` comes back when everything that follows from it waits here again. One thing at a time,
 * in an order that only the seed decides: that is what makes a run repeat exactly.
 */
export function openStage() {
  const parts = new AsyncLocalStorage<string>();
  const parked: Parked[] = [];
  const working = new Set<Promise<unknown>>();
  let signs = 0;

  const leave = (one: Parked): boolean => {
    const at = parked.indexOf(one);
    if (at >= 0) parked.splice(at, 1);
    signs += 1;
    return at >= 0;
  };

  return {
    parked: parked as readonly Parked[],
    /** Runs a part of the play under a name, which all that it starts keeps. */
    as: <Result>(who: string, play: () => Result): Result => {
      signs += 1;
      return parts.run(who, play);
    },
    who: () => parts.getStore() ?? 'nobody',
    /** A sign of life. */
    stir: () => {
      signs += 1;
    },
    /** Waits for its turn. @returns the promise of a word, and how to stop waiting */
    park<Word>(wait: Wait, node: string, due_ms = 0) {
      let leaveWith: (word: Word) => void = () => {};
      const turn = new Promise<Word>((resolve) => {
        leaveWith = resolve;
      });
      const who = parts.getStore() ?? 'nobody';
      const one: Parked = { wait, who, node, due_ms, go: (word) => leaveWith(word as Word) };
      parked.push(one);
      signs += 1;
      return { turn, withdraw: (word: Word) => leave(one) && leaveWith(word) };
    },
    release(one: Parked, word?: unknown): void {
      if (leave(one)) one.go(word);
    },
    /** What waits in a node that was killed never goes on; the engine undoes what it left open. */
    drop(node: string): void {
      for (const one of parked.filter((each) => each.node === node)) {
        leave(one);
        if (one.wait === 'commit') one.go('killed');
      }
    },
    /** Work of the real outside: the engine's answer is waited for however long it takes. */
    async work<Result>(doing: Promise<Result>): Promise<Result> {
      const done = doing.then(
        () => {},
        () => {},
      );
      working.add(done);
      try {
        return await doing;
      } finally {
        working.delete(done);
        signs += 1;
      }
    },
    /** Comes back when all that can run has run. */
    async settle(): Promise<void> {
      for (let quiet = 0; quiet < quiet_turns; ) {
        const before = signs;
        if (working.size) await Promise.race(working);
        else await new Promise<void>((resolve) => setImmediate(resolve));
        quiet = signs === before && !working.size ? quiet + 1 : 0;
      }
    },
    /** Every promise of the process carries the parts of each stage that is open: after a hundred runs
     *  one cost sixty times what it costs else. */
    close: () => parts.disable(),
  };
}
export type Stage = ReturnType<typeof openStage>;

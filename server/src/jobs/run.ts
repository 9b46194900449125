import type { Metrics, Ports } from '../ports.ts';

/** One piece of background work: returns how much it did, 0 when there is nothing to do. */
export interface Job {
  name: string;
  every_ms: number;
  run(): Promise<number>;
  /** Somebody waits for what it does: it looks as soon as any server has written. */
  wakes?: boolean;
  /** Ends what a run left under way. */
  close?(): Promise<void>;
}

/** What was just committed may hide behind an older transaction for a moment, so it is looked for again
 *  this long after a wake-up. */
const second_looks_ms = [8, 40];

/** The pauses of one job. A wake-up cuts one short, and is not lost when it comes between two. */
function sleeper({ clock, database }: Ports, wakes: boolean) {
  let ended = false;
  let woken = false;
  let looks = 0;
  let rest = new AbortController();
  const wake = () => {
    woken = true;
    rest.abort();
  };
  const stopWaking = wakes ? database.onWake(wake) : () => {};
  return {
    ended: () => ended,
    async pause(ms: number) {
      if (woken) looks = second_looks_ms.length;
      woken = false;
      rest = new AbortController();
      const soon_ms = looks ? second_looks_ms.at(-looks) : undefined;
      if (looks) looks -= 1;
      if (!ended) await clock.pause(Math.min(ms, soon_ms ?? ms), rest.signal);
    },
    end() {
      ended = true;
      stopWaking();
      rest.abort();
    },
  };
}

/** Runs each job over and over: at once again while it finds work, else after its pause, and at a
 *  wake-up where someone waits for it. A failing job is logged, waits longer, and never stops the
 *  others. */
export function runJobs(ports: Ports, jobs: Job[], metrics?: Metrics) {
  const sleepers = jobs.map(({ wakes = false }) => sleeper(ports, wakes));
  const loops = jobs.map(async ({ name, every_ms, run }, at) => {
    const sleep = sleepers[at] as ReturnType<typeof sleeper>;
    let failures = 0;
    while (!sleep.ended()) {
      try {
        const done = await run();
        failures = 0;
        metrics?.turn(name, done ? 'worked' : 'idle');
        if (done) {
          ports.database.wake();
          continue;
        }
      } catch (error) {
        failures += 1;
        metrics?.turn(name, 'failed');
        ports.log.warn({ error: String(error), job: name, failures }, 'a job failed; trying again');
      }
      await sleep.pause(failures ? Math.min(30_000, every_ms * 2 ** failures) : every_ms);
    }
  });
  return {
    async close() {
      for (const sleep of sleepers) sleep.end();
      await Promise.all(jobs.map((job) => job.close?.()));
      await Promise.all(loops);
    },
  };
}

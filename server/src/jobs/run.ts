import type { Metrics, Ports } from '../ports.ts';

/** One piece of background work: returns how much it did, 0 when there is nothing to do, or `soon` when
 *  what is to be done is there and hidden yet behind an older transaction. */
export interface Job {
  name: string;
  every_ms: number;
  run(): Promise<number | 'soon'>;
  /** Somebody waits for what it does: it looks as soon as any server has written. */
  wakes?: boolean;
  /** What it does is told by whoever does it, so that a run of it wakes nobody more. */
  tells_itself?: boolean;
  /** Ends what a run left under way. */
  close?(): Promise<void>;
}

/** What hides for a moment is looked for again after the first of these, and then after the last. Looking
 *  again after every wake-up, hidden or not, cost more than the work: measured, of 34 transactions a
 *  message 20 were looks that found nothing. */
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
    async pause(ms: number, soon: boolean) {
      rest = new AbortController();
      if (woken) rest.abort();
      woken = false;
      const soon_ms = soon ? (second_looks_ms[looks] ?? 40) : ms;
      looks = soon ? looks + 1 : 0;
      if (!ended) await clock.pause(Math.min(ms, soon_ms), rest.signal);
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
  const loops = jobs.map(async ({ name, every_ms, run, tells_itself }, at) => {
    const sleep = sleepers[at] as ReturnType<typeof sleeper>;
    let failures = 0;
    while (!sleep.ended()) {
      let soon = false;
      try {
        const done = await run();
        failures = 0;
        soon = done === 'soon';
        metrics?.turn(name, done && !soon ? 'worked' : 'idle');
        if (done && !soon) {
          if (!tells_itself) ports.database.wake();
          continue;
        }
      } catch (error) {
        failures += 1;
        metrics?.turn(name, 'failed');
        ports.log.warn({ error: String(error), job: name, failures }, 'a job failed; trying again');
      }
      await sleep.pause(failures ? Math.min(30_000, every_ms * 2 ** failures) : every_ms, soon);
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

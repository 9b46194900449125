import type { Metrics, Ports } from '../ports.ts';

/** One piece of background work: returns how much it did, 0 when there is nothing to do. */
export interface Job {
  name: string;
  every_ms: number;
  run(): Promise<number>;
  /** Ends what a run left under way. */
  close?(): Promise<void>;
}

/** Runs each job over and over: at once again while it finds work, else after its pause, and soon
 *  after any wake-up. A failing job is logged, waits longer, and never stops the others. */
export function runJobs(ports: Ports, jobs: Job[], metrics?: Metrics) {
  const closing = new AbortController();
  const loops = jobs.map(async ({ name, every_ms, run }) => {
    let failures = 0;
    while (!closing.signal.aborted) {
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
      const wait = failures ? Math.min(30_000, every_ms * 2 ** failures) : every_ms;
      await ports.clock.pause(wait, closing.signal);
    }
  });
  return {
    async close() {
      closing.abort();
      await Promise.all(jobs.map((job) => job.close?.()));
      await Promise.all(loops);
    },
  };
}

import { Worker } from 'node:worker_threads';
import { invalid, type ReadDocument, refuse } from '@wheelhouse/core';
import robotsParser from 'robots-parser';
import type { Documents } from '../../ports.ts';

/** Read at a time; others wait for their turn. */
const most_at_once = 2;
const most_waiting = 20;
const longest_ms = 15_000;
const heap_mb = 256;
/** What is unpacked stands outside the heap, so the growth of the whole program is watched too. */
const most_growth = 512 * 1_048_576;
const watch_ms = 50;

/** What robots.txt knows us by. */
export const agent = 'Wheelhouse';

// Its types describe another kind of module than it is.
const robotsOf = robotsParser as unknown as (
  url: string,
  text: string,
) => { isAllowed(url: string, agent: string): boolean | undefined };

// Tests run the sources; a thread runs what was built of them.
const script = new URL(
  import.meta.url.includes('/src/world/') ? '../../../dist/world/documents/worker.js' : 'worker.js',
  import.meta.url,
);

/** Reads documents of strangers, each in a thread of its own with an end to its time and memory: what
 *  is made to hang or to burst ends as a fault of that file, and the server answers meanwhile. */
export function documents(): Documents {
  const waiting: (() => void)[] = [];
  let running = 0;
  const begin = async () => {
    if (running < most_at_once) {
      running += 1;
      return;
    }
    if (waiting.length >= most_waiting)
      throw refuse('too_many_requests', { retry_after_ms: 5_000 });
    await new Promise<void>((go) => waiting.push(go));
  };
  const end = () => {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  };
  return {
    async read(kind, bytes, { base, charset } = {}) {
      await begin();
      try {
        return await readApart({ kind, bytes, base, charset });
      } finally {
        end();
      }
    },
    mayVisit: (url, robots) => robotsOf(robots.url, robots.text).isAllowed(url, agent) !== false,
  };
}

interface Work {
  kind: 'html' | 'pdf';
  bytes: Uint8Array;
  base: string | undefined;
  charset: string | undefined;
}

function readApart(work: Work): Promise<ReadDocument> {
  const before = process.memoryUsage.rss();
  return new Promise((resolve, reject) => {
    const worker = new Worker(script, {
      workerData: work,
      env: {},
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: heap_mb, maxYoungGenerationSizeMb: 32 },
    });
    const fail = (message: string) => {
      reject(invalid({ field: 'file', message }));
      void worker.terminate();
    };
    const burst = 'needs more memory than a file may';
    const timer = setTimeout(
      () => fail(`could not be read within ${longest_ms / 1_000} seconds`),
      longest_ms,
    );
    const watch = setInterval(() => {
      if (process.memoryUsage.rss() - before > most_growth) fail(burst);
    }, watch_ms);
    worker.on('message', (said: { document?: ReadDocument; fault?: string }) => {
      if (said.document) resolve(said.document);
      else fail(said.fault ?? 'cannot be read');
    });
    worker.once('error', (error: NodeJS.ErrnoException) =>
      fail(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? burst : 'cannot be read'),
    );
    worker.once('exit', () => {
      clearTimeout(timer);
      clearInterval(watch);
      fail('cannot be read');
    });
  });
}

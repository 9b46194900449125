import { Worker } from 'node:worker_threads';
import {
  type Classifier,
  type LabelledText,
  restoreClassifier,
  type TrainingProgress,
} from '@wheelhouse/core/learn';

/** Trains the built-in classifier in a thread of its own, so that requests are served meanwhile.
 *  @throws Refusal-like Error when the examples cannot be learned from, or when it is aborted */
export function trainLocally(
  examples: LabelledText[],
  options: {
    seed: number;
    on_progress?: (progress: TrainingProgress) => void;
    signal?: AbortSignal;
  },
): Promise<Classifier> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./local-worker.js', import.meta.url), {
      workerData: { examples, seed: options.seed },
    });
    const stop = () => {
      void worker.terminate();
      reject(new Error('training was stopped'));
    };
    options.signal?.addEventListener('abort', stop, { once: true });
    worker.on(
      'message',
      (said: { progress?: TrainingProgress; bytes?: Uint8Array<ArrayBuffer> }) => {
        if (said.progress) options.on_progress?.(said.progress);
        if (said.bytes) resolve(restoreClassifier(said.bytes));
      },
    );
    worker.once('error', reject);
    worker.once('exit', () => options.signal?.removeEventListener('abort', stop));
  });
}

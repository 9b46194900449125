import { parentPort, workerData } from 'node:worker_threads';
import { type LabelledText, trainClassifier } from '@wheelhouse/core/learn';

const { examples, seed } = workerData as { examples: LabelledText[]; seed: number };
const classifier = trainClassifier(examples, {
  seed,
  on_progress: (progress) => parentPort?.postMessage({ progress }),
});
const bytes = classifier.toBytes();
parentPort?.postMessage({ bytes }, [bytes.buffer]);

import { parentPort, workerData } from 'node:worker_threads';
import { textIn } from '@wheelhouse/core';
import { readHtml } from './html.ts';
import { readPdf } from './pdf.ts';

const { kind, bytes, base, charset } = workerData as {
  kind: 'html' | 'pdf';
  bytes: Uint8Array;
  base: string | undefined;
  charset: string | undefined;
};

try {
  const document = kind === 'pdf' ? await readPdf(bytes) : readHtml(textIn(bytes, charset), base);
  parentPort?.postMessage({ document });
} catch (thrown) {
  const { name, message } = thrown as Error;
  const known = /^(has|holds) /.test(message) ? message : undefined;
  const locked = name === 'PasswordException' ? 'is locked by a password' : undefined;
  parentPort?.postMessage({
    fault: known ?? locked ?? `is no ${kind.toUpperCase()} that can be read`,
  });
}

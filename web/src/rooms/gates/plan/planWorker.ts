import { hashBytes, ScoredFileReader, type ScoredRow } from '@wheelhouse/core';
import {
  alpha_steps,
  blocksOf,
  byTier,
  certificatesBy,
  curve_points,
  planGate,
  riskCurve,
} from '@wheelhouse/core/learn';
import type { Ask, ReadFile, Told } from './planning.ts';

// Reading and playing a large file takes seconds, in which a page would stand still. The outputs stay
// here: a million of them are not copied to and fro.
let outputs: ScoredRow[] = [];

const tell = (told: Told) => postMessage(told);

/** Over this the terminal's command, which reads in pieces, is the way. */
const most_bytes = 256 * 1024 * 1024;

async function read({
  file,
  columns,
  only,
  terms,
}: Extract<Ask, { kind: 'study' }>): Promise<ReadFile> {
  if (file.size > most_bytes) {
    throw new Error(
      'The file is over 256 MiB, the most a page reads. Use wheelhouse gate simulate at a terminal.',
    );
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  const reader = new ScoredFileReader(columns, only, terms);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const piece = 1 << 20;
  try {
    for (let at = 0; at < bytes.length; at += piece) {
      reader.push(decoder.decode(bytes.subarray(at, at + piece), { stream: true }));
      tell({ kind: 'progress', what: 'Reading', share: Math.min(1, (at + piece) / bytes.length) });
    }
    reader.push(decoder.decode());
  } catch (cause) {
    throw new Error('It is not text in UTF-8. Save it as CSV or JSON lines in UTF-8.', { cause });
  }
  const { outputs: rows, ...rest } = reader.end();
  outputs = rows;
  const hex = Array.from(hashBytes(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return { ...rest, name: file.name, digest: `sha256:${hex}`, n: rows.length };
}

async function answer(ask: Ask): Promise<void> {
  if (ask.kind === 'plan') {
    const plan = planGate(outputs, ask.setup, (share) =>
      tell({ kind: 'progress', what: 'Playing the first weeks', share }),
    );
    tell({ kind: 'planned', ask: ask.ask, plan });
    return;
  }
  const file = await read(ask);
  if (!file.columns || file.n < 2) {
    tell({ kind: 'studied', study: { file, shown: null } });
    return;
  }
  // Alpha is tried at every step, and matters to none of this.
  const parts = [...byTier(outputs, { ...ask.setup, alpha: alpha_steps[0] as number })];
  const { delta, seed } = ask.setup;
  const each = { delta: delta / parts.length, seed, partial: file.partial };
  const shown = parts.map(([tier, part], at) => ({
    tier,
    share: part.length / outputs.length,
    curve: riskCurve(blocksOf(part), { points: curve_points }),
    certificates: certificatesBy(part, each, (done) => {
      const share = (at + done / alpha_steps.length) / parts.length;
      tell({ kind: 'progress', what: 'Trying promises', share });
    }),
  }));
  tell({ kind: 'studied', study: { file, shown } });
}

addEventListener('message', ({ data }: MessageEvent<Ask>) => {
  answer(data).catch((thrown: unknown) =>
    tell({ kind: 'failed', message: thrown instanceof Error ? thrown.message : String(thrown) }),
  );
});

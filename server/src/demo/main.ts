import { parseArgs } from 'node:util';
import { Name } from '@wheelhouse/core';
import type { Classifier } from '@wheelhouse/core/learn';
import { readConfig } from '../config.ts';
import { trainLocally } from '../world/trainers/local.ts';
import { readTexts, type TextSet, Unreadable } from './texts.ts';

const usage = `Loads labelled texts through the public API of a running Wheelhouse: the built-in classifier
learns the training part here, then the rest goes through a gate, and what it is unsure of waits on
the desk.

  npm run demo -- --data FOLDER-OR-FILE [--key wh_…] [--url http://127.0.0.1:4173]
      [--gate NAME] [--threshold 0.8] [--limit N] [--text COLUMN] [--label COLUMN] [--seed N]

FOLDER may be Banking77 (train.csv, test.csv) or CLINC150 (data_full.json); a FILE is your own CSV,
TSV or JSONL with a text and a label column. The key (Settings, Keys; role builder) may also come
from WHEELHOUSE_API_KEY.`;

const group = 500;
const scores_kept = 6;
const faults_shown = 10;

/** One line that is written over; only where someone watches. */
const progress = (line: string) => {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${line}`);
};

interface Target {
  url: string;
  key: string;
  gate: string;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      data: { type: 'string' },
      url: { type: 'string' },
      key: { type: 'string' },
      gate: { type: 'string' },
      threshold: { type: 'string', default: '0.8' },
      limit: { type: 'string' },
      text: { type: 'string', default: 'text' },
      label: { type: 'string', default: 'label' },
      seed: { type: 'string', default: '7' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help || !values.data) {
    process.stdout.write(`${usage}\n`);
    if (!values.help) throw new Unreadable('Say what to load: --data FOLDER-OR-FILE.');
    return;
  }
  const config = readConfig();
  const key = values.key ?? config.api_key;
  if (!key)
    throw new Unreadable(
      'A key is needed: --key wh_…, or WHEELHOUSE_API_KEY. Make one under Settings, Keys.',
    );
  const set = readTexts(values.data, { text: values.text, label: values.label });
  const url = values.url ?? config.public_url ?? `http://127.0.0.1:${config.port}`;
  const gate = Name.parse(values.gate ?? set.name.toLowerCase().replaceAll(/[^a-z0-9_-]+/g, '-'));
  const fresh = set.fresh.slice(0, values.limit ? Number(values.limit) : undefined);
  report(set);
  const classifier = await learn(set, Number(values.seed));
  await putGate({ url, key, gate }, set, Number(values.threshold));
  await submit({ url, key, gate }, set, classifier, fresh);
}

function report({ name, train, fresh, faults }: TextSet): void {
  process.stdout.write(
    `${name}: ${train.length} texts to learn from, ${fresh.length} for the gate.\n`,
  );
  for (const fault of faults.slice(0, faults_shown)) process.stdout.write(`  left out ${fault}\n`);
  if (faults.length > faults_shown)
    process.stdout.write(`  … and ${faults.length - faults_shown} more\n`);
}

async function learn({ train }: TextSet, seed: number): Promise<Classifier> {
  const from_ms = performance.now();
  const classifier = await trainLocally(train, {
    seed,
    on_progress: ({ epoch, epochs }) => progress(`  learning: ${epoch} of ${epochs}`),
  });
  const spent_s = (performance.now() - from_ms) / 1_000;
  progress('');
  process.stdout.write(`Learned ${classifier.labels.length} labels in ${spent_s.toFixed(1)} s.\n`);
  return classifier;
}

async function putGate(
  target: Target,
  { name, train, fresh }: TextSet,
  threshold: number,
): Promise<void> {
  const labels = new Set(
    [...train, ...fresh].flatMap(({ label }) => (label === null ? [] : [label])),
  );
  await call(
    target,
    'PUT',
    `/gates/${target.gate}`,
    JSON.stringify({
      title: name,
      description: `Texts of ${name}, read by the built-in classifier.`,
      queue: target.gate,
      policy: { mode: 'threshold', threshold, spot_check: 0.02, undo_ms: 6_000 },
      form: {
        questions: [
          {
            kind: 'choice',
            name: 'label',
            title: 'What is it about?',
            options: [...labels]
              .sort()
              .map((value) => ({ value, label: value.replaceAll('_', ' ') })),
          },
        ],
      },
    }),
  );
}

async function submit(
  target: Target,
  { name }: TextSet,
  classifier: Classifier,
  fresh: TextSet['fresh'],
): Promise<void> {
  const tally = { pass: 0, hold: 0, block: 0, failed: 0, right: 0, judged: 0 };
  for (let from = 0; from < fresh.length; from += group) {
    const rows = fresh.slice(from, from + group);
    const lines = rows.map(({ text, label }, at) => {
      const { label: said, confidence, scores } = classifier.predict(text, { top: scores_kept });
      if (label !== null) tally.judged += 1;
      if (label === said) tally.right += 1;
      return JSON.stringify({
        input: { messages: [{ from: 'customer', text }] },
        content: { label: said },
        confidence,
        scores: Object.fromEntries(scores.map((one) => [one.label, one.probability])),
        model: 'built-in-classifier',
        metadata: { set: name, row: from + at + 1 },
      });
    });
    const answer = await call(
      target,
      'POST',
      `/gates/${target.gate}/outputs`,
      lines.join('\n'),
      'application/x-ndjson',
    );
    const { results } = JSON.parse(answer) as {
      results: { verdict?: 'pass' | 'hold' | 'block'; detail?: string }[];
    };
    for (const { verdict, detail } of results) {
      if (verdict) tally[verdict] += 1;
      else if (++tally.failed <= faults_shown) process.stdout.write(`  refused: ${detail}\n`);
    }
    progress(`  submitted ${Math.min(from + group, fresh.length)} of ${fresh.length}`);
  }
  progress('');
  const share = tally.judged
    ? ` The model agrees with the set's own labels on ${tally.right} of ${tally.judged}.`
    : '';
  process.stdout.write(
    `${tally.pass} passed, ${tally.hold} wait on the desk, ${tally.failed} were refused.${share}\nSee ${target.url}/desk\n`,
  );
}

async function call(
  { url, key }: Target,
  method: string,
  path: string,
  body: string,
  type = 'application/json',
): Promise<string> {
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': type },
    body,
  }).catch((cause: Error) => {
    throw new Unreadable(
      `Nothing answers at ${url}. Start Wheelhouse first (npm start), or say where it is with --url.`,
      { cause },
    );
  });
  const text = await response.text();
  if (!response.ok)
    throw new Unreadable(`${method} ${path}: ${(JSON.parse(text) as { detail: string }).detail}`);
  return text;
}

main().catch((error: Error) => {
  process.stderr.write(`\n${error instanceof Unreadable ? error.message : error.stack}\n`);
  process.exitCode = 1;
});

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededChance } from '@wheelhouse/core/learn';
import { afterAll, expect, test } from 'vitest';
import { simulate } from './heard.ts';

const folder = mkdtempSync(join(tmpdir(), 'wheelhouse-plan-'));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);

const chance = seededChance(9);
const share = () => chance() / 2 ** 32;
const lines = Array.from({ length: 1_500 }, () => {
  const score = share() ** 0.2;
  return JSON.stringify({ confidence: score, correct: share() < score ** 0.2 });
});
writeFileSync(at('outputs.jsonl'), lines.join('\n'));
const versioned = lines.map((line, at) =>
  line.replace('}', `,"model_version":"${at % 3 ? 'b' : '\\u001b[31ma'}"}`),
);
writeFileSync(at('versions.jsonl'), versioned.join('\n'));
writeFileSync(at('few.jsonl'), lines.slice(0, 30).join('\n'));
writeFileSync(at('faults.csv'), 'score,label\n.5,correct\nx,wrong\n.7,wrong\n\u001b[31m,wrong\n');
writeFileSync(at('header.csv'), 'score,label\n');
writeFileSync(at('unnamed.csv'), 'a,b\n.5,1\n.6,0\n');
writeFileSync(at('picture.csv'), Buffer.from([0x89, 0x50, 0xff, 0xfe]));

const quick = ['--runs', '3', '--days', '7'];

test('[J19] a file is planned at the terminal: a promise in words, a table, a bar, a report', async () => {
  const plan = await simulate(
    at('outputs.jsonl'),
    '--alpha',
    '.05',
    ...quick,
    '--report',
    at('a.html'),
  );
  expect(plan.code).toBe(0);
  expect(plan.warned).toBe('');
  expect(plan.said).toContain('at most 5% is wrong');
  expect(plan.said).toMatch(/Certified threshold +0\.\d+/);
  expect(plan.over.filter((text) => text.endsWith('100%'))).toHaveLength(2);
  expect(plan.over.at(-1)).toBe('');
  expect(readFileSync(at('a.html'), 'utf8')).toContain('1970-01-01');
});

test('[J19] the whole plan is JSON when that is asked for, the same for the same seed', async () => {
  const args = [at('outputs.jsonl'), '--alpha', '.05', ...quick, '--json'];
  const plan = await simulate(...args);
  expect(JSON.parse(plan.said)).toMatchObject({
    file: { columns: { score: 'confidence', label: 'correct' }, fault_count: 0 },
    plan: { n: 1_500, setup: { alpha: 0.05, runs: 3, days: 7 } },
  });
  expect((await simulate(...args)).said).toBe(plan.said);
});

test('[J20] not certified is exit code 1, and says how many clean checks are missing', async () => {
  const plan = await simulate(at('few.jsonl'), ...quick);
  expect(plan.code).toBe(1);
  expect(plan.said).toMatch(/Not yet.*\d+ more clean checks/);
});

test('[J21] what cannot be planned is exit code 2, and says what to do', async () => {
  const cases: [string[], string][] = [
    [[], 'Usage: wheelhouse gate simulate FILE'],
    [[at('outputs.jsonl'), '--alpha', '3'], '2% is 0.02'],
    [[at('outputs.jsonl'), '--alpha', 'two'], '--alpha must be a number'],
    [[at('outputs.jsonl'), '--alpha', '0'], '--alpha must be from 0.000001 to under 1'],
    [[at('outputs.jsonl'), '--alpha', '1e-17'], '--alpha must be from 0.000001 to under 1'],
    [[at('outputs.jsonl'), '--delta', '1e-320'], '--delta must be from 0.000001 to under 1'],
    [[at('outputs.jsonl'), '--delta', '1'], '--delta must be from 0.000001 to under 1'],
    [[at('outputs.jsonl'), '--spot-check', '0'], '--spot-check must be over 0, up to 1'],
    [[at('outputs.jsonl'), '--label-noise', '.5'], '--label-noise must be from 0 to under 0.5'],
    [[at('outputs.jsonl'), '--alpha', '.7', '--label-noise', '.4'], '--label-noise and alpha'],
    [
      [at('few.jsonl'), ...quick, '--report', join(folder, 'missing', 'x.html')],
      `x.html cannot be written: there is no folder ${join(folder, 'missing')}`,
    ],
    [[at('few.jsonl'), ...quick, '--report', folder], 'it is a folder; name a file in it'],
    [
      [at('few.jsonl'), ...quick, '--report', join(at('few.jsonl'), 'x.html')],
      'few.jsonl is no folder',
    ],
    [
      [at('few.jsonl'), ...quick, '--report', at('few.jsonl')],
      'it is the file that is planned with',
    ],
    [[at('outputs.jsonl'), '--days', '1.5'], 'a whole number from 1 to 365'],
    [[at('outputs.jsonl'), '--nonsense'], '--nonsense'],
    [[at('none.csv')], 'there is no such file'],
    [[folder], 'it is a folder'],
    [[at('picture.csv')], 'UTF-8'],
    [[at('header.csv')], 'header.csv has no judged outputs; at least two are needed'],
    [[at('unnamed.csv')], 'Name them with --score and --label'],
  ];
  for (const [args, words] of cases) {
    const { code, said, warned } = await simulate(...args);
    expect([args, code, said, warned]).toEqual([args, 2, '', expect.stringContaining(words)]);
  }
  const named = await simulate(at('unnamed.csv'), '--score', 'a', '--label', 'b', ...quick);
  expect(named.code).toBe(1);
});

test('[J21] a report that cannot be written is said before the work, and leaves nothing where it can', async () => {
  const before = readFileSync(at('few.jsonl'), 'utf8');
  for (const path of [join(folder, 'missing', 'x.html'), folder, at('few.jsonl')]) {
    const { code, over } = await simulate(at('few.jsonl'), ...quick, '--report', path);
    expect([code, over]).toEqual([2, ['']]);
  }
  expect(readFileSync(at('few.jsonl'), 'utf8')).toBe(before);
  const { code } = await simulate(at('header.csv'), ...quick, '--report', at('unused.html'));
  expect([code, existsSync(at('unused.html'))]).toEqual([2, false]);
});

test('[J21] lines that are left out are named with line and field, and obey nothing', async () => {
  const { code, warned } = await simulate(at('faults.csv'), ...quick);
  expect(code).toBe(1);
  expect(warned).toContain('2 lines are left out');
  expect(warned).toContain('line 3, score: must be a number from 0 to 1, not "x"');
  expect(warned).not.toContain('\u001b');
});

test('[K135] several model versions in a file are said, there and in the report, and one is planned with alone', async () => {
  const planned = (...more: string[]) =>
    simulate(at('versions.jsonl'), '--alpha', '.05', ...quick, '--json', ...more);
  const all = await planned('--report', at('all.html'));
  const found = 'The file has outputs of 2 model versions: b (1,000), ';
  expect(all.warned).toContain(found);
  expect(all.warned).toContain('They are planned with together, and a gate proves each by itself.');
  expect(all.warned).not.toContain('\u001b');
  expect(JSON.parse(all.said).plan.n).toBe(1_500);
  const one = await planned('--only-version', 'b', '--report', at('one.html'));
  expect(one.warned).toContain('Only b is planned with.');
  expect(JSON.parse(one.said).plan.n).toBe(1_000);
  for (const report of ['all.html', 'one.html']) {
    expect(readFileSync(at(report), 'utf8')).toContain(found);
  }
  const other = await planned('--only-version', 'c');
  expect(other.code).toBe(2);
  expect(other.warned).toContain('no output is of the model version "c"');
});

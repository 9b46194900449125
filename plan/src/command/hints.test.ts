import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededChance } from '@wheelhouse/core/learn';
import { afterAll, expect, test } from 'vitest';
import { simulate } from './heard.ts';

const folder = mkdtempSync(join(tmpdir(), 'wheelhouse-hints-'));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);

const chance = seededChance(12);
const share = () => chance() / 2 ** 32;
const lossy = Array.from({ length: 2_000 }, () => {
  const score = share() ** 0.3;
  const loss = share() < score ** 0.4 ? 0 : share() / 2;
  return `${score.toFixed(5)},${loss.toFixed(3)},${share() < 0.5 ? 'a' : 'b'}`;
});
writeFileSync(at('loss.csv'), `score,loss,group\n${lossy.join('\n')}\n`);
const sixty = Array.from({ length: 60 }, () => `${share().toFixed(6)},${share() < 0.97}\n`).join(
  '',
);
writeFileSync(at('copies.csv'), `score,correct\n${sixty.repeat(20)}`);
const answers = Array.from(
  { length: 60 },
  (_none, i) => `0.9${i},Refund,${i % 3 ? 'Refund' : 'refund\u202e'}\n`,
);
writeFileSync(at('alike.csv'), `score,label,predicted\n.5,Refund, refund \n${answers.join('')}`);

const run = (...args: string[]) => simulate(...args, '--runs', '2', '--days', '7');

test('[J28] losses are planned at the terminal and in the report, in words of their mean', async () => {
  const report = ['--report', at('loss.html')];
  const { code, said, warned } = await run(at('loss.csv'), '--alpha', '.05', ...report);
  expect([code, warned]).toEqual([0, '']);
  expect(said).toContain('The mean loss of what passes is at most 0.05, with probability 95%.');
  expect(said).toMatch(/Judged outputs +2,000, with a mean loss of 0\.0\d+/);
  expect(said).toMatch(/Mean loss at most +0\.0\d+\n/);
  expect(said).toContain('an output is called wrong with its loss for a chance');
  expect(said).not.toMatch(/Errors more|Error at most|% is wrong/);
  const html = readFileSync(at('loss.html'), 'utf8');
  for (const part of [
    'The mean loss of what passes is at most 0.05',
    'each by betting against a mean loss of α or more',
    'Mean loss against how much passes',
    'Mean loss of all that passed',
    'it knows right and wrong alone',
    'Losses lie between 0 (right) and 1 (wrong)',
  ]) {
    expect(html).toContain(part);
  }
  expect(html).not.toMatch(/exact binomial|α is the share of wrong|Exact 95%/);
  const tiers = await run(at('loss.csv'), '--alpha', '.05', '--certify-by', 'group=a');
  expect(tiers.said).toContain('is at most 0.05 for group: a and 0.05 for all others');
  const named = await run(at('loss.csv'), '--alpha', '.05', '--loss', 'loss', '--json');
  expect(JSON.parse(named.said)).toMatchObject({
    file: { partial: true, columns: { loss: 'loss' } },
    plan: { partial: true },
  });
});

test('[J29] copies, and answers that differ in capitals alone, are said at the terminal and in the report', async () => {
  const copied = await run(at('copies.csv'), '--report', at('copies.html'));
  const words =
    'The 1,200 outputs are no more than 60 different lines, most of them there 20 times.';
  expect(copied.warned).toContain(words);
  expect(readFileSync(at('copies.html'), 'utf8')).toContain(words);
  const alike = await run(at('alike.csv'), '--report', at('alike.html'));
  expect(alike.warned).toContain(
    'One output counts as wrong that differs from the right answer in capitals or blanks alone on line 2',
  );
  expect(alike.warned).not.toContain('\u202e');
  expect(readFileSync(at('alike.html'), 'utf8')).toContain('<h2>To look at first</h2>');
  const clean = await run(at('loss.csv'), '--report', at('clean.html'));
  expect(clean.warned).toBe('');
  expect(readFileSync(at('clean.html'), 'utf8')).not.toContain('To look at first');
});

test('[J30] a number that cannot be is refused in one sentence, with how it is written', async () => {
  const cases: [string[], string][] = [
    [['--alpha', '-1'], '--alpha must be from 0.000001 to under 1. 2% is 0.02, and -1 was given.'],
    [['--alpha=-1'], '--alpha must be from 0.000001 to under 1. 2% is 0.02, and -1 was given.'],
    [['--alpha', '2%'], '--alpha must be a number, not "2%". Write 0.02.'],
    [['--delta', '12.5 %'], '--delta must be a number, not "12.5 %". Write 0.125.'],
    [['--spot-check', '0,05'], '--spot-check must be a number, not "0,05". Write 0.05.'],
    [
      ['--label-noise', '-.1'],
      '--label-noise must be from 0 to under 0.5. 2% is 0.02, and -.1 was given.',
    ],
    [['--alpha', 'two'], '--alpha must be a number, not "two".'],
    [['--alpha', ''], '--alpha must be a number, not "".'],
    [['--outputs-a-day', '-5'], '--outputs-a-day must be a whole number from 1 to 100000.'],
    [['--checks-an-hour', '1e999'], '--checks-an-hour must be a number, not "1e999".'],
    [['--seed', '-1'], '--seed must be a whole number from 0 to 2147483648.'],
    [['--alpha'], '--alpha needs a value after it. --help says what.'],
    [['--alpha', '--json'], '--alpha needs a value after it. --help says what.'],
    [['--json=3'], '--json takes no value. --help says what.'],
    [['--nonsense'], 'There is no option --nonsense. --help says all there are.'],
    [['-x'], 'There is no option -x. --help says all there are.'],
  ];
  for (const [more, words] of cases) {
    const { code, said, warned } = await simulate(at('loss.csv'), ...more);
    expect([more, code, said, warned]).toEqual([more, 2, '', `${words}\n`]);
  }
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededChance } from '@wheelhouse/core/learn';
import { afterAll, expect, test } from 'vitest';
import { simulate } from './heard.ts';

const folder = mkdtempSync(join(tmpdir(), 'wheelhouse-tiers-'));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);

const chance = seededChance(4);
const share = () => chance() / 2 ** 32;
const lines = Array.from({ length: 3_000 }, () => {
  const risk = ['low', 'high', ''][Math.floor(3 * share())];
  const score = share() ** 0.3;
  const right = share() < score ** 0.1;
  const language = share() < 0.5 ? 'de' : 'fr';
  return `${score.toFixed(5)},${right},${risk},${Math.round(share() * 900)},${language}`;
});
writeFileSync(at('all.csv'), `score,correct,risk,cost_usd,language\n${lines.join('\n')}\n`);

const run = (...more: string[]) =>
  simulate(at('all.csv'), '--alpha', '.05', '--runs', '3', '--days', '7', ...more);

test('[J25] tiers are planned at the terminal: limits, thresholds, people and what is missing', async () => {
  const by = ['--tiers', 'low=.2', '--cost-tiers', '800=.002', '--report', at('tiers.html')];
  const { code, said, warned } = await run(...by);
  expect([code, warned]).toEqual([1, '']);
  expect(said).toContain(
    'at most 20% of risk low, 0.2% of cost from $800 and 5% of all others is wrong, with probability 95% for all of them together.',
  );
  expect(said).toMatch(
    /certify it for 2 of 3 tiers: [\d.]+% of all outputs would pass\. As it goes it will not be shown for cost from \$800:/,
  );
  expect(said).toMatch(/\n {2}Risk low +20% +\d+ +0\.\d+ +[\d.]+% +\d+ +3 of 3, on day/);
  expect(said).toMatch(/\n {2}Cost from \$800 +0\.2% +\d+ +not as it goes +0% +\d+ +none of 3/);
  const report = readFileSync(at('tiers.html'), 'utf8');
  for (const part of [
    '<h2>Tiers</h2>',
    'Cost from $800',
    'All together',
    'Plays in which it opens',
  ]) {
    expect(report).toContain(part);
  }
  const json = JSON.parse((await run('--tiers', 'low=.2', '--json')).said);
  expect(json.plan.tiers.map(({ tier }: { tier: string }) => tier)).toEqual(['low', 'other']);
  expect(json.plan.tiers[0].certificate.delta).toBe(0.025);
  expect(json.file.columns).toMatchObject({ risk: 'risk' });
});

test('[J25] groups are certified by themselves where that is asked, and the exit code is of all tiers', async () => {
  const { code, said } = await run('--certify-by', 'language=de, fr');
  expect(code).toBe(1);
  expect(said).toContain(
    'at most 5% is wrong in each of language: de, language: fr and all others',
  );
  // No output is of any other language: nothing is known of those.
  expect(said).toMatch(/All others +5% +0 +not yet: 80 more clean checks/);
  expect((await run('--tiers', 'low=.2')).code).toBe(0);
});

test('[J26] limits that a gate would refuse, or that are none, are refused in words', async () => {
  const cases: [string[], string][] = [
    [['--tiers', 'high'], '--tiers must be like high=0.01,low=0.1, not "high".'],
    [
      ['--tiers', 'severe=.1'],
      '--tiers names risks, which are low, medium, high, and not "severe".',
    ],
    [['--tiers', 'high=2%'], '--tiers high must be a number, not "2%". Write 0.02.'],
    [['--tiers', 'high=2'], '--tiers high must be under 1. 2% is 0.02'],
    [['--cost-tiers', '50=.2'], '--cost-tiers is looser than the 0.05 of "alpha"'],
    [['--cost-tiers', '50=.02,20=.01'], '--cost-tiers must be over the 50 before it'],
    [['--cost-tiers', 'x=.02'], '--cost-tiers must be a number, not "x".'],
    [['--certify-by', 'language'], '--certify-by must be like language=de,fr, not "language".'],
    [['--certify-by', 'language=de,de'], '--certify-by names one twice'],
    [['--certify-by', 'language=de', '--tiers', 'low=.1'], 'stands beside "tiers"'],
    [['--certify-by', 'tongue=de'], 'Name them with --group.'],
    [['--tiers', 'low=.1', '--risk', 'danger'], 'danger: there is no such column'],
  ];
  for (const [more, words] of cases) {
    const { code, said, warned } = await run(...more);
    expect([more, code, said, warned]).toEqual([more, 2, '', expect.stringContaining(words)]);
  }
});

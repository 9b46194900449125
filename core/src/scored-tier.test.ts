import { expect, test } from 'vitest';
import { readScoredFile } from './scored-file.ts';
import { type TierTerms, tierOf } from './tier.ts';

const terms: TierTerms = {
  ...{ alpha: 0.05, delta: 0.05, tiers: { high: 0.01 } },
  cost_tiers: [{ from_usd: 500, alpha: 0.02 }],
};
const by_risk: TierTerms = { ...terms, cost_tiers: [] };
const by_group: TierTerms = {
  ...{ alpha: 0.05, delta: 0.05, tiers: {} },
  certify_by: { attribute: 'Sprache', values: ['de'] },
};
const tiersOf = (text: string, of: TierTerms) =>
  readScoredFile(text, {}, null, of).outputs.map(({ tier }) => tier);

test('[J26] an output of a file is under the limit that its gate would put it under', () => {
  const rows: [risk: string, cost: string, as: object][] = [
    ['high', '3', { risk: 'high', cost_usd: 3 }],
    ['HIGH ', '900', { risk: 'high', cost_usd: 900 }],
    ['low', '500', { risk: 'low', cost_usd: 500 }],
    ['low', '499.99', { risk: 'low', cost_usd: 499.99 }],
    ['', '1e3', { cost_usd: 1_000 }],
    ['medium', '', { risk: 'medium' }],
    ['', '', {}],
  ];
  const text = `score,correct,risk,cost_usd\n${rows.map(([risk, cost]) => `.9,1,${risk},${cost}`).join('\n')}\n`;
  const tiers = tiersOf(text, terms);
  expect(tiers).toEqual(rows.map(([, , as]) => tierOf(terms, as)));
  const cost = 'cost from $500';
  expect(tiers).toEqual(['high', 'high', cost, 'other', cost, 'other', 'other']);
  const lines = '{"score":0.9,"correct":1,"risk":"high","cost":null}\n{"score":0.9,"correct":1}\n';
  expect(tiersOf(lines, terms)).toEqual(['high', 'other']);
  const groups = 'score,correct,sprache\n.9,1,de\n.9,1,fr\n.9,1,\n';
  expect(tiersOf(groups, by_group)).toEqual(['Sprache: de', 'other', 'other']);
});

test('[J26] a risk or a cost that is none is said by line and field, and its line is left out', () => {
  const text = 'score,correct,risk,cost\n.9,1,severe,1\n.9,1,high,-1\n.9,1,low,$240\n.9,1,low,9\n';
  const { outputs, faults, unjudged } = readScoredFile(
    `${text}${'.8,0,low,1\n'.repeat(3)}`,
    {},
    null,
    terms,
  );
  expect(outputs).toHaveLength(4);
  expect(faults.map(({ line, field }) => [line, field])).toEqual([
    [2, 'risk'],
    [3, 'cost'],
    [4, 'cost'],
  ]);
  expect(faults[0]?.message).toBe('must be low, medium, high or empty, and is "severe"');
  expect(unjudged).toBe(0);
  // Where nothing is divided by them they are columns like any other.
  const undivided = readScoredFile(text);
  expect([undivided.outputs.length, undivided.fault_count]).toEqual([4, 0]);
  expect(undivided.outputs.map(({ tier }) => tier)).toEqual(['all', 'all', 'all', 'all']);
  expect(undivided.columns).toEqual({ score: 'score', label: 'correct' });
});

test('[J26] a column that tells the limit has to be there, or be said to be none', () => {
  const text = 'score,correct,danger\n.9,1,high\n.8,1,low\n';
  const missing = readScoredFile(text, {}, null, by_risk);
  expect([missing.columns, missing.outputs]).toEqual([null, []]);
  expect(missing.faults[0]).toMatchObject({ line: 1, field: 'risk' });
  expect(missing.faults[0]?.message).toContain('no column is named like "risk"');
  const named = readScoredFile(text, { risk: 'danger' }, null, by_risk);
  expect(named.outputs.map(({ tier }) => tier)).toEqual(['high', 'other']);
  const none = readScoredFile(text, { risk: null }, null, by_risk);
  expect(none.outputs.map(({ tier }) => tier)).toEqual(['other', 'other']);
  const group = readScoredFile('score,correct,segment\n.9,1,de\n', {}, null, by_group);
  expect([group.columns, group.faults[0]?.field]).toEqual([null, 'group']);
});

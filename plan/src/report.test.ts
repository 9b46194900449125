import { readScoredFile } from '@wheelhouse/core';
import { plan_defaults, planGate, seededChance } from '@wheelhouse/core/learn';
import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import { evidenceWords, limitWords } from './plan-words.ts';
import { planReport } from './report.ts';

const setup = { ...plan_defaults, alpha: 0.05, runs: 5 };

/** A file of outputs that are right as often as they say. */
function fileOf(n: number, group = 'new') {
  const chance = seededChance(3);
  const share = () => chance() / 2 ** 32;
  const lines = Array.from({ length: n }, () => {
    const score = share() ** 0.3;
    return `${score.toFixed(4)},${share() < score ? 'yes' : 'no'},"${group}"`;
  });
  return readScoredFile(`score,correct,group\n${lines.join('\n')}\n`);
}

function reportOf(n: number, group?: string) {
  const file = fileOf(n, group);
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  return planReport(document, {
    plan: planGate(file.outputs, setup),
    file: { ...file, name: '<b>mine</b>.csv', digest: 'sha256:0' },
    ...{ gate: 'intents', made_at: '2026-01-02T03:04:05.000Z', version: '1.2.3' },
  });
}

test('[K113] the report says promise, evidence, assumptions and limits, and its plots as tables', () => {
  const report = reportOf(3_000);
  const { document } = parseHTML(report);
  const said = document.body.textContent ?? '';
  for (const part of [
    'Of what passes, at most 5% is wrong, with probability 95%.',
    'Certified threshold',
    'What it rests on',
    'What it does not promise',
    'Wheelhouse 1.2.3',
    'sha256:0',
    'made on 2026-01-02 03:04 UTC',
  ]) {
    expect(said).toContain(part);
  }
  expect(document.querySelectorAll('svg[role=img][aria-label]')).toHaveLength(2);
  const tables = [...document.querySelectorAll('table.figures')];
  expect(tables.map((each) => each.querySelectorAll('tbody tr').length)).toEqual([21, 28, 1]);
});

test('[K113] the report runs and fetches nothing, whatever stands in the file, and is made the same twice', () => {
  const report = reportOf(600, '</td><script>alert(1)</script>');
  expect(report).toBe(reportOf(600, '</td><script>alert(1)</script>'));
  expect(report).not.toMatch(/<script|<link|<img|<iframe|@import|url\(|\bon\w+=|src=|<b>mine/);
  expect(report.replaceAll('http://www.w3.org/', '')).not.toMatch(/https?:/);
  expect(report).toContain('&lt;script&gt;');
});

test('[K113] not yet is a report too', () => {
  const { document } = parseHTML(reportOf(40));
  const said = document.body.textContent ?? '';
  expect(said).toMatch(/Not yet: .* \d+ more clean checks/);
  expect(said).toContain('with everything held');
  expect(said).toContain('The plays repeat no more than 40 outputs');
});

test('[G86] a limit is told as it was set, however small, and so is the chance that it holds', () => {
  const rows: [number, string][] = [
    [1e-6, '0.0001%'],
    [0.00049, '0.049%'],
    [0.0125, '1.25%'],
    [0.02, '2%'],
    [1 - 1e-6, '99.9999%'],
    [0.95, '95%'],
    [0.05 / 3, '1.67%'],
    [0, '0%'],
  ];
  for (const [share, words] of rows) expect([share, limitWords(share)]).toEqual([share, words]);
});

test('[K139] evidence beyond a million is told by its power of ten', () => {
  const rows: [number, string][] = [
    [0.1234, '0.123'],
    [20, '20'],
    [999_999, '1,000,000'],
    [1_234_567, '1.23 × 10⁶'],
    [9.999e299, '1 × 10³⁰⁰'],
    [1e300, '1 × 10³⁰⁰'],
    [Number.POSITIVE_INFINITY, 'beyond every number'],
  ];
  for (const [value, words] of rows) expect(evidenceWords(value)).toBe(words);
});

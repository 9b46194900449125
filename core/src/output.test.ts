import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json, JsonObject } from './json.ts';
import { actionHash, type Bound, boundBytes, OutputSubmission, sealed, titleOf } from './output.ts';

const bound: Bound = {
  workspace_id: 'ws_1',
  output_id: 'out_1',
  gate: 'refunds',
  policy_version: 3,
  action: {
    name: 'refund',
    arguments: { order: 'A-1', amount: 1_200, more: { list: [1, 2] } },
    target: 'production',
    tool_version: '1.0',
    files: { 'a.txt': 'sha256:1' },
  },
};

const action = bound.action;
test.each<[string, Bound]>([
  ['the workspace', { ...bound, workspace_id: 'ws_2' }],
  ['the output', { ...bound, output_id: 'out_2' }],
  ['the gate', { ...bound, gate: 'refund' }],
  ['the policy version', { ...bound, policy_version: 4 }],
  ['the tool', { ...bound, action: { ...action, name: 'refunds' } }],
  ['the tool’s version', { ...bound, action: { ...action, tool_version: '1.1' } }],
  ['no version', { ...bound, action: { ...action, tool_version: undefined } }],
  ['the target', { ...bound, action: { ...action, target: 'production ' } }],
  ['a file', { ...bound, action: { ...action, files: { 'a.txt': 'sha256:2' } } }],
  [
    'an argument',
    { ...bound, action: { ...action, arguments: { ...action.arguments, amount: 1_200.1 } } },
  ],
  [
    'the order of a list',
    { ...bound, action: { ...action, arguments: { ...action.arguments, more: { list: [2, 1] } } } },
  ],
  [
    'one argument more',
    { ...bound, action: { ...action, arguments: { ...action.arguments, x: null } } },
  ],
])('[O1] the hash covers %s', (_what, other) => {
  expect(actionHash(other)).not.toBe(actionHash(bound));
});

test('[O1] the bytes are all of what is bound, and say the same to whoever reads them', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), (given) => {
      const args = JSON.parse(JSON.stringify(given)) as JsonObject;
      const bytes = boundBytes({ ...bound, action: { name: 'x', arguments: args } });
      expect(JSON.parse(bytes)).toEqual({ ...bound, action: { name: 'x', arguments: args } });
    }),
    { numRuns: 500 },
  );
});

test('[O1] an outcome that lets something run carries its hash, one that does not has none', () => {
  const { action: _action, ...rest } = bound;
  const said = { by: 'ana', at: '2026-01-01T00:00:00.000Z' };
  expect(sealed({ status: 'approved', action, ...said }, rest).action_hash).toBe(actionHash(bound));
  expect(sealed({ status: 'rejected', ...said }, rest).action_hash).toBeUndefined();
});

test('[S6] an output’s texts, labels and addresses are such as can be kept', () => {
  const good = { content: 'x' };
  for (const bad of [
    {},
    { ...good, confidence: 1.01 },
    { ...good, confidence: -0.01 },
    { ...good, confidence: '0.5' },
    { ...good, scores: { 'a\u0000': 1 } },
    { ...good, groups: { '\ud800': 'x' } },
    { ...good, cost_usd: -1 },
    { ...good, callback_url: 'http://a/\u0000' },
    { ...good, callback_url: 'http://a/ b' },
    { ...good, callback_url: 'ftp://a' },
    { ...good, callback_url: 'http://a/\ud800' },
    { ...good, deadline_ms: 0 },
    { ...good, unknown: 1 },
    { action: { name: '' } },
    { action: { name: 'x', files: { 'a\u0000': 'b' } } },
  ]) {
    expect(OutputSubmission.safeParse(bad).success, JSON.stringify(bad)).toBe(false);
  }
  expect(OutputSubmission.safeParse({ ...good, callback_url: 'https://a.b/c?d=e' }).success).toBe(
    true,
  );
});

test('[S6] a title is one line, short, and whole characters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), fc.jsonValue(), (text, value) => {
      for (const title of [
        titleOf('Refunds', { input: text }),
        titleOf('Refunds', { content: value as Json }),
        titleOf('Refunds', { action: { name: 'x', arguments: { a: text } } }),
      ]) {
        expect(title.length).toBeLessThanOrEqual(160);
        expect(title.length).toBeGreaterThan(0);
        if (text.isWellFormed()) expect(title).not.toMatch(/[\n\r\t]/);
        expect(title.isWellFormed()).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});

test('[K85] a title says what was said without its marks, and a call as it is', () => {
  const said = 'Your **€25** is on its [way](https://shop.example/way).\n\n- by `post`';
  expect(titleOf('x', { content: { text: said } })).toBe('Your €25 is on its way. by post');
  expect(titleOf('x', { input: '2 * 3 * 4 is *not* 20' })).toBe('2 * 3 * 4 is not 20');
  expect(titleOf('x', { action: { name: 'run', arguments: { a: '**/*.ts' } } })).toBe(
    'run: **/*.ts',
  );
});

test('[O13] a title names whom and how much, not yes or no, and no value fills it alone', () => {
  const title = (given: JsonObject) => titleOf('x', { action: { name: 'pay', arguments: given } });
  expect(
    title({
      supplier: { address: { city: 'Ulm' }, name: 'Tischlerei Ulm', iban: 'DE1' },
      lines: [{ amount: 1 }],
      amount: 4_820.5,
      urgent: true,
      due: null,
      note: '',
      memo: 'Paid in full as agreed. '.repeat(9),
      method: 'instant',
    }),
  ).toBe('pay: Tischlerei Ulm · 4,820.5 · Paid in full as agreed. Paid in full as … · instant');
  expect(title({ urgent: true })).toBe('pay');
});

import { GateDefinition } from '@wheelhouse/core';
import { expect, test } from 'vitest';
import { changesInWords, summaryOf } from './changeWords.ts';

const gate = (policy: object, more: object = {}) => GateDefinition.parse({ ...more, policy });

test('[K27] a change is told by the editor’s labels, with units', () => {
  const from = gate({ mode: 'threshold', threshold: 0.8, spot_check: 0.05, undo_ms: 6_000 });
  const to = gate(
    {
      mode: 'threshold',
      threshold: 0.95,
      spot_check: 0.1,
      undo_ms: 60_000,
      quorum: { of: 2, approvals: 2, roles: { lead: 1 } },
      deadline: { ladder: [{ after_ms: 60_000, do: 'remind' }], expire_after_ms: 86_400_000 },
      own_request_allowed: true,
    },
    { queue: 'money' },
  );
  const said = changesInWords(from, to).map(({ path, from: was, to: is }) => [path, was, is]);
  expect(said).toContainEqual(['Passes at a confidence of', 0.8, 0.95]);
  expect(said).toContainEqual(['Spot checks', '5%', '10%']);
  expect(said).toContainEqual(['Undo', '6 seconds', '1 minute']);
  expect(said).toContainEqual(['Time runs out after', 'never', '1 day']);
  expect(said).toContainEqual(['Among them at least: lead', undefined, 1]);
  expect(said).toContainEqual(['Whoever asked for it may decide it too', 'no', 'yes']);
  expect(said).toContainEqual(['Queue', 'default', 'money']);
  expect(said.map(([path]) => path)).toContain('Step 1');
  expect(said.filter(([path]) => String(path).includes('_'))).toEqual([]);
});

test('[K27] a version is summed up by its first change', () => {
  const from = gate({ mode: 'threshold', threshold: 0.8 });
  const to = gate({ mode: 'threshold', threshold: 0.9, priority: 3 });
  expect(summaryOf(changesInWords(from, to))).toBe(
    'Passes at a confidence of: 0.8 → 0.9, and 1 more',
  );
  expect(summaryOf(changesInWords(from, from))).toBe('Nothing differs');
  expect(summaryOf(changesInWords(from, gate({ mode: 'always' })))).toContain(
    'By confidence → Everything waits',
  );
});

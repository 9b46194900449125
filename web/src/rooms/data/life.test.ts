import type { OutputLife } from '@wheelhouse/core';
import { expect, test } from 'vitest';
import { eventWords } from '../../kit/eventWords.ts';
import { deliveryWords, lifeSentence, momentsOf } from './life.ts';

const event = (cursor: string, type: string, data: Record<string, unknown> = {}) =>
  ({ cursor, type, data, subject: 'out_1', actor: 'mem_1', actor_name: 'Ada' }) as never;
const resolution = (id: string) => ({ id, outcome: 'approved', diff: [] }) as never;
const output = (part: object) =>
  ({
    verdict: 'hold',
    outcome: null,
    undo_until: null,
    claimed_at: null,
    spot_checked: false,
    case_id: null,
    ...part,
  }) as OutputLife['output'];

const life: OutputLife = {
  output: output({}),
  events: [
    event('1-1', 'output.submitted', { verdict: 'hold', gate: 'refunds' }),
    event('2-1', 'case.resolved', { resolution_id: 'res_1', outcome: 'approved' }),
    event('3-1', 'case.undone', { resolution_id: 'res_1' }),
    event('4-1', 'case.resolved', { resolution_id: 'res_2', outcome: 'rejected' }),
    event('5-1', 'output.feedback_given', { feedback_id: 'fb_1', kind: 'thumb' }),
  ],
  resolutions: [resolution('res_1'), resolution('res_2')],
  feedback: [{ id: 'fb_1' } as never],
  deliveries: [{ id: 'del_1', cursor: '4-1' } as never],
};

test('[K20] every event once, in order, with what it made', () => {
  const moments = momentsOf(life);
  expect(moments.map((moment) => moment.event.cursor)).toEqual(['1-1', '2-1', '3-1', '4-1', '5-1']);
  expect(moments.map((moment) => moment.resolution?.id)).toEqual([
    undefined,
    'res_1',
    undefined,
    'res_2',
    undefined,
  ]);
  expect(moments[4]?.feedback?.id).toBe('fb_1');
  expect(moments.map(({ deliveries }) => deliveries.length)).toEqual([0, 0, 0, 1, 0]);
});

test('[K20] what was taken back is marked, what stands is not', () => {
  expect(momentsOf(life).map(({ superseded }) => superseded)).toEqual([
    false,
    true,
    false,
    false,
    false,
  ]);
});

test('[K20] [C18] of several answers only the one taken back is marked', () => {
  const events = [
    event('1-1', 'case.answered', { answer_id: 'ans_1' }),
    event('2-1', 'case.answered', { answer_id: 'ans_2' }),
    event('2-2', 'case.resolved', { resolution_id: 'res_1', outcome: 'approved' }),
    event('3-1', 'case.undone', { resolution_id: 'res_1', answer_ids: ['ans_2'] }),
  ];
  const moments = momentsOf({ ...life, events });
  expect(moments.map(({ superseded }) => superseded)).toEqual([false, true, true, false]);
});

test('[K20] a correction takes the place of what it corrects', () => {
  const events = [
    event('2-1', 'case.resolved', { resolution_id: 'res_1', outcome: 'approved' }),
    event('3-1', 'case.corrected', {
      resolution_id: 'res_2',
      corrects: 'res_1',
      outcome: 'rejected',
    }),
    event('3-2', 'output.corrected', { claimed: false }),
  ];
  const moments = momentsOf({ ...life, events });
  expect(moments.map(({ superseded }) => superseded)).toEqual([true, false, false]);
  expect(moments[1]?.resolution?.id).toBe('res_2');
  expect(eventWords(events[1] as never)).toBe('corrected the decision: now rejected');
});

test('[K20] the line above says how it stands', () => {
  const now = Date.parse('2026-01-01T00:00:00.000Z');
  const say = (part: object) => lifeSentence({ ...life, output: output(part) }, now);
  const outcome = { status: 'approved', by: 'mem_1', at: '2026-01-01T00:00:00.000Z' };
  expect(say({})).toBe('Waits for a person.');
  expect(say({ outcome, undo_until: '2026-01-01T00:00:09.000Z' })).toContain('still be undone');
  expect(say({ outcome, claimed_at: '2026-01-01T00:00:09.000Z' })).toContain('has acted on it');
  const corrected = (claimed_at: string | null) => ({
    ...outcome,
    status: 'rejected',
    earlier: [{ ...outcome, claimed_at }],
  });
  expect(say({ outcome: corrected(null) })).toBe('Corrected: rejected.');
  expect(say({ outcome: corrected(outcome.at), claimed_at: outcome.at })).toBe(
    'Corrected: rejected. Whoever asked had acted on the decision before.',
  );
  expect(say({ verdict: 'pass', outcome: { ...outcome, status: 'passed' } })).toBe('Passed.');
});

test('[K20] an event that this page does not know is told by its name', () => {
  expect(eventWords({ type: 'moon.landed' as never, subject: 'x', data: {} })).toBe('moon landed');
  expect(eventWords(life.events[0] as never)).toBe('submitted an output to “refunds”; it was held');
});

test('[K20] how far others were told is said as it is', () => {
  const say = (state: 'waiting' | 'delivered' | 'dead', attempts: number, more: object = {}) =>
    deliveryWords({ state, attempts, status: null, fault: null, ...more });
  expect(say('waiting', 0)).toBe('on its way');
  expect(say('waiting', 3, { fault: 'answered 500' })).toBe('not through yet: answered 500');
  expect(say('delivered', 1, { status: 204 })).toBe('delivered, answered 204');
  expect(say('dead', 14, { fault: 'answered 500' })).toBe(
    'given up after 14 attempts: answered 500',
  );
});

import type { Event } from '@wheelhouse/core';
import { expect, test } from 'vitest';
import { concernOf, draftsAfter, offersAfter, offersWords } from './concern.ts';

const event = (type: Event['type'], data: Event['data'], actor = 'mem_other') => ({
  ...{ type, data, actor, subject: 'conv_1' },
});
const me = { kind: 'member', id: 'mem_me' };
const other = { kind: 'member', id: 'mem_other' };

test.each([
  ['conversation.taken', { from: me }, 'lost'],
  ['conversation.taken', { from: other }, undefined],
  ['conversation.handed_off', { from: me, reason: 'transferred' }, 'lost'],
  ['conversation.handed_off', { from: me, reason: 'silent' }, 'passed'],
  ['conversation.handed_off', { from: other, reason: 'silent' }, undefined],
  ['conversation.reminded', { member_id: 'mem_me' }, 'reminded'],
  ['conversation.reminded', { member_id: 'mem_other' }, undefined],
  ['conversation.whispered', { to: 'mem_me' }, 'whispered'],
  ['conversation.offered', { to: 'mem_me' }, 'offered'],
  ['conversation.offered', { to: 'mem_other' }, undefined],
  ['conversation.noted', { mentions: ['mem_me'] }, 'named'],
  ['case.noted', { mentions: ['mem_me'] }, 'named'],
  ['case.noted', { mentions: [] }, undefined],
  ['message.received', { owner: me }, 'written'],
  ['message.received', { owner: { kind: 'bot', id: 'mem_me' } }, undefined],
  ['conversation.breached', { owner: me, target: 'next_reply' }, 'broken'],
  ['conversation.breached', { owner: other }, undefined],
  ['message.sent', { owner: me }, undefined],
] as const)('[W66] %s with %o is %s to a member', (type, data, kind) => {
  expect(concernOf(event(type, data), 'mem_me', false)?.kind).toBe(kind);
  // Whoever did it knows.
  expect(concernOf(event(type, data, 'mem_me'), 'mem_me', true)).toBeNull();
});

test('[W66] what is offered is so until somebody takes it, it ends, or another is asked', () => {
  const offered = event('conversation.offered', { to: 'mem_me' });
  for (const over of [
    event('conversation.taken', {}, 'mem_me'),
    event('conversation.resolved', {}),
    event('conversation.offered', { to: 'mem_other' }),
  ]) {
    const now = offersAfter(new Set(['conv_2']), offered, 'mem_me');
    expect([...now]).toEqual(['conv_2', 'conv_1']);
    expect(offersAfter(now, offered, 'mem_me')).toBe(now);
    expect([...offersAfter(now, over, 'mem_me')]).toEqual(['conv_2']);
  }
});

test('[K85] customers who wait are counted as far as a count says something', () => {
  expect([1, 2, 9, 10, 219].map(offersWords)).toEqual([
    'A customer waits for you',
    '2 customers wait for you',
    '9 customers wait for you',
    'More than 9 customers wait for you',
    'More than 9 customers wait for you',
  ]);
});

test('[K79] that a reply waits is told to whoever may decide, until it is decided or a person comes', () => {
  const drafted = event('conversation.drafted', { output_id: 'out_1' }, 'bot:shop');
  expect(concernOf(drafted, 'mem_me', true)?.kind).toBe('drafted');
  expect(concernOf(drafted, 'mem_me', false)).toBeNull();
  const other = { ...drafted, subject: 'conv_2', data: { output_id: 'out_2' } };
  const both = draftsAfter(draftsAfter(new Map(), drafted), other);
  expect([...both]).toEqual([
    ['out_1', 'conv_1'],
    ['out_2', 'conv_2'],
  ]);
  expect(draftsAfter(both, drafted)).toBe(both);
  expect(draftsAfter(both, event('message.sent', {}))).toBe(both);
  const decided = { ...event('output.decided', {}), subject: 'out_2' };
  expect([...draftsAfter(both, decided).keys()]).toEqual(['out_1']);
  for (const type of ['conversation.taken', 'conversation.handed_off'] as const) {
    expect([...draftsAfter(both, event(type, {})).keys()]).toEqual(['out_2']);
  }
});

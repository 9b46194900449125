import { expect, test } from 'vitest';
import { heardEach } from './slot-list.ts';

const order = { type: 'string', pattern: '^A-[0-9]{3}$' };
const lookup = { type: 'object', required: ['order'], properties: { order } };
const refund = {
  type: 'object',
  required: ['order', 'amount'],
  properties: { order, amount: { type: 'number' }, mail: { type: 'string', format: 'email' } },
};

test.each([
  ['where are orders A-131 and A-132?', ['A-131', 'A-132']],
  ['where are A-131, a-132 and A-133', ['A-131', 'A-132', 'A-133']],
  ['my order A-131 and my order A-132', ['A-131', 'A-132']],
  ['A-131 & A-132', ['A-131', 'A-132']],
  ['Wo sind A-131 und A-132?', ['A-131', 'A-132']],
  ['订单 A-131 和 A-132 在哪里', ['A-131', 'A-132']],
  ['where is A-131? A-131, please', ['A-131']],
  ['where is a-131, A-131', ['A-131']],
  ['refund A-131, not A-132', ['A-131']],
  ['A-131 instead of A-132', ['A-131']],
  ['A-131 arrived, where is A-132', ['A-131']],
  ['where is it', [undefined]],
])('[W100] in %j the orders are %j', (text, orders) => {
  expect(heardEach(lookup, {}, text).map((one) => one.order)).toEqual(orders);
});

test('[W100] what stands once is of each, a number of none, and what is given stays', () => {
  expect(heardEach(refund, {}, 'refund A-131 and A-132, 20 euros, to kim@x.example')).toEqual([
    { order: 'A-131', mail: 'kim@x.example' },
    { order: 'A-132', mail: 'kim@x.example' },
  ]);
  expect(heardEach(refund, { order: 'A-130' }, 'A-131 and A-132')).toEqual([{ order: 'A-130' }]);
});

test('[W100] two values of which each has an argument of its own are one call', () => {
  const swap = { type: 'object', properties: { from: order, to: order } };
  expect(heardEach(swap, {}, 'swap A-131 and A-132')).toEqual([{ from: 'A-131', to: 'A-132' }]);
});

import { argumentFaults, schemaFault } from '@wheelhouse/core';
import { expect, test } from 'vitest';
import { shopBot } from './shop.ts';
import { orderBook, shopOrders } from './shop-orders.ts';
import { shopToolGates, shopTools } from './shop-tools.ts';

const order = 'KC-20655';

test('[K64] the shop changes an order only as far as it can be changed', () => {
  const book = orderBook(shopOrders());
  const total = book.read(order)?.total ?? 0;
  const back = (amount: number) => book.carryOut('pay_back', { order, amount, reason: 'damaged' });
  expect(back(total + 0.01)).toMatchObject({ status: 'failed' });
  expect(back(40)).toMatchObject({ status: 'done', result: { paid: '40.00', left: '6.90' } });
  expect(back(7)).toMatchObject({ status: 'failed', reason: expect.stringContaining('€6.90') });
  expect(back(6.9)).toMatchObject({ status: 'done', result: { left: '0.00' } });
  expect(book.read(order)?.paid_back).toBe(total);

  const address = '1 New Street, A11 B2C3 Newtown, Ireland';
  expect(book.carryOut('change_address', { order, address })).toMatchObject({ status: 'done' });
  expect(book.read(order)?.address).toBe(address);
  const sent = book.carryOut('change_address', { order: 'KC-20418', address });
  expect(sent).toMatchObject({ status: 'failed', reason: expect.stringContaining('carrier') });
  expect(book.read('KC-20418')?.address).not.toBe(address);
});

test('[K64] an order that is not there is said so, and nothing is done for it', () => {
  const book = orderBook(shopOrders());
  const unknown = { order: 'KC-99999' };
  expect(book.carryOut('order_status', unknown)).toMatchObject({
    status: 'done',
    result: { says: expect.stringContaining('KC-99999') },
  });
  const given = { ...unknown, amount: 1, reason: 'damaged' };
  expect(book.carryOut('pay_back', given).status).toBe('failed');
  expect(book.carryOut('sell_everything', { order }).status).toBe('failed');
});

test('[K64] the shop’s orders and tools fit each other, and only what changes nothing passes by itself', () => {
  const tools = shopTools();
  for (const { arguments_schema: schema, gate } of tools) {
    expect(schemaFault(schema)).toBeUndefined();
    expect(shopToolGates()[gate ?? '']?.action?.arguments_schema).toEqual(schema);
  }
  const orders = shopOrders();
  expect(new Set(orders.map((one) => one.order)).size).toBe(orders.length);
  const [looks] = tools;
  for (const { order: number } of orders) {
    const faults = argumentFaults(looks?.arguments_schema ?? {}, { order: number }, 'arguments');
    expect(faults).toEqual([]);
  }
  const modes = Object.entries(shopToolGates()).map(([name, { policy }]) => [name, policy.mode]);
  expect(modes).toEqual([
    ['shop-look-ups', 'never'],
    ['shop-address-changes', 'always'],
    ['shop-refunds', 'always'],
  ]);
  const bound = shopBot().intents.flatMap(({ tool }) => tool ?? []);
  expect(bound.toSorted()).toEqual(tools.map(({ name }) => name).toSorted());
});

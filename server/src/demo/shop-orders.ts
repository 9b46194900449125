import { readFileSync } from 'node:fs';
import type { CallReport, JsonObject } from '@wheelhouse/core';

/** An order as the shop keeps it. */
export interface ShopOrder {
  order: string;
  items: string;
  /** In euro, with the delivery. */
  total: number;
  state: 'received' | 'packing' | 'sent' | 'delivered';
  address: string;
}

export const shopOrders = (): ShopOrder[] =>
  JSON.parse(readFileSync(new URL('../../src/demo/shop/orders.json', import.meta.url), 'utf8'));

const told: Record<ShopOrder['state'], string> = {
  received: 'we have it, and packing begins soon',
  packing: 'it is being packed and leaves within a working day',
  sent: 'it is on its way; the tracking link is in your e-mail',
  delivered: 'the carrier says that it was handed over',
};

/** The shop's own books. They are kept in memory: a shop that starts again has its orders as they came.
 *  What cannot be done is said so, and then nothing was changed. */
export function orderBook(orders: readonly ShopOrder[]) {
  const book = new Map(orders.map((one) => [one.order, { ...one, paid_back: 0 }]));
  const acts: Record<string, (order: Kept, given: JsonObject) => CallReport> = {
    order_status: ({ order, items, state, address }) =>
      done({ says: `**${order}** (${items}): ${told[state]}.`, state, address }),
    change_address(kept, { address }) {
      const { order, state } = kept;
      if (state === 'sent' || state === 'delivered') {
        return failed(`${order} is with the carrier already, so its address stays.`);
      }
      kept.address = String(address);
      return done({ address: kept.address });
    },
    pay_back(kept, { amount }) {
      const left = cents(kept.total) - cents(kept.paid_back);
      const wanted = cents(Number(amount));
      if (wanted > left) return failed(`Of ${kept.order} only €${euro(left)} can be paid back.`);
      kept.paid_back = (cents(kept.paid_back) + wanted) / 100;
      return done({ paid: euro(wanted), left: euro(left - wanted) });
    },
  };
  return {
    /** Does what a call says, once for each time that it is asked. */
    carryOut(tool: string, given: JsonObject): CallReport {
      const act = acts[tool];
      if (!act) return failed(`The shop has no “${tool}”.`);
      const kept = book.get(String(given.order));
      if (kept) return act(kept, given);
      const says = `I find no order **${given.order}** in our books. Does it read so in your confirmation?`;
      if (tool === 'order_status') return done({ says });
      return failed(`There is no order ${given.order}.`);
    },
    read: (order: string): Readonly<Kept> | undefined => book.get(order),
  };
}

interface Kept extends ShopOrder {
  paid_back: number;
}

const cents = (amount: number) => Math.round(amount * 100);
const euro = (amount: number) => (amount / 100).toFixed(2);
const done = (result: JsonObject): CallReport => ({ status: 'done', result });
const failed = (reason: string): CallReport => ({ status: 'failed', reason });

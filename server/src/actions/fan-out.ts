import { every_workspace } from '@wheelhouse/core';
import type { Ports } from '../ports.ts';
import {
  endOfPage,
  insertDeliveries,
  type Match,
  matchesBetween,
  moveReader,
  takeReader,
} from '../store/fan-out.ts';
import { ensureCallbackSecrets } from '../store/webhooks.ts';
import { newWebhookSecret } from './webhook.ts';

const reader = 'webhooks';
const page_size = 500;

/** Turns events into deliveries, each exactly once (rule D1): the place in the log moves in the
 *  transaction that writes what it passed. One server has the turn at a time, any server may.
 *
 *  A new install reads from the beginning of its log; nothing is there that anyone could be owed.
 *  A webhook is owed the events since it was made, and while it is on.
 *  @returns how many events were passed */
export const fanOut = (ports: Ports): Promise<number> =>
  ports.database.transact(every_workspace, async (tx) => {
    const from = await takeReader(tx, reader);
    if (!from) return 0;
    const to = await endOfPage(tx, from, page_size);
    if (!to?.count) return 0;
    const matches = await matchesBetween(tx, from, to);
    if (matches.length) {
      const calling = new Set(
        matches.flatMap(({ webhook_id, workspace_id }) => (webhook_id ? [] : [workspace_id])),
      );
      if (calling.size) {
        const secrets = [...calling].map(() => newWebhookSecret(ports));
        ensureCallbackSecrets(tx, [...calling], secrets);
      }
      const rows = matches.map((match) => ({
        ...match,
        id: ports.makeId('delivery', tx.now),
        endpoint: endpointOf(match),
      }));
      insertDeliveries(tx, rows);
    }
    moveReader(tx, reader, to);
    return to.count;
  });

/** Whom a delivery calls. Callbacks to one origin share its turns, whatever their paths. */
const endpointOf = ({ webhook_id, url }: Match): string => webhook_id ?? new URL(url).origin;

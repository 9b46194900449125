import { isRefusal, type Principal, systemOf } from '@wheelhouse/core';
import { reportCall } from '../actions/call.ts';
import { readKeys } from '../actions/key.ts';
import { readOutputs } from '../actions/read-output.ts';
import type { App } from '../http/app.ts';
import { orderBook, shopOrders } from './shop-orders.ts';
import { shopToolGates } from './shop-tools.ts';

export const program_key_name = 'Shop back office (demo)';
const may_run = ['passed', 'approved', 'edited'] as const;

/** The demo shop's own program, which carries out what its bot's tools are let through to do, as a
 *  program of anybody's does: it hears of `output.decided`, claims the right to act, acts and reports.
 *  It stands in the server's process only so that `npm start` is all the demo needs; it works under a
 *  key of its own, and once that is revoked it does nothing. */
export function openShop(app: App, workspace_id: string) {
  const { ports } = app;
  const system = systemOf(workspace_id);
  const book = orderBook(shopOrders());
  const gates = new Set(Object.keys(shopToolGates()));
  const running = new Set<Promise<void>>();

  /** The claim is what makes it once: of two programs, or of one that hears of it twice, one has it. */
  const carry = async (id: string): Promise<void> => {
    const by = await programOf(app, system);
    if (!by) return;
    const { action } = await app.claimOutcome(by, { by, output_id: id });
    const report = book.carryOut(action.name, action.arguments);
    await reportCall(ports, by, id, report);
  };
  const begin = (work: Promise<void>, output_id?: string) => {
    const one = work
      .catch((error) => {
        // Taken by another, or the conversation went on without it: either way it is not to be done.
        if (isRefusal(error)) return;
        ports.log.warn({ error: String(error), output_id }, 'the demo shop could not carry it out');
      })
      .finally(() => running.delete(one));
    running.add(one);
  };
  /** What was decided while the shop was away. */
  const catchUp = async () => {
    for (const gate of gates) {
      for (const outcome of may_run) {
        const { rows } = await readOutputs(ports, system, { gate, outcome, limit: 200 });
        for (const { id, claimed_at } of rows) if (!claimed_at) begin(carry(id), id);
      }
    }
  };
  const stopHearing = app.tail.on((rows) => {
    for (const { type, subject, data, workspace_id: where } of rows) {
      const ours = type === 'output.decided' && where === workspace_id;
      if (ours && gates.has(String(data.gate))) begin(carry(subject), subject);
    }
  });
  begin(catchUp());
  return {
    async close() {
      stopHearing();
      while (running.size) await Promise.all(running);
    },
  };
}

async function programOf({ ports }: App, system: Principal): Promise<Principal | undefined> {
  const known = await readKeys(ports, system);
  const key = known.find(({ name, revoked_at }) => name === program_key_name && !revoked_at);
  if (!key) return undefined;
  const { id, name, role, scopes } = key;
  return { ...system, kind: 'key', id, name, role, scopes };
}

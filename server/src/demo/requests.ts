import { account_closures } from './requests/account-closures.ts';
import { address_changes } from './requests/address-changes.ts';
import { large_refunds } from './requests/large-refunds.ts';
import type { DemoRequest } from './requests/request.ts';
import { small_refunds } from './requests/small-refunds.ts';

export type { DemoRequest } from './requests/request.ts';
export { demo_tools } from './requests/tools.ts';

/** What the demo shop's agent asks to do, refunds, addresses and closures by turns, as they would
 *  come in on a working day. */
export const demo_requests: readonly DemoRequest[] = inTurns([
  small_refunds,
  address_changes,
  large_refunds,
  account_closures,
]);

function inTurns(groups: readonly (readonly DemoRequest[])[]): DemoRequest[] {
  const rounds = Math.max(...groups.map(({ length }) => length));
  return Array.from({ length: rounds }, (_, round) =>
    groups.flatMap((group) => group.slice(round, round + 1)),
  ).flat();
}

import { firstOver } from './first-over.ts';
import { certifyFromTallies, type Tally } from './operational.ts';
import type { RiskTarget } from './target.ts';

/**
 * How much a certificate from operational labels would bear: so many more labelled outputs of weight 1,
 * all of them wrong, that score at least its threshold, and the labels would prove it still.
 * @param bin the one that it begins at
 * @param starts as `certifyFromTallies` had them
 * @returns 0 where these labels by themselves do not prove it, though others did before
 */
export function errorsBorne(
  tallies: readonly Tally[],
  { bin, ...given }: RiskTarget & { bins: number; starts: readonly number[]; bin: number },
): number {
  const bears = (n: number) => {
    const worse = [...tallies, { bin, weight: 1, wrong: n, n }];
    const found = certifyFromTallies({ tallies: worse, ...given }).bin;
    return found !== null && found <= bin;
  };
  return bears(0) ? firstOver(0, (n) => !bears(n)) - 1 : 0;
}

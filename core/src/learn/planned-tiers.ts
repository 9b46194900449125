import { invalid } from '../refusal.ts';
import type { ScoredOutput } from './scored.ts';
import type { RiskTarget } from './target.ts';

/** A part of the traffic with a limit of its own, told before anybody knows how an output ends. */
export interface TierLimit {
  tier: string;
  alpha: number;
}

/** A promise that is planned: `alpha` for all, or a limit of each tier. */
export interface DividedTarget extends RiskTarget {
  /** Every tier there is, that of the rest among them; delta is divided among them equally, as a gate
   *  divides it. Absent where one limit holds for all. */
  tiers?: readonly TierLimit[] | undefined;
}

export interface TieredOutput extends ScoredOutput {
  /** One of the target's tiers; where those are absent it counts for nothing. */
  tier?: string;
}

const undivided = 'all';

/** The limits of a promise, each with its part of delta. */
export function targetsOf({ alpha, delta, tiers }: DividedTarget): (TierLimit & RiskTarget)[] {
  const limits = tiers ?? [{ tier: undivided, alpha }];
  return limits.map((one) => ({ ...one, delta: delta / limits.length }));
}

/** The loosest limit of a promise. */
export const loosest = (target: DividedTarget): number =>
  Math.max(...targetsOf(target).map(({ alpha }) => alpha));

/**
 * The place of each output's tier among those of the target.
 * @throws Refusal invalid: no tiers, one that is there twice, an output of none of them
 */
export function tierPlaces(
  outputs: readonly TieredOutput[],
  { tiers }: Pick<DividedTarget, 'tiers'>,
): Uint16Array {
  const places = new Uint16Array(outputs.length);
  if (!tiers) return places;
  const place = new Map(tiers.map(({ tier }, at) => [tier, at]));
  if (place.size === 0 || place.size < tiers.length) {
    throw invalid({ field: 'tiers', message: 'must name at least one, and each once' });
  }
  outputs.forEach(({ tier }, at) => {
    const found = tier === undefined ? undefined : place.get(tier);
    if (found === undefined) {
      throw invalid({ field: `outputs.${at}.tier`, message: 'must be one of the tiers' });
    }
    places[at] = found;
  });
  return places;
}

/** The outputs of each tier, in their order; of one without any none. */
export function byTier<Output extends TieredOutput>(
  outputs: readonly Output[],
  target: DividedTarget,
): Map<string, Output[]> {
  const places = tierPlaces(outputs, target);
  const parts = targetsOf(target).map(({ tier }): [string, Output[]] => [tier, []]);
  outputs.forEach((output, at) => {
    parts[places[at] as number]?.[1].push(output);
  });
  return new Map(parts);
}

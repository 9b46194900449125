import { contradictions, GateDefinition, risks, type TierTerms } from '@wheelhouse/core';
import { numberOf } from './number.ts';
import type { Values } from './options.ts';

/**
 * The limits by risk, cost or group that the options say, checked as those of a gate are.
 * @returns null where there are none
 * @throws Error in words: a limit that a gate would refuse, or one that cannot be read
 */
export function termsOf(
  values: Values,
  { alpha, delta }: { alpha: number; delta: number },
): TierTerms | null {
  const { tiers, 'cost-tiers': costs, 'certify-by': group } = values;
  const given = {
    ...(typeof tiers === 'string' && { tiers: Object.fromEntries(pairs('--tiers', tiers)) }),
    ...(typeof costs === 'string' && {
      cost_tiers: pairs('--cost-tiers', costs).map(([from, limit]) => ({
        from_usd: numberOf('--cost-tiers', from),
        alpha: limit,
      })),
    }),
    ...(typeof group === 'string' && { certify_by: groupsOf(group) }),
  };
  if (!Object.keys(given).length) return null;
  const read = GateDefinition.safeParse({ policy: { mode: 'guaranteed', alpha, delta, ...given } });
  const faults = read.success
    ? contradictions(read.data).map(({ field, message }) => ({ path: field.split('.'), message }))
    : read.error.issues;
  if (faults.length) throw new Error(faults.map(faultWords).join('\n'));
  return { alpha, delta, tiers: {}, ...given };
}

function faultWords({ path, message }: { path: readonly PropertyKey[]; message: string }): string {
  const [, field = '', ...within] = path.map(String);
  const of = within.length && field === 'tiers' ? ` ${within[0]}` : '';
  const hint = message.startsWith('must be') && field !== 'certify_by' ? '. 2% is 0.02' : '';
  return `--${field.replaceAll('_', '-')}${of} ${message}${hint}`;
}

/** `name=limit`, several with commas between them. */
function pairs(flag: string, given: string): [name: string, limit: number][] {
  return given.split(',').map((part): [string, number] => {
    const [name = '', limit, ...more] = part.split('=').map((each) => each.trim());
    if (!name || limit === undefined || more.length) {
      const example = flag === '--tiers' ? 'high=0.01,low=0.1' : '50=0.01,500=0.001';
      throw new Error(`${flag} must be like ${example}, not "${given}".`);
    }
    if (flag === '--tiers' && !risks.some((risk) => risk === name)) {
      throw new Error(`${flag} names risks, which are ${risks.join(', ')}, and not "${name}".`);
    }
    return [name, numberOf(`${flag} ${name}`, limit)];
  });
}

/** `attribute=value,value`. */
function groupsOf(given: string) {
  const [attribute = '', values, ...more] = given.split('=').map((each) => each.trim());
  const named = (values ?? '').split(',').map((each) => each.trim());
  if (!attribute || values === undefined || more.length || named.includes('')) {
    throw new Error(`--certify-by must be like language=de,fr, not "${given}".`);
  }
  return { attribute, values: named };
}

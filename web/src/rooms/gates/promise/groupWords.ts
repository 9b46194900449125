import type { GatePromise, PromiseEpoch, PromiseGroup } from '@wheelhouse/core';
import { epochTitle } from '../../../kit/partWords.ts';
import { epochWords, tierWords } from '../../../kit/promiseWords.ts';

const longest = 40;

/** What a group is called; one that has no value is said in words. */
export function groupName({ of, value }: Pick<PromiseGroup, 'of' | 'value'>): string {
  if (of === 'rest') return 'Other values';
  if (of === 'none' || value === null) return 'Not given';
  if (value === '') return '(empty)';
  return value.length > longest ? `${value.slice(0, longest - 1)}…` : value;
}

/** From how many spot checks its errors are told, and whether those are enough. */
export function tellsWords(
  { tells, errors: { n } }: Pick<PromiseGroup, 'tells' | 'errors'>,
  checks_needed: number,
): string | undefined {
  const checks = `${n.toLocaleString('en-US')} spot ${n === 1 ? 'check' : 'checks'}`;
  switch (tells) {
    case 'nothing_passed':
      return undefined;
    case 'too_few':
      return n < checks_needed
        ? `too few to tell: ${checks} of about ${checks_needed.toLocaleString('en-US')}`
        : `too close to tell: ${checks}`;
    case 'over':
      return checks;
    case 'within':
      return `within α: ${checks}`;
  }
}

/** Which groups have a promise of their own, and that others have none. */
export function groupsPromised({ certify_by }: Pick<GatePromise, 'certify_by'>): string {
  if (!certify_by) return 'The promise is of all that passes together, and none of each group.';
  const { attribute, values } = certify_by;
  const some = values.slice(0, 5).map((value) => tierWords(`${attribute}: ${value}`));
  const more = values.length > 5 ? ` and ${values.length - 5} more` : '';
  return `Each of these has a promise of its own: ${some.join(', ')}${more}, and all others together. Any other group has none.`;
}

/** The versions and ended epochs that groups are told of, each by a name of its own. Open epochs of one
 *  version are one choice. */
export function versionChoices(epochs: readonly PromiseEpoch[]): { id: string; name: string }[] {
  const open = new Map<string, { id: string; name: string }>();
  const ended: { id: string; name: string }[] = [];
  for (const one of epochs) {
    const name = epochWords(one);
    if (one.ended_at) {
      const at = new Date(one.ended_at).toLocaleString();
      ended.push({ id: one.id, name: `${epochTitle(one)} (ended ${at})` });
    } else if (!open.has(name)) open.set(name, { id: one.id, name });
  }
  return [...open.values(), ...ended];
}

import type { PromiseGroup } from '@wheelhouse/core';

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

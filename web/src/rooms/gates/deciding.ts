import { type Quorum, type Role, roles } from '@wheelhouse/core';

/** Roles that can decide at all. */
export const deciding: readonly Role[] = roles.filter((role) => role !== 'viewer');

/** What a quorum asks for, as a person says it. */
export function quorumWords(quorum: Quorum): string {
  const { of, approvals, roles: wanted, veto, second_opinion } = quorum;
  const people = (n: number) => (n === 1 ? 'One person decides' : `${n} people are asked`);
  const agree =
    of === 1 ? '' : approvals === of ? ', and all must agree' : `, ${approvals} must agree`;
  const among = deciding.flatMap((role) => {
    const count = wanted[role];
    return count ? [`${count} ${count === 1 ? `${role} or above` : `of ${role} or above`}`] : [];
  });
  const last = among.length ? `, among them ${among.join(' and ')}` : '';
  const second =
    second_opinion === 'on_disagreement'
      ? ' Where they say otherwise than the AI, a second is asked: two of the three who say the same settle it, else a lead.'
      : '';
  return `${people(of)}${agree}${last}.${second}${veto ? ` A ${veto} or above rejects alone.` : ''}`;
}

import { type Member, refuse, type Scope } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { findMember } from '../store/members.ts';

/** An active member, or the one they delegated to while they are absent.
 *  @throws Refusal not_found */
export async function memberOf(tx: Tx, scope: Scope, id: string): Promise<Member> {
  const seen = new Set<string>();
  for (let next: string | null = id; next && !seen.has(next); ) {
    seen.add(next);
    const member = await findMember(tx, scope, next);
    if (member?.state !== 'active') break;
    const absent = member.away_until !== null && member.away_until > tx.now;
    if (!absent || !member.delegate_to || seen.has(member.delegate_to)) return member;
    next = member.delegate_to;
  }
  throw refuse('not_found', {
    member_id: id,
    errors: [{ field: 'member_id', message: 'no such active member' }],
  });
}

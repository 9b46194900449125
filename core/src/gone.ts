import type { Member, Presence } from './people.ts';
import { atLeast } from './role.ts';
import { type Instant, minute, plus } from './time.ts';

/** A page that is loaded anew, or a laptop that slept for a moment, is no absence. */
const short_absence_ms = minute;

/** Why whoever has the wheel is there no more. */
export type GoneWhy = 'removed' | 'role changed' | 'away' | 'offline';
export interface Gone {
  /** From when on they count as gone. */
  at: Instant;
  why: GoneWhy;
  /** Whether nothing brings them back: what they have they have no more. */
  for_good: boolean;
}

interface Holder extends Pick<Member, 'state' | 'role' | 'away_until'> {
  presence: Presence;
  present_until: Instant | null;
}

/** From when on whoever has the wheel is not there to answer (rule W89). Who never showed a sign of life
 *  at the desk, or acted in the conversation since their last one, works by other means, and nothing is
 *  known of where they are.
 *  @param acted_at when they took the wheel, or spoke since
 *  @returns null while nothing speaks for an absence */
export function goneAt(
  member: Holder | undefined,
  acted_at: Instant | null,
  now: Instant,
): Gone | null {
  if (member?.state !== 'active') return { at: now, why: 'removed', for_good: true };
  if (!atLeast(member.role, 'reviewer')) return { at: now, why: 'role changed', for_good: true };
  const { away_until, present_until } = member;
  const is_here = present_until !== null && present_until > now;
  if (away_until !== null && away_until > now) {
    // Whoever is at the desk all the same may be finishing it.
    return { at: is_here ? present_until : now, why: 'away', for_good: false };
  }
  if (present_until === null || (acted_at !== null && acted_at > present_until)) return null;
  return { at: plus(present_until, short_absence_ms), why: 'offline', for_good: false };
}

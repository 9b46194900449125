import { type Case, type Me, peopleAsked } from '@wheelhouse/core';
import { mayAs } from '../../live/session.ts';

/** Why this person may not decide this case, in words; null when they may. The server decides; this
 *  only says beforehand what it would answer. */
export function barredFrom(
  shown: Case,
  me: Me,
  nameOf: (id: string) => string,
  now_ms: number,
): string | null {
  if (shown.state !== 'waiting') return null;
  if (!mayAs(me.role, 'reviewer')) {
    return 'Your role lets you look at cases, not decide them.';
  }
  if (!mayAs(me.role, shown.needs_role)) {
    return `This asks for a ${shown.needs_role} or above. You can look, and leave a note.`;
  }
  if (shown.assigned_to && shown.assigned_to !== me.id) {
    const how = mayAs(me.role, 'lead') ? ' Assign it to yourself (M) to decide it.' : '';
    return `This was given to ${shortName(nameOf(shown.assigned_to))}.${how}`;
  }
  const others = shown.holders.filter(
    ({ rater, expires_at }) => rater !== me.id && Date.parse(expires_at) > now_ms,
  );
  const places = peopleAsked(shown.quorum, shown.answers_in) - shown.answers_in - others.length;
  if (others.length && places <= 0 && !shown.holders.some(({ rater }) => rater === me.id)) {
    const who = others.map(({ rater }) => shortName(nameOf(rater))).join(' and ');
    return `${who.charAt(0).toUpperCase()}${who.slice(1)} ${others.length > 1 ? 'work' : 'works'} on this now. You can look; it is free again when they leave it.`;
  }
  return null;
}

const longest = 40;

/** A name within a sentence: one that goes on and on would push the sentence out of sight. */
export const shortName = (name: string): string =>
  name.length > longest ? `${name.slice(0, longest).toWellFormed()}…` : name;

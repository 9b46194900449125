import type { Member } from '@wheelhouse/core';

type Of = Pick<Member, 'presence' | 'open_conversations' | 'capacity'>;

/** Whether somebody is there, and how much they have of what they take: "there, 2 of 5". */
export function presenceWords({ presence, open_conversations, capacity }: Of): string {
  const load = `${open_conversations} of ${capacity}`;
  if (presence !== 'online') return presence === 'away' ? `away, ${load}` : 'offline';
  return open_conversations >= capacity ? `full, ${load}` : `there, ${load}`;
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Member } from '@wheelhouse/core';
import { useEffect } from 'react';
import { api } from './api.ts';
import { keys } from './cache.ts';
import { mayAs, members_query, useMe } from './session.ts';

const beat_ms = 20_000;
/** Whoever has not moved a hand for so long is not at the desk, though their page is open. */
const idle_ms = 10 * 60_000;

/** Says that somebody is at the desk, while they are (rule W27). */
export function useHere(): void {
  const { kind, role } = useMe();
  const takes = kind === 'member' && mayAs(role, 'reviewer');
  useEffect(() => {
    if (!takes) return;
    let moved_at = Date.now();
    const moved = () => {
      moved_at = Date.now();
    };
    const beat = () => {
      // Cut off, there is nobody to tell; the next beat tells them.
      if (Date.now() - moved_at < idle_ms) api.me.beHere().catch(() => {});
    };
    const signs = ['pointermove', 'pointerdown', 'keydown', 'wheel', 'focus'] as const;
    for (const sign of signs) addEventListener(sign, moved, { passive: true });
    beat();
    const timer = setInterval(beat, beat_ms);
    return () => {
      clearInterval(timer);
      for (const sign of signs) removeEventListener(sign, moved);
    };
  }, [takes]);
}

/** Whether one takes what comes, and how to change it; undefined for those who take nothing. */
export function useOwnPresence() {
  const me = useMe();
  const cache = useQueryClient();
  const { data } = useQuery(members_query);
  const own = data?.rows.find(({ id }) => id === me.id);
  const set = useMutation({
    mutationFn: api.me.setPresence,
    onSuccess: (member) => {
      cache.setQueryData<{ rows: Member[] }>(keys.members, (now) => ({
        rows: now?.rows.map((one) => (one.id === member.id ? member : one)) ?? [member],
      }));
    },
  });
  if (me.kind !== 'member' || !mayAs(me.role, 'reviewer')) return undefined;
  // A page that is open is a sign of life, also before the list of members has heard of it.
  const away = own?.presence === 'away';
  return { away, set: (presence: 'online' | 'away') => set.mutate({ presence }), error: set.error };
}

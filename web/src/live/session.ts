import { queryOptions, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import type { Event, Me, Role } from '@wheelhouse/core';
import { useEffect, useMemo, useRef } from 'react';
import { api } from './api.ts';
import { applyTo, keys } from './cache.ts';
import { connection } from './connection.ts';
import { applyLooking, refreshTalk } from './conversations.ts';
import { Stream } from './stream.ts';

export const me_query = queryOptions({
  queryKey: keys.me,
  queryFn: ({ signal }) => api.me.get({ signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

/** Who is signed in. Only below the shell, which lets nobody else in. */
export const useMe = (): Me => useSuspenseQuery(me_query).data;

// Kept here rather than taken from core, whose file of roles would bring the schema library along.
const ladder: readonly Role[] = ['viewer', 'reviewer', 'lead', 'builder', 'admin'];
export const mayAs = (role: Role, wanted: Role) => ladder.indexOf(role) >= ladder.indexOf(wanted);

/** Keeps what is shown in step with what happens, for as long as the page is open.
 *  @param heard is told each event, once what it concerns is known to be old */
export function useLive(signedOut: () => void, heard: (event: Event) => void): void {
  const cache = useQueryClient();
  const latest = useRef(heard);
  useEffect(() => {
    latest.current = heard;
  });
  useEffect(() => {
    const apply = applyTo(cache);
    const stream = new Stream({
      event: (event) => {
        apply(event);
        refreshTalk(cache, event);
        latest.current(event);
      },
      looking: (change) => applyLooking(cache, change),
      resync: () => void cache.invalidateQueries(),
      signedOut,
    });
    // What failed while the server was away is asked again when it is back.
    let was = connection.get().state;
    const unwatch = connection.watch(() => {
      const { state } = connection.get();
      if (state === 'live' && was === 'lost') {
        void cache.invalidateQueries({ predicate: ({ state: { status } }) => status === 'error' });
      }
      was = state;
    });
    return () => {
      unwatch();
      stream.stop();
    };
  }, [cache, signedOut]);
}

export const members_query = queryOptions({
  queryKey: keys.members,
  queryFn: () => api.members.list(),
  staleTime: 5 * 60_000,
});

/** Says who an id is: a member by name, oneself as "you", a program or the system by its kind. */
export function useNames(): (id: string | null | undefined) => string {
  const me = useMe();
  const { data } = useQuery(members_query);
  return useMemo(() => {
    const names = new Map(data?.rows.map(({ id, name }) => [id, name]));
    return (id) => {
      if (!id) return 'nobody';
      if (id === me.id) return 'you';
      return (
        names.get(id) ??
        (id.startsWith('key_')
          ? 'a program'
          : id.startsWith('mem_')
            ? 'a former member'
            : 'Wheelhouse')
      );
    };
  }, [data, me.id]);
}

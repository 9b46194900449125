import { useQuery } from '@tanstack/react-query';
import type { HomeSummary } from '@wheelhouse/core';
import { useMemo } from 'react';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';

export type GateFigures = HomeSummary['by_gate'][number];

/** What each gate did in the last 24 hours, by name; one that is not in it is not known of yet. */
export function useGateFigures(): { of: ReadonlyMap<string, GateFigures>; since: string | null } {
  const { data } = useQuery({ queryKey: keys.home, queryFn: api.home.get, staleTime: 15_000 });
  return useMemo(
    () => ({
      of: new Map(data?.by_gate.map((row) => [row.gate, row])),
      since: data?.since ?? null,
    }),
    [data],
  );
}

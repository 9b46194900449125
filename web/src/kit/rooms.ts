import type { lazyRouteComponent } from '@tanstack/react-router';
import type { Role } from '@wheelhouse/core';
import { type ComponentType, createContext, useContext, useMemo } from 'react';
import { mayAs, useMe } from '../live/session.ts';

/** One room of the house. The side bar, the finder, the key sheet and the router are all
 *  drawn from one list of them. */
export interface Room {
  /** Where it opens. */
  path: string;
  /** What may follow the path, as TanStack Router writes it: `{-$case_id}` is optional. Read it
   *  with `useParams({ strict: false })`. */
  params?: string;
  title: string;
  icon: ComponentType<{ size?: number | string; stroke?: number | string }>;
  /** Opens it from anywhere, after `g`. */
  key: string;
  /** The least role that sees it; everyone without one. */
  least?: Role;
  component: ReturnType<typeof lazyRouteComponent>;
}

/** The rooms there are, handed down, so that what is drawn around them knows none by name. */
export const Rooms = createContext<readonly Room[]>([]);

/** The rooms that whoever is signed in may enter. */
export function useSeenRooms(): readonly Room[] {
  const rooms = useContext(Rooms);
  const { role } = useMe();
  return useMemo(() => rooms.filter(({ least }) => !least || mayAs(role, least)), [rooms, role]);
}

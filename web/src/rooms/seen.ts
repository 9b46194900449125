import { useMemo } from 'react';
import { mayAs, useMe } from '../live/session.ts';
import { type Room, rooms } from './rooms.tsx';

/** The rooms that whoever is signed in may enter. */
export function useSeenRooms(): readonly Room[] {
  const { role } = useMe();
  return useMemo(() => rooms.filter(({ least }) => !least || mayAs(role, least)), [role]);
}

import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useSeenRooms } from './rooms.ts';

interface RoomLinkProps {
  /** The room's path, such as `/data`. */
  room: string;
  /** What follows it. */
  rest?: string;
  search?: Record<string, unknown>;
  className?: string | undefined;
  children: ReactNode;
}

/** A link to the rows behind a figure; plain text for those who may not enter that room. */
export function RoomLink({ room, rest = '', search, className, children }: RoomLinkProps) {
  const open = useSeenRooms().some(({ path }) => path === room);
  if (!open) return <span className={className}>{children}</span>;
  return (
    <Link to={`${room}${rest}`} search={search ?? {}} className={className}>
      {children}
    </Link>
  );
}

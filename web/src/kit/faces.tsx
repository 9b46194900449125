import { Button, Skeleton, Text, VisuallyHidden } from '@mantine/core';
import { IconCloudOff, IconHandStop } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useConnection } from '../live/connection.ts';
import { isProblem, sentenceOf } from '../live/problem.ts';
import css from './faces.module.css';

interface EmptyProps {
  title: string;
  /** The next step, in a sentence. */
  children?: ReactNode;
  /** The control that takes it. */
  action?: ReactNode;
  icon?: ReactNode;
}

/** Nothing here, and what to do about it. */
export function Empty({ title, children, action, icon }: EmptyProps) {
  return (
    <div className={css.face}>
      {icon && <div className={css.icon}>{icon}</div>}
      <Text component="h2" fz="lg" fw={600}>
        {title}
      </Text>
      {children && <div className={css.say}>{children}</div>}
      {action}
    </div>
  );
}

/** What was refused, in the server's own sentence, and what can be done. */
export function Refused({ error, retry }: { error: unknown; retry?: () => void }) {
  const away = isProblem(error, 'unreachable');
  const Icon = away ? IconCloudOff : IconHandStop;
  const title = isProblem(error) ? titleOf(error.code, error.title) : 'This page has a fault';
  return (
    <div className={css.face} role="alert">
      <div className={css.icon}>
        <Icon size={28} stroke={1.4} aria-hidden="true" />
      </div>
      <Text component="h2" fz="lg" fw={600}>
        {title}
      </Text>
      <div className={css.say}>{sentenceOf(error)}</div>
      {isProblem(error) && error.request_id && (
        <div className={css.fine}>
          Request <code>{error.request_id}</code>
        </div>
      )}
      {retry && (
        <Button variant="default" onClick={retry}>
          Try again
        </Button>
      )}
    </div>
  );
}

function titleOf(code: string, title: string): string {
  switch (code) {
    case 'unavailable':
      return 'The server is not keeping up';
    case 'unreachable':
      return 'No connection';
    case 'forbidden':
      return 'Not for your role';
    case 'not_found':
      return 'Nothing here';
    default:
      return title;
  }
}

/** True once something has lasted long enough to be worth drawing. */
export function useLasting(wanted: boolean, ms = 200): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!wanted) {
      setLasting(false);
      return;
    }
    const timer = setTimeout(() => setLasting(true), ms);
    return () => clearTimeout(timer);
  }, [wanted, ms]);
  return wanted && lasting;
}

/** Draws a skeleton only when loading takes longer than an eye blink. */
export function Loading({ children }: { children: ReactNode }) {
  const lasting = useLasting(true);
  return (
    <div aria-busy="true" className={css.loading}>
      <VisuallyHidden role="status">Loading</VisuallyHidden>
      {lasting && <div aria-hidden="true">{children}</div>}
    </div>
  );
}

const line_widths = [96, 84, 91, 72, 88, 64, 93, 78];

/** A skeleton of up to eight lines, for what has no better one. */
export function Lines({ count = 5, height = 16 }: { count?: number; height?: number }) {
  return (
    <div className={css.lines}>
      {line_widths.slice(0, count).map((width) => (
        <Skeleton key={width} height={height} width={`${width}%`} />
      ))}
    </div>
  );
}

/** What a query shows of itself. Fits the results of TanStack Query. */
interface Asked<Data> {
  data: Data | undefined;
  error: Error | null;
  isError: boolean;
  dataUpdatedAt: number;
  refetch: () => unknown;
}

interface FacesProps<Data> {
  of: Asked<Data>;
  skeleton: ReactNode;
  /** Drawn instead when it says so. */
  empty?: (data: Data) => ReactNode | false;
  children: (data: Data) => ReactNode;
}

/** The faces of what is fetched: loading, refused, empty, stale, filled. */
export function FourFaces<Data>({ of, skeleton, empty, children }: FacesProps<Data>) {
  // With the whole page cut off, the strip above the room says so, once.
  const lost = useConnection().state === 'lost';
  if (of.data === undefined) {
    if (of.isError) return <Refused error={of.error} retry={() => of.refetch()} />;
    return <Loading>{skeleton}</Loading>;
  }
  const nothing = empty?.(of.data);
  return (
    <>
      {of.isError && !lost && (
        <Stale since={of.dataUpdatedAt} error={of.error} retry={() => of.refetch()} />
      )}
      {nothing || children(of.data)}
    </>
  );
}

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });

/** What is shown may be old: since when, and what is being done about it. */
export function Stale({
  since,
  error,
  retry,
}: {
  since: number;
  error?: unknown;
  retry?: () => void;
}) {
  return (
    <div className={css.stale} role="status">
      <IconCloudOff size={16} stroke={1.6} aria-hidden="true" />
      <span>
        Shown as of {clock.format(since)}.{' '}
        {error && !isProblem(error, 'unreachable') ? sentenceOf(error) : 'Reconnecting…'}
      </span>
      {retry && (
        <Button size="compact-sm" variant="subtle" onClick={retry}>
          Try now
        </Button>
      )}
    </div>
  );
}

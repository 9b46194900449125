import { useConnection } from '../live/connection.ts';
import { Stale, useLasting } from './faces.tsx';
import css from './LiveMark.module.css';

const words = {
  idle: 'Not following',
  connecting: 'Connecting',
  live: 'Live: what you see keeps up by itself',
  lost: 'Connection lost, reconnecting',
} as const;

/** Whether what is on screen keeps up: a filled dot when it does, an open ring when it does not. */
export function LiveMark() {
  const { state } = useConnection();
  return (
    <span
      className={css.mark}
      data-state={state}
      role="img"
      aria-label={words[state]}
      title={words[state]}
    />
  );
}

/** Says above the room since when it is old, once that has lasted. */
export function StaleStrip() {
  const now = useConnection();
  const lasting = useLasting(now.state === 'lost', 2_000);
  return lasting && now.state === 'lost' ? <Stale since={now.since} /> : null;
}

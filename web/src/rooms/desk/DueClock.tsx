import { IconClock } from '@tabler/icons-react';
import { useClock } from '../../kit/Ago.tsx';
import { clockText, countdownText, spanText } from '../../kit/duration.ts';
import css from './DueClock.module.css';

const hour = 3_600_000;
const soon_ms = hour / 4;

/** How long until a case is due. Amber when someone has waited nearly too long. */
export function DueClock({ at, short }: { at: string; short?: boolean }) {
  const due = Date.parse(at);
  const pressing = useClock((now) => due - now < soon_ms);
  const over = useClock((now) => due <= now);
  const span = useClock((now) => {
    const left = Math.abs(due - now);
    return !over && left < hour ? countdownText(left) : spanText(left);
  });
  const words = over ? `overdue${span === 'now' ? '' : ` ${span}`}` : `due in ${span}`;
  return (
    <time
      className={css.due}
      data-pressing={pressing || undefined}
      dateTime={at}
      title={`Due ${clockText(at)}`}
    >
      {!short && <IconClock size={14} stroke={1.8} aria-hidden="true" />}
      {short && !over ? `due ${span}` : words}
    </time>
  );
}

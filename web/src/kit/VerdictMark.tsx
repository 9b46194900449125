import {
  IconArrowNarrowRight,
  IconBan,
  IconCheck,
  IconCircleMinus,
  IconClockPause,
  IconClockX,
  IconHandStop,
  IconMessageCheck,
  IconPencil,
  IconX,
} from '@tabler/icons-react';
import type { OutcomeStatus, VerdictKind } from '@wheelhouse/core';
import css from './VerdictMark.module.css';

const verdicts = {
  pass: { word: 'Passed', Icon: IconArrowNarrowRight },
  hold: { word: 'Held', Icon: IconHandStop },
  block: { word: 'Blocked', Icon: IconBan },
} as const;

/** What a gate said, by shape and word. */
export function VerdictMark({ verdict }: { verdict: VerdictKind }) {
  const { word, Icon } = verdicts[verdict];
  return (
    <span className={css.mark} data-verdict={verdict}>
      <Icon size={16} stroke={1.8} aria-hidden="true" />
      {word}
    </span>
  );
}

const outcomes = {
  passed: { word: 'Passed', Icon: IconArrowNarrowRight },
  approved: { word: 'Approved', Icon: IconCheck },
  edited: { word: 'Edited', Icon: IconPencil },
  rejected: { word: 'Rejected', Icon: IconX },
  answered: { word: 'Answered', Icon: IconMessageCheck },
  expired: { word: 'Expired', Icon: IconClockX },
  cancelled: { word: 'Withdrawn', Icon: IconCircleMinus },
  blocked: { word: 'Blocked', Icon: IconBan },
} as const;

/** What became of an output; while nobody has decided, that it waits. */
export function OutcomeMark({ status }: { status: OutcomeStatus | null }) {
  if (status === null) {
    return (
      <span className={css.mark} data-waiting>
        <IconClockPause size={16} stroke={1.8} aria-hidden="true" />
        Waits
      </span>
    );
  }
  const { word, Icon } = outcomes[status];
  return (
    <span className={css.mark} data-outcome={status}>
      <Icon size={16} stroke={1.8} aria-hidden="true" />
      {word}
    </span>
  );
}

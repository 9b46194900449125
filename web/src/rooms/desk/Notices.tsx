import { Button } from '@mantine/core';
import {
  IconCloudOff,
  IconInfoCircle,
  IconLock,
  IconUserOff,
  IconUsers,
} from '@tabler/icons-react';
import type { Case } from '@wheelhouse/core';
import type { ReactNode } from 'react';
import { ActButton } from '../../kit/ActButton.tsx';
import { useClock } from '../../kit/Ago.tsx';
import { spanText } from '../../kit/duration.ts';
import { shortName } from './barred.ts';
import css from './Notices.module.css';
import type { AnswerState } from './useAnswer.ts';
import { keptWords } from './useStanding.ts';

interface NoticesProps {
  shown: Case;
  barred: string | null;
  answer: AnswerState;
  nameOf: (id: string | null | undefined) => string;
  me_id: string;
  doubtful: boolean;
  unsure: boolean;
  /** On to a case that may be decided. */
  onNext: (() => void) | null;
}

/** How it stands with this case just now, in a strip below its head: each with what can be done. */
export function Notices({ shown, barred, answer, nameOf, me_id, ...more }: NoticesProps) {
  const { doubtful, unsure, onNext } = more;
  if (shown.state !== 'waiting') return null;
  const others = shown.holders.filter(({ rater }) => rater !== me_id);
  return (
    <>
      {shown.stranded_at !== null && (
        <Notice icon={<IconUserOff size={16} stroke={1.6} />}>
          Nobody else is left to decide this: whoever could has answered it, passed it on, asked for
          it or is away. Decide it, or assign it (M), also to someone who passed it on.
        </Notice>
      )}
      {barred !== null && (
        <Notice
          icon={<IconLock size={16} stroke={1.6} />}
          action={
            onNext && (
              <ActButton act_key="Enter" size="compact-sm" onClick={onNext}>
                Take the next case
              </ActButton>
            )
          }
        >
          {barred}
          {keptWords(shown.id)}
        </Notice>
      )}
      {unsure && (
        <Notice icon={<IconCloudOff size={16} stroke={1.6} />}>
          It is not known whether your answer arrived. The case says so once the connection is back.
        </Notice>
      )}
      {doubtful && (
        <Notice icon={<IconCloudOff size={16} stroke={1.6} />}>
          The server cannot be reached, and your hold has probably run out: someone else may take
          this case meanwhile. What you write is kept here.
        </Notice>
      )}
      {others.length > 0 && barred === null && (
        <Notice icon={<IconUsers size={16} stroke={1.6} />}>
          {others.map(({ rater }) => shortName(nameOf(rater))).join(', ')} also{' '}
          {others.length > 1 ? 'work' : 'works'} on it now.
        </Notice>
      )}
      {answer.changed && (
        <Notice
          icon={<IconInfoCircle size={16} stroke={1.6} />}
          action={
            <Button size="compact-sm" variant="default" onClick={answer.looked}>
              I have looked again
            </Button>
          }
        >
          What is shown here has changed since you opened it. Look again before you decide.
        </Notice>
      )}
      {answer.restored_at !== null && barred === null && (
        <Notice
          icon={<IconInfoCircle size={16} stroke={1.6} />}
          action={
            <Button size="compact-sm" variant="default" onClick={answer.discard}>
              Start over
            </Button>
          }
        >
          Your draft <DraftAge at={answer.restored_at} /> is still here.
        </Notice>
      )}
    </>
  );
}

function DraftAge({ at }: { at: number }) {
  const span = useClock((now) => spanText(now - at));
  return span === 'now' ? 'from a moment ago' : `from ${span} ago`;
}

/** One thing to know, in a strip, with what can be done about it. */
export function Notice({
  icon,
  action,
  children,
}: {
  icon: ReactNode;
  action?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className={css.notice} role="note">
      <span className={css.icon} aria-hidden="true">
        {icon}
      </span>
      <span className={css.words}>{children}</span>
      {action}
    </div>
  );
}

import { Button } from '@mantine/core';
import { IconEye, IconEyeOff, IconInfoCircle, IconLock, IconUsers } from '@tabler/icons-react';
import type { Case } from '@wheelhouse/core';
import type { ReactNode } from 'react';
import { ActButton } from '../../kit/ActButton.tsx';
import { Ago } from '../../kit/Ago.tsx';
import css from './Notices.module.css';
import type { AnswerState } from './useAnswer.ts';

interface NoticesProps {
  shown: Case;
  held: boolean;
  barred: string | null;
  answer: AnswerState;
  nameOf: (id: string | null | undefined) => string;
  me_id: string;
  onClaim: () => void;
}

/** What must be known before deciding: said in words, each with what can be done about it. */
export function Notices({ shown, held, barred, answer, nameOf, me_id, onClaim }: NoticesProps) {
  if (shown.state !== 'waiting') return null;
  const others = shown.holders.filter(({ rater }) => rater !== me_id);
  const restored = answer.restored_at;
  return (
    <div className={css.notices}>
      {barred !== null && <Notice icon={<IconLock size={18} stroke={1.6} />}>{barred}</Notice>}
      {barred === null && !held && (
        <Notice
          icon={<IconEye size={18} stroke={1.6} />}
          action={
            <ActButton act_key="Enter" size="compact-sm" onClick={onClaim}>
              Take it
            </ActButton>
          }
        >
          You are only looking. Take it to keep others off while you work; deciding takes it too.
        </Notice>
      )}
      {others.length > 0 && barred === null && (
        <Notice icon={<IconUsers size={18} stroke={1.6} />}>
          {others.map(({ rater }) => nameOf(rater)).join(', ')} also{' '}
          {others.length > 1 ? 'work' : 'works'} on it now.
        </Notice>
      )}
      {answer.changed && (
        <Notice
          icon={<IconInfoCircle size={18} stroke={1.6} />}
          action={
            <Button size="compact-sm" variant="default" onClick={answer.looked}>
              I have looked again
            </Button>
          }
        >
          What is shown here has changed since you opened it. Look again before you decide.
        </Notice>
      )}
      {restored !== null && (
        <Notice
          icon={<IconInfoCircle size={18} stroke={1.6} />}
          action={
            <Button size="compact-sm" variant="default" onClick={answer.discard}>
              Start over
            </Button>
          }
        >
          Your draft from <Ago at={new Date(restored).toISOString()} /> is still here.
        </Notice>
      )}
      <Rules shown={shown} />
    </div>
  );
}

/** Rules of this case that change what deciding means. */
function Rules({ shown }: { shown: Case }) {
  const { kind, adjudicating, quorum, answers_in } = shown;
  return (
    <>
      {adjudicating && (
        <Notice icon={<IconUsers size={18} stroke={1.6} />}>
          {answers_in} people answered and do not agree. You do not see what they said, and your
          answer settles it.
        </Notice>
      )}
      {!adjudicating && quorum.of > 1 && (
        <Notice icon={<IconUsers size={18} stroke={1.6} />}>
          {quorum.of} people answer this apart from each other; {quorum.approvals} must say the
          same. {answers_in} of {quorum.of} so far. What they said stays hidden until it is decided.
        </Notice>
      )}
      {kind === 'shadow' && (
        <Notice icon={<IconEyeOff size={18} stroke={1.6} />}>
          You decide without seeing what the AI says. Afterwards the two are compared.
        </Notice>
      )}
      {kind === 'spot_check' && (
        <Notice icon={<IconInfoCircle size={18} stroke={1.6} />}>
          This passed the gate already and took effect. Your answer measures the gate; it changes
          nothing for whoever asked.
        </Notice>
      )}
    </>
  );
}

function Notice({
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

import { IconEyeOff, IconInfoCircle, IconUsers } from '@tabler/icons-react';
import type { Case } from '@wheelhouse/core';
import type { ReactNode } from 'react';
import { Marked } from '../../kit/Marked.tsx';
import { useContextPanel } from './context/useContextPanel.ts';
import { ScoreBar } from './OptionList.tsx';
import css from './Why.module.css';

const kinds: Record<string, string> = {
  review: 'Held for a person',
  spot_check: 'Spot check',
  shadow: 'Decided without seeing the AI',
};

interface WhyProps {
  shown: Case;
  /** Whether whoever looks may decide it. */
  may_decide: boolean;
}

/** Why this case is here and what deciding it means, before anything else is shown. */
export function Why({ shown, may_decide }: WhyProps) {
  const { kind, reasons, confidence, state } = shown;
  // The context beside it draws the same on its scale.
  const told = useContextPanel().open && shown.gate !== null;
  return (
    <section className={css.why} aria-label="Why it is here">
      <h2 className={css.title}>
        Why it is here{kind !== 'question' && <span className={css.kind}>{kinds[kind]}</span>}
      </h2>
      {reasons.length === 1 ? (
        <p className={css.reason}>
          <Marked text={sentence(reasons[0] ?? '')} />
        </p>
      ) : (
        <ul className={css.reasons}>
          {reasons.map((reason) => (
            <li key={reason}>
              <Marked text={sentence(reason)} />
            </li>
          ))}
        </ul>
      )}
      {confidence !== null && !told && (
        <p className={css.sure}>
          <span>The AI says it is this sure</span>
          <ScoreBar score={confidence} />
        </p>
      )}
      {state === 'waiting' && <Meaning shown={shown} may_decide={may_decide} />}
    </section>
  );
}

/** What deciding this one means, where that is not what it usually means. */
function Meaning({ shown, may_decide }: WhyProps) {
  const { kind, adjudicating, quorum, answers_in } = shown;
  const second = quorum.second_opinion === 'on_disagreement' && answers_in > 0;
  return (
    <>
      {adjudicating && (
        <Line icon={<IconUsers size={16} stroke={1.6} />}>
          {answers_in} people answered and do not agree. What they said stays hidden;{' '}
          {may_decide ? 'your answer settles it.' : 'one more person settles it.'}
        </Line>
      )}
      {!adjudicating && second && (
        <Line icon={<IconUsers size={16} stroke={1.6} />}>
          A second opinion: one person has decided otherwise than the AI. What they said stays
          hidden until it is decided. Two of the three who say the same settle it; if all differ, a
          lead does.
        </Line>
      )}
      {!adjudicating && quorum.of > 1 && (
        <Line icon={<IconUsers size={16} stroke={1.6} />}>
          <Progress done={answers_in} of={quorum.of} /> {answers_in} of {quorum.of} have answered,
          apart from each other; {quorum.approvals} must say the same. What they said stays hidden
          until it is decided.
        </Line>
      )}
      {kind === 'shadow' && (
        <Line icon={<IconEyeOff size={16} stroke={1.6} />}>
          What the AI says stays hidden until you have answered. Then the two are compared.
        </Line>
      )}
      {kind === 'spot_check' && (
        <Line icon={<IconInfoCircle size={16} stroke={1.6} />}>
          It passed the gate and took effect already. Your answer measures the gate and changes
          nothing for whoever asked.
        </Line>
      )}
    </>
  );
}

/** One mark for each person asked, filled when they have answered. */
const Progress = ({ done, of }: { done: number; of: number }) => (
  <span className={css.progress} aria-hidden="true">
    {Array.from({ length: Math.min(of, 12) }, (_, at) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: a place among equals has no other name.
      <span key={at} data-done={at < done || undefined} />
    ))}
  </span>
);

const Line = ({ icon, children }: { icon: ReactNode; children: ReactNode }) => (
  <p className={css.meaning}>
    <span className={css.icon} aria-hidden="true">
      {icon}
    </span>
    <span>{children}</span>
  </p>
);

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

import type { Case } from '@wheelhouse/core';
import { Lines, Loading } from '../../../kit/faces.tsx';
import { Share } from '../../../kit/figures.tsx';
import { gateSentence } from '../../../kit/policyWords.ts';
import { RoomLink } from '../../../kit/RoomLink.tsx';
import { ConfidenceScale } from './ConfidenceScale.tsx';
import css from './ContextPanel.module.css';
import { Part } from './Part.tsx';
import { useAgreement, type useJudgedBy } from './useCaseContext.ts';

interface GateFactsProps {
  shown: Case;
  judged: ReturnType<typeof useJudgedBy>;
}

/** By which policy it was judged, and how far the AI can be believed at this gate. */
export function GateFacts({ shown, judged }: GateFactsProps) {
  const { gate, policy, version, older, asked } = judged;
  const agreement = useAgreement(shown.gate);
  return (
    <Part title="Its gate">
      {shown.confidence !== null && (
        <ConfidenceScale
          confidence={shown.confidence}
          threshold={policy?.mode === 'threshold' ? policy.threshold : null}
        />
      )}
      {policy ? (
        <p className={css.say}>
          <RoomLink room="/gates" rest={`/${shown.gate}`} className={css.link}>
            <bdi>{shown.gate_title}</bdi>
          </RoomLink>
          : {gateSentence({ policy, queue: gate?.queue ?? shown.queue })}
        </p>
      ) : (
        !asked.isError && (
          <Loading>
            <Lines count={2} />
          </Loading>
        )
      )}
      {older && policy && (
        <p className={css.fine}>
          Judged by version {version}; version {gate?.policy_version} is in force now.
        </p>
      )}
      {agreement && (
        <dl className={css.figure}>
          <dt>People agree with the AI here, last 24 h</dt>
          <dd>
            <Share of={agreement} what="decisions" />
          </dd>
        </dl>
      )}
    </Part>
  );
}

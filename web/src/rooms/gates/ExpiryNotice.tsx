import type { GateDefinition } from '@wheelhouse/core';
import { RoomLink } from '../../kit/RoomLink.tsx';
import css from './GatePage.module.css';

interface ExpiryNoticeProps {
  gate: string;
  policy: GateDefinition['policy'];
}

/** Of a guaranteed gate that was saved before it was refused that time alone approves (rule G87). */
export function ExpiryNotice({ gate, policy }: ExpiryNoticeProps) {
  if (policy.mode !== 'guaranteed' || policy.deadline.fallback !== 'approve') return null;
  return (
    <div className={css.notice} role="status">
      <span>
        <b>Nothing runs because time is up.</b> This policy says it may, from before that was
        refused where a promise is kept: what nobody decided in time ends neither yes nor no. Choose
        what is to happen under{' '}
        <RoomLink room="/gates" rest={`/${gate}`} search={{ tab: 'people' }}>
          People
        </RoomLink>
        , and save it.
      </span>
    </div>
  );
}

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
        <b>Nothing is approved because time is up.</b> This policy says it would be: it was saved
        before a guaranteed gate refused that. What nobody decides in time ends neither yes nor no.
        Choose what is to happen instead under{' '}
        <RoomLink room="/gates" rest={`/${gate}`} search={{ tab: 'people' }}>
          People and time
        </RoomLink>
        , and save it.
      </span>
    </div>
  );
}

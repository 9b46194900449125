import type { ConversationRow } from '@wheelhouse/core';
import { memo, useEffect, useRef } from 'react';
import { Ago, useClock } from '../../../kit/Ago.tsx';
import { spanText } from '../../../kit/duration.ts';
import { reason_words } from '../../../kit/wheelWords.ts';
import list from '../CaseList.module.css';
import { DueClock } from '../DueClock.tsx';
import css from './TalkRow.module.css';
import {
  answeringWords,
  contactName,
  draftWords,
  isToCallBack,
  isUnread,
  waitsSince,
  wheelWords,
} from './words.ts';

interface TalkRowProps {
  row: ConversationRow;
  current: boolean;
  me_id: string;
  onOpen: (id: string) => void;
}

/** A conversation in the list: who, and when an answer is due or how long they have waited, the last words, then why it is here
 *  and who has the wheel. */
export const TalkRow = memo(function TalkRow({ row, current, me_id, onOpen }: TalkRowProps) {
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (current) item.current?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  const unread = isUnread(row);
  const since = waitsSince(row);
  const others = row.looking.filter(({ member_id }) => member_id !== me_id);
  return (
    <li ref={item} className={list.row} data-current={current || undefined}>
      <button
        type="button"
        data-row
        className={list.open}
        onClick={() => onOpen(row.id)}
        aria-current={current || undefined}
      >
        <span className={list.line}>
          <span className={`${list.title} one-line`} data-unread={unread || undefined} dir="auto">
            {unread && <span className={css.unread} role="img" aria-label="Unread" />}
            {contactName(row)}
          </span>
          {row.due_at ? (
            <span className={list.age}>
              <DueClock at={row.due_at} short />
            </span>
          ) : since ? (
            <Waiting since={since} short />
          ) : (
            <span className={list.age}>
              <Ago at={row.active_at} short />
            </span>
          )}
        </span>
        <span className={`${css.last} one-line`} dir="auto">
          {row.last?.text || 'Nothing was said yet'}
        </span>
        <span className={list.line}>
          <span className={`${css.why} one-line`}>{whyHere(row, me_id)}</span>
          {others.length > 0 && (
            <span className={`${css.others} one-line`}>
              {others.map(({ name }) => name).join(', ')} looking
            </span>
          )}
        </span>
      </button>
    </li>
  );
});

/** What is to be done comes first: to call back, to take what is offered, then why it waits. */
function whyHere(row: ConversationRow, me_id: string): string {
  if (isToCallBack(row)) return 'to be called back';
  if (row.draft) return draftWords(row.draft);
  if (row.owner.kind !== 'queue' || !row.reason) {
    return answeringWords(row) ?? wheelWords(row, me_id);
  }
  const { offered_to, sent_by } = row.hand_off ?? {};
  const mine = offered_to?.id === me_id;
  if (mine && sent_by) return `sent to you by ${sent_by.name}`;
  const to = offered_to && `, waits for ${mine ? 'you' : offered_to.name}`;
  return `${reason_words[row.reason]}${to ?? ''}`;
}

/** How long a customer has waited for an answer. */
export function Waiting({ since, short }: { since: string; short?: boolean }) {
  const text = useClock((now) => spanText(now - Date.parse(since)));
  return (
    <time className={css.waiting} dateTime={since}>
      {short ? text : `waiting ${text === 'now' ? 'since just now' : text}`}
    </time>
  );
}

import { ActionIcon } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import type { Conversation } from '@wheelhouse/core';
import { ActButton } from '../../../kit/ActButton.tsx';
import { languageText } from '../../../kit/languageText.ts';
import { PanelButton } from '../../../kit/PanelButton.tsx';
import { due_words, reason_words } from '../../../kit/wheelWords.ts';
import { DueClock } from '../DueClock.tsx';
import css from './ConversationHeader.module.css';
import { Snooze } from './Snooze.tsx';
import { Waiting } from './TalkRow.tsx';
import type { Wheel } from './useWheel.tsx';
import { answeringWords, contactName, isToCallBack, waitsSince, wheelWords } from './words.ts';

interface ConversationHeaderProps {
  conversation: Conversation;
  me_id: string;
  /** More of why it came here: the words of the rule, or of whoever it was. */
  why: string | null;
  wheel: Wheel;
  /** Null while the customer is in sight. */
  onCustomer: (() => void) | null;
  onChanged: (conversation: Conversation) => void;
  onBack: () => void;
}

/** Who it is, who has the wheel, why it came here, how long they have waited, who else looks. */
export function ConversationHeader(props: ConversationHeaderProps) {
  const { conversation, me_id, why, wheel, onCustomer, onBack } = props;
  const { reason, hand_off, due_at, due_for, looking, channel } = conversation;
  const since = waitsSince(conversation);
  const answering = answeringWords(conversation);
  const others = looking.filter(({ member_id }) => member_id !== me_id);
  return (
    <header className={css.head}>
      <div className={css.top}>
        <ActionIcon
          className={css.back}
          variant="subtle"
          color="gray"
          size={40}
          onClick={onBack}
          aria-label="Back to the list"
        >
          <IconArrowLeft size={20} stroke={1.6} />
        </ActionIcon>
        <h1 className={`${css.title} one-line`} dir="auto">
          {contactName(conversation)}
        </h1>
        <span className={`${css.fine} ${css.channel}`}>{channel}</span>
        {since && <Waiting since={since} />}
        {!since && answering && <span className={css.fine}>{answering}</span>}
        {onCustomer && <PanelButton label="Show the customer" at_end onOpen={onCustomer} />}
      </div>
      <div className={css.facts}>
        <span className={css.wheel} data-mine={wheel.mine || undefined} role="status">
          {wheelWords(conversation, me_id)}
        </span>
        {reason && (
          <span>
            Why: {reason_words[reason]}
            {why && (
              <>
                : <q dir="auto">{why}</q>
              </>
            )}
          </span>
        )}
        {hand_off && <HandedBy hand_off={hand_off} />}
        {isToCallBack(conversation) && <span className={css.due}>To be called back</span>}
        {due_at && due_for && (
          <span className={css.due}>
            {due_words[due_for]} <DueClock at={due_at} />
          </span>
        )}
        {others.map(({ member_id, name, typing }) => (
          <span key={member_id}>
            <bdi>{name}</bdi> {typing ? 'is writing' : 'is looking too'}
          </span>
        ))}
        <div className={css.acts}>
          {wheel.acts
            .filter(({ may }) => may)
            .map(({ name, key, label, run }) => (
              <ActButton
                key={name}
                act_key={key}
                size="compact-sm"
                variant={name === 'take' && wheel.wanted ? 'filled' : 'default'}
                disabled={wheel.busy}
                onClick={run}
              >
                {label}
              </ActButton>
            ))}
          <Snooze conversation={conversation} mine={wheel.mine} onChanged={props.onChanged} />
        </div>
      </div>
    </header>
  );
}

/** Who sent it and why, and what whoever takes it has to know. */
function HandedBy({ hand_off }: { hand_off: NonNullable<Conversation['hand_off']> }) {
  const { sent_by, note, skills, language } = hand_off;
  const needs = [...skills, ...(language ? [languageText(language)] : [])].join(', ');
  return (
    <>
      {sent_by && (
        <span>
          Sent by <bdi>{sent_by.name}</bdi>
          {note && (
            <>
              : <q dir="auto">{note}</q>
            </>
          )}
        </span>
      )}
      {needs && <span>Needs: {needs}</span>}
    </>
  );
}

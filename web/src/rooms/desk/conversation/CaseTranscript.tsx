import { Button } from '@mantine/core';
import type { Case, Conversation } from '@wheelhouse/core';
import { useState } from 'react';
import { ActButton } from '../../../kit/ActButton.tsx';
import { Lines, Loading, Refused } from '../../../kit/faces.tsx';
import { Panel } from '../../../kit/Panel.tsx';
import { Parts } from '../../../kit/Parts.tsx';
import { tellFailed } from '../../../kit/tell.ts';
import { useKeys } from '../../../kit/useKeys.ts';
import { api } from '../../../live/api.ts';
import type { Talk } from '../../../live/conversations.ts';
import { BriefPanel, useBrief } from './BriefPanel.tsx';
import { Said } from './Said.tsx';
import css from './Transcript.module.css';
import { showMessage } from './Transcript.tsx';
import { useTalk } from './useConversation.ts';
import { contactName, pickedAfter } from './words.ts';

const most_shown = 30;

interface CaseTranscriptProps {
  id: string;
  shown: Case;
  may_act: boolean;
  onOpen: (id: string) => void;
  nameOf: (id: string | null | undefined) => string;
}

/** What was said before a reply that is held, in place of the facts that the reply was made from. */
export function CaseTranscript(props: CaseTranscriptProps) {
  const { id, shown, nameOf } = props;
  const { asked } = useTalk(id);
  const reply = shown.parts.filter(({ name }) => !/^(input|facts|messages)/.test(name));
  return (
    <>
      {asked.data && <CaseBrief talk={asked.data} />}
      {asked.data ? (
        <Panel
          title={contactName(asked.data.conversation)}
          aside={<ToConversation {...props} conversation={asked.data.conversation} />}
        >
          <ol className={css.messages}>
            {asked.data.messages.slice(-most_shown).map((message, at, all) => (
              <Said
                key={message.id}
                message={message}
                picked={pickedAfter(all, at)}
                customer={contactName(asked.data.conversation)}
                nameOf={nameOf}
              />
            ))}
          </ol>
        </Panel>
      ) : asked.isError ? (
        <Refused error={asked.error} retry={() => void asked.refetch()} />
      ) : (
        <Loading>
          <Lines count={4} />
        </Loading>
      )}
      <Parts parts={reply} of_conversation />
    </>
  );
}

/** From a reply to the conversation that it is for: to read on there, or to answer oneself. */
function ToConversation(props: CaseTranscriptProps & { conversation: Conversation }) {
  const { id, shown, may_act, onOpen, conversation } = props;
  const [busy, setBusy] = useState(false);
  const { owner, state, draft } = conversation;
  const take = async () => {
    setBusy(true);
    try {
      if (owner.kind !== 'member') await api.conversations.take(id);
      onOpen(id);
    } catch (problem) {
      setBusy(false);
      tellFailed('You did not get the wheel', problem);
    }
  };
  const may_take = may_act && state === 'open' && owner.kind !== 'member';
  const open = () => onOpen(id);
  const newer = draft?.case_id && draft.case_id !== shown.id ? draft.case_id : null;
  const group = 'This case';
  useKeys([
    { key: 'g', label: 'Open the conversation', group, run: open },
    { key: 't', label: 'Take the wheel', group, off: !may_take || busy, run: () => void take() },
  ]);
  return (
    <>
      {newer && shown.state !== 'waiting' && (
        <Button size="compact-sm" variant="default" onClick={() => onOpen(newer)}>
          The draft that waits now
        </Button>
      )}
      <ActButton act_key="g" size="compact-sm" onClick={open}>
        Open the conversation
      </ActButton>
      {may_take && (
        <ActButton act_key="t" size="compact-sm" disabled={busy} onClick={() => void take()}>
          Take the wheel
        </ActButton>
      )}
    </>
  );
}

function CaseBrief({ talk: { conversation, messages } }: { talk: Talk }) {
  const brief = useBrief(conversation);
  return brief && <BriefPanel brief={brief} messages={messages} begins_open onShow={showMessage} />;
}

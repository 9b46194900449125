import type { Case } from '@wheelhouse/core';
import { Lines, Loading, Refused } from '../../../kit/faces.tsx';
import { Panel } from '../../../kit/Panel.tsx';
import { Parts } from '../../../kit/Parts.tsx';
import type { Talk } from '../../../live/conversations.ts';
import { BriefPanel, useBrief } from './BriefPanel.tsx';
import css from './Conversation.module.css';
import { Said } from './Said.tsx';
import { showMessage } from './Transcript.tsx';
import { useTalk } from './useConversation.ts';
import { contactName, pickedAfter } from './words.ts';

const most_shown = 30;

interface CaseTranscriptProps {
  id: string;
  parts: Case['parts'];
  nameOf: (id: string | null | undefined) => string;
}

/** What was said before a reply that is held, in place of the facts that the reply was made from. */
export function CaseTranscript({ id, parts, nameOf }: CaseTranscriptProps) {
  const { asked } = useTalk(id);
  const reply = parts.filter(({ name }) => !/^(input|facts|messages)/.test(name));
  return (
    <>
      {asked.data && <CaseBrief talk={asked.data} />}
      {asked.data ? (
        <Panel title={contactName(asked.data.conversation)}>
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
      <Parts parts={reply} />
    </>
  );
}

function CaseBrief({ talk: { conversation, messages } }: { talk: Talk }) {
  const brief = useBrief(conversation);
  return brief && <BriefPanel brief={brief} messages={messages} begins_open onShow={showMessage} />;
}

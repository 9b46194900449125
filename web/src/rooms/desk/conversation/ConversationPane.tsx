import type { Conversation } from '@wheelhouse/core';
import { useState } from 'react';
import { Empty, Lines, Loading, Refused, Stale } from '../../../kit/faces.tsx';
import { useTabTitle } from '../../../kit/PageHeader.tsx';
import { useKeys } from '../../../kit/useKeys.ts';
import { useConnection } from '../../../live/connection.ts';
import type { Talk } from '../../../live/conversations.ts';
import { useLookedAt } from '../../../live/leading.ts';
import { isProblem } from '../../../live/problem.ts';
import type { useContextPanel } from '../context/useContextPanel.ts';
import { BriefPanel, useBrief } from './BriefPanel.tsx';
import { Composer } from './Composer.tsx';
import { ConversationHeader } from './ConversationHeader.tsx';
import css from './ConversationPane.module.css';
import { CustomerPanel } from './CustomerPanel.tsx';
import { DraftWaits } from './DraftWaits.tsx';
import { GoesOn, MergedParts } from './Merged.tsx';
import { Transcript } from './Transcript.tsx';
import { Underway } from './Underway.tsx';
import { useContact } from './useContact.tsx';
import { useLooking, useOutbox, useReading, useShowing, useTalk } from './useConversation.ts';
import { useTranslating } from './useKnowledge.ts';
import { useMerge } from './useMerge.tsx';
import { useWheel } from './useWheel.tsx';
import { contactName, unansweredIn } from './words.ts';

export interface ConversationPaneProps {
  id: string;
  me: { id: string; name: string };
  may_act: boolean;
  leads: boolean;
  nameOf: (id: string | null | undefined) => string;
  context: ReturnType<typeof useContextPanel>;
  /** The message to bring into view; null for the newest. */
  at_seq: number | null;
  onOpen: (id: string) => void;
  onBack: () => void;
}

/** One conversation: who has the wheel and why it came here, what was said, and what to say. */
export function ConversationPane(props: ConversationPaneProps) {
  const { asked, earlier, put } = useTalk(props.id);
  if (!asked.data) {
    if (!asked.isError) {
      return (
        <Loading>
          <Lines count={6} height={32} />
        </Loading>
      );
    }
    if (isProblem(asked.error) && [404, 422].includes(asked.error.status)) {
      return <Empty title="There is no such conversation">Its address may be cut short.</Empty>;
    }
    return <Refused error={asked.error} retry={() => void asked.refetch()} />;
  }
  return (
    <Open
      {...props}
      talk={asked.data}
      earlier={earlier}
      onChanged={put}
      stale={asked.isError ? asked.dataUpdatedAt : null}
    />
  );
}

interface OpenProps extends ConversationPaneProps {
  talk: Talk;
  earlier: () => Promise<unknown>;
  onChanged: (conversation: Conversation) => void;
  /** Since when what is shown may be old. */
  stale: number | null;
}

function Open(props: OpenProps) {
  const { id, talk, me, leads, nameOf, context, onChanged, onOpen } = props;
  const { conversation } = talk;
  // What goes on elsewhere, or was erased, is read here, and no more.
  const may_act = props.may_act && conversation.merged_into === null && !conversation.erased_at;
  const [typing, setTyping] = useState(false);
  const [before, setBefore] = useState(false);
  useTabTitle(contactName(conversation));
  useLookedAt(id);
  useLooking(id, may_act, typing);
  useReading(conversation, may_act);
  const showing = useShowing(props.at_seq, talk, props.earlier);
  const { outbox, rows: unsent } = useOutbox(id);
  const wheel = useWheel({ conversation, me_id: me.id, may_act, leads, onChanged });
  const merge = useMerge({ conversation, may_act, leads, onOpen });
  const contact = useContact({ conversation, may_act, onChanged });
  const brief = useBrief(conversation);
  const translate_to = useTranslating(conversation, may_act);
  const lost = useConnection().state === 'lost';
  const instead = !context.roomy && before;
  const turn = context.roomy ? context.toggle : () => setBefore(!before);
  const label = 'Show or put away the customer';
  useKeys([{ key: 'i', label, group: 'Conversation', run: turn }]);
  const beside = context.open || instead;
  return (
    <div className={css.beside} data-open={context.open || undefined}>
      <article className={css.pane} hidden={instead} aria-label={contactName(conversation)}>
        <div>
          <ConversationHeader
            conversation={conversation}
            me_id={me.id}
            why={brief?.why ?? null}
            wheel={wheel}
            onChanged={onChanged}
            onCustomer={beside ? null : turn}
            onBack={props.onBack}
          />
          {conversation.draft?.case_id && (
            <DraftWaits
              {...conversation.draft}
              case_id={conversation.draft.case_id}
              onOpen={onOpen}
            />
          )}
          {brief && (
            <BriefPanel
              brief={brief}
              messages={talk.messages}
              begins_open={context.roomy}
              onShow={showing.show}
            />
          )}
        </div>
        <Transcript
          translate_to={translate_to}
          found_seq={showing.found_seq}
          talk={talk}
          nameOf={nameOf}
          earlier={props.earlier}
          before={<MergedParts parts={talk.merged} talk={talk} nameOf={nameOf} onOpen={onOpen} />}
        >
          {props.stale !== null && !lost && <Stale since={props.stale} />}
          <Underway
            conversation={conversation}
            messages={talk.messages}
            me={me}
            unsent={unsent}
            outbox={outbox}
          />
        </Transcript>
        {may_act && (
          <Composer
            key={id}
            conversation={conversation}
            me={me}
            leads={leads}
            wheel={wheel}
            asked_seq={unansweredIn(talk.messages)}
            translates={translate_to !== null}
            onTyping={setTyping}
            onSay={(said) =>
              outbox.add(said, Date.now(), crypto.getRandomValues(new Uint8Array(10)))
            }
          />
        )}
        {conversation.merged_into && <GoesOn into={conversation.merged_into} onOpen={onOpen} />}
        {wheel.dialogs}
        {merge.dialog}
        {contact.dialog}
      </article>
      {beside && (
        <CustomerPanel
          conversation={conversation}
          may_act={may_act}
          onChanged={onChanged}
          onWrite={contact.ask}
          onMerge={merge.ask}
          onOpen={onOpen}
          onClose={turn}
        />
      )}
    </div>
  );
}

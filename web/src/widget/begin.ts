import type { Kept, Outgoing } from './memory.ts';
import { type ChatState, Refused } from './state.ts';

/** Begins a conversation. A token may have ended meanwhile, or whom it stands for may be erased: then it
 *  is begun as somebody new.
 *  @param anew has the visitor let in again */
export const begun = (
  asking: { begin(): Promise<{ id: string }> },
  anew: () => Promise<void>,
): Promise<{ id: string }> =>
  asking.begin().catch(async (thrown) => {
    if (!(thrown instanceof Refused) || ![401, 410].includes(thrown.status)) throw thrown;
    await anew();
    return asking.begin();
  });

/** What was written before a conversation began is of it. */
export const within = (outbox: Outgoing[], id: string): Outgoing[] =>
  outbox.map((one) => (one.conversation_id ? one : { ...one, conversation_id: id }));

/** Without a conversation that was erased. What was written in it and never arrived is for the next. */
export function without(state: ChatState, kept: Kept): Partial<ChatState> {
  const id = kept.conversation_id;
  kept.conversation_id = undefined;
  return {
    chat: undefined,
    messages: [],
    outbox: state.outbox.map(({ conversation_id, ...one }) =>
      conversation_id === id || !conversation_id ? one : { ...one, conversation_id },
    ),
    judged: state.judged.filter(({ conversation_id }) => conversation_id !== id),
    erased: true,
  };
}

/** What a browser kept, as it is shown again. */
export const remembered = ({
  bot,
  outbox: written,
  judged = [],
  files,
  form,
  answers,
  asked = false,
  conversation_id: id,
}: Kept): Partial<ChatState> => {
  const outbox = id ? within(written, id) : written;
  return { bot, outbox, judged, files, form, answers, asked };
};

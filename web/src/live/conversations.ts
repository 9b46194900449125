import type { QueryClient } from '@tanstack/react-query';
import type { Event, LookingChange, Transcript } from '@wheelhouse/core';
import { api } from './api.ts';
import { keys } from './cache.ts';

/** What is known of an open conversation: its messages without a gap, and whether there are earlier
 *  ones on the server. */
export type Talk = Transcript;

/** Reads a conversation; of one that is known, only what follows the last known message (events bring
 *  digests, and no words). */
export async function readTalk(cache: QueryClient, id: string, signal: AbortSignal): Promise<Talk> {
  const known = cache.getQueryData<Talk>(keys.talk(id));
  if (!known) return api.conversations.read(id, {}, { signal });
  let { messages } = known;
  for (;;) {
    const after = messages.at(-1)?.seq ?? 0;
    const next = await api.conversations.read(id, { after }, { signal });
    messages = [...messages, ...next.messages];
    if (!next.more || !next.messages.length) {
      const now = cache.getQueryData<Talk>(keys.talk(id)) ?? known;
      return { ...next, messages: joined(now, messages), more: now.more };
    }
  }
}

/** Earlier ones may have been fetched meanwhile. */
function joined(now: Talk, messages: Talk['messages']): Talk['messages'] {
  const first = messages[0]?.seq ?? 0;
  return [...now.messages.filter(({ seq }) => seq < first), ...messages];
}

/** Fetches what went before the first known message. */
export async function readEarlier(cache: QueryClient, id: string): Promise<void> {
  const first = cache.getQueryData<Talk>(keys.talk(id))?.messages[0]?.seq;
  if (!first || first <= 1) return;
  const page = await api.conversations.read(id, { before: first });
  cache.setQueryData<Talk>(keys.talk(id), (now) =>
    now && now.messages[0]?.seq === first
      ? { ...now, messages: [...page.messages, ...now.messages], more: page.more }
      : now,
  );
}

/** What happened in a conversation is on screen at once, and not with the next round of lists. */
export function refreshTalk(cache: QueryClient, { type, subject, data }: Event): void {
  const of_output = type === 'output.feedback_given' || type === 'output.decided';
  if (of_output && typeof data.conversation_id === 'string') {
    void cache.invalidateQueries({ queryKey: keys.talk(data.conversation_id) });
  }
  if (type === 'conversation.erased') void forgetTalk(cache, subject);
  if (!type.startsWith('message.') && !type.startsWith('conversation.')) return;
  void cache.invalidateQueries({ queryKey: keys.talk(subject) });
}

/** What is kept in the page of a conversation that was erased goes as well. */
export const forgetTalk = (cache: QueryClient, id: string): Promise<void> =>
  cache.resetQueries({ queryKey: keys.talk(id) });

/** Who looks, types and has read, as it is told beside the events. */
export function applyLooking(cache: QueryClient, change: LookingChange): void {
  const { conversation_id, ...rest } = change;
  cache.setQueryData<Talk>(
    keys.talk(conversation_id),
    (now) => now && { ...now, conversation: { ...now.conversation, ...rest } },
  );
}

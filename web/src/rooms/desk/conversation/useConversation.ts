import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Conversation, Looking } from '@wheelhouse/core';
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { api } from '../../../live/api.ts';
import { keys } from '../../../live/cache.ts';
import { useConnection } from '../../../live/connection.ts';
import { readEarlier, readTalk, type Talk } from '../../../live/conversations.ts';
import { outboxOf } from './outbox.ts';
import { showMessage } from './Transcript.tsx';

const heartbeat_ms = 10_000;

/** A conversation as it goes on. */
export function useTalk(id: string | null) {
  const cache = useQueryClient();
  const asked = useQuery({
    queryKey: keys.talk(id ?? ''),
    queryFn: ({ signal }) => readTalk(cache, id ?? '', signal),
    enabled: id !== null,
  });
  const earlier = useCallback(() => readEarlier(cache, id ?? ''), [cache, id]);
  /** Puts what an act answered with on screen, before its event comes. */
  const put = useCallback(
    (conversation: Conversation) => {
      cache.setQueryData<Talk>(
        keys.talk(conversation.id),
        (now) => now && { ...now, conversation },
      );
      void cache.invalidateQueries({ queryKey: keys.talk(conversation.id) });
      void cache.invalidateQueries({ queryKey: keys.talks });
      void cache.invalidateQueries({ queryKey: keys.talkCounts });
      void cache.invalidateQueries({ queryKey: keys.cases });
    },
    [cache],
  );
  return { asked, earlier, put };
}

/** Says that this conversation is open here, and whether something is being written to the customer,
 *  for as long as it is (rule W16). */
export function useLooking(id: string, may: boolean, typing: boolean): void {
  const cache = useQueryClient();
  useEffect(() => {
    if (!may) return;
    const told = ({ looking, customer_typing }: Looking) =>
      cache.setQueryData<Talk>(
        keys.talk(id),
        (now) => now && { ...now, conversation: { ...now.conversation, looking, customer_typing } },
      );
    const say = () => {
      if (document.hidden) return;
      // Cut off, there is nobody to tell; the next beat tells them.
      api.conversations.look(id, typing).then(told, () => {});
    };
    say();
    const timer = setInterval(say, typing ? heartbeat_ms / 2 : heartbeat_ms);
    document.addEventListener('visibilitychange', say);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', say);
    };
  }, [cache, id, may, typing]);
}

/** What is seen is read by the team. */
export function useReading(conversation: Conversation | undefined, may: boolean): void {
  const told = useRef(0);
  const { id, seq = 0, team_read_seq = 0 } = conversation ?? {};
  useEffect(() => {
    const read = () => {
      if (!id || !may || document.hidden || seq <= Math.max(team_read_seq, told.current)) return;
      told.current = seq;
      api.conversations.readUpTo(id, seq).catch(() => {
        told.current = 0;
      });
    };
    read();
    document.addEventListener('visibilitychange', read);
    return () => document.removeEventListener('visibilitychange', read);
  }, [id, seq, team_read_seq, may]);
}

/** What was written here and has not arrived; it goes out as soon as there is a connection. */
export function useOutbox(id: string) {
  const outbox = outboxOf(id);
  const rows = useSyncExternalStore(outbox.watch, outbox.rows);
  const { state } = useConnection();
  useEffect(() => {
    if (state === 'live') void outbox.flush();
  }, [state, outbox]);
  return { outbox, rows };
}

/** Brings a message into view, after fetching what goes before until it is there.
 *  @param seq the message that a search found
 *  @returns the message that is marked, and what shows another */
export function useShowing(
  seq: number | null,
  { messages, more }: Talk,
  earlier: () => Promise<unknown>,
) {
  const shown = useRef<number | null>(null);
  const [found_seq, setFound] = useState(seq);
  useEffect(() => setFound(seq), [seq]);
  const first = messages[0]?.seq ?? 1;
  useEffect(() => {
    if (found_seq === null || shown.current === found_seq) return;
    if (more && first > found_seq) {
      void earlier();
      return;
    }
    shown.current = found_seq;
    showMessage(found_seq);
  }, [found_seq, first, more, earlier]);
  const show = (of: number) => {
    setFound(of);
    showMessage(of);
  };
  return { found_seq, show };
}

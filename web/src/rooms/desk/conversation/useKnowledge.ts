import { useQuery } from '@tanstack/react-query';
import type { Citation, Conversation, Knowledge } from '@wheelhouse/core';
import { sourceMarks } from '@wheelhouse/core/markdown';
import { useDeferredValue, useState } from 'react';
import { api } from '../../../live/api.ts';
import { keys } from '../../../live/cache.ts';

/** A text with where it comes from, as a customer can look it up. A link that begins from the article's
 *  own place leads nowhere in a chat, so its words alone are left. */
export function withSources(text: string, citations: readonly Citation[]): string {
  const own = text.replace(
    /!?\[([^\]]*)\]\((?!https?:|mailto:|tel:)[^()\s]*(?:\s[^()]*)?\)/gi,
    '$1',
  );
  const marks = sourceMarks(own, citations.length);
  const links = citations.map(
    ({ title, url }, at) => `${marks[at]}${url ? `[${title}](${url})` : title}`,
  );
  return links.length ? `${own}\n\nSource: ${links.join(' · ')}` : own;
}

const knowledge = (
  id: string,
  name: readonly unknown[],
  query: { q?: string; model?: boolean },
) => ({
  queryKey: [...keys.knowledge(id), ...name],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    api.conversations.knowledge(id, query, { signal }),
  retry: false,
});

/** What could be answered to what the customer said last: as it was found, or, once that is asked for,
 *  as a language model puts it. One that was put away stays away until the customer says more. */
export function useSuggestedReply({ id, state, owner }: Conversation, asked_seq: number | null) {
  const [put_away, putAway] = useState<number | null>(null);
  const [writes, setWrites] = useState<number | null>(null);
  const unanswered = asked_seq !== null && put_away !== asked_seq;
  const wanted = state === 'open' && owner.kind !== 'bot' && unanswered;
  const found = useQuery({ ...knowledge(id, [asked_seq], {}), enabled: wanted });
  const written = useQuery({
    ...knowledge(id, [asked_seq, 'model'], { model: true }),
    enabled: wanted && writes === asked_seq,
  });
  const best = written.data?.suggestion ?? found.data?.suggestion;
  return {
    suggestion: wanted ? (best ?? null) : null,
    model: found.data?.model ?? null,
    writing: written.isFetching,
    write: () => setWrites(asked_seq),
    putAway: () => putAway(asked_seq),
  };
}
export type SuggestedReply = ReturnType<typeof useSuggestedReply>;

const primary = (tag: string) => tag.toLowerCase().split('-')[0];

/** The tag that the customer's words are to be translated to for whoever reads here; null where both
 *  write the same language, the customer's is not known, or no language model is set up. */
export function useTranslating({ id, language }: Conversation, may: boolean): string | null {
  const own = navigator.language;
  const foreign = language !== null && primary(language) !== primary(own);
  const { data } = useQuery({
    ...knowledge(id, ['model'], { q: '-' }),
    enabled: foreign && may,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return foreign && data?.model ? own : null;
}

/** What the bot knows of a few words, while they are typed. */
export function useSearch(id: string, words: string | null) {
  const q = useDeferredValue(words?.trim() ?? '');
  const { data, isFetching } = useQuery({
    ...knowledge(id, ['search', q], { q }),
    enabled: q.length > 1,
    placeholderData: (before) => before,
  });
  const searches = q.length > 1;
  const passages: Knowledge['passages'] = searches ? (data?.passages ?? []) : [];
  return { passages, begun: searches, under_way: isFetching || q !== (words?.trim() ?? '') };
}

import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { ConversationRow, SearchHit } from '@wheelhouse/core';
import { Ago } from '../../../kit/Ago.tsx';
import { api } from '../../../live/api.ts';
import { keys } from '../../../live/cache.ts';
import list from '../CaseList.module.css';
import css from './SearchHits.module.css';

const typing_ms = 250;
const most_rows = 20;

interface SearchHitsProps {
  query: string;
  /** What stands in the list above: whoever is found there by name is not named again. */
  listed: readonly Pick<ConversationRow, 'id'>[];
  onOpen: (id: string, seq: number | null) => void;
}

/** What the search finds in all conversations, under what the list itself has. */
export function SearchHits({ query, listed, onOpen }: SearchHitsProps) {
  const [words] = useDebouncedValue(query.trim(), typing_ms);
  const asked = useQuery({
    queryKey: keys.talkSearch(words),
    queryFn: ({ signal }) => api.conversations.search(words, most_rows, { signal }),
    enabled: words.length > 1,
  });
  if (words.length < 2) return null;
  const found = asked.data?.rows;
  const rows = found?.filter(
    (hit) => hit.message || !listed.some(({ id }) => id === hit.conversation.id),
  );
  if (found?.length && !rows?.length) return null;
  return (
    <section
      className={css.hits}
      aria-label="Found in all conversations"
      aria-busy={words !== query.trim() || asked.isLoading}
    >
      <h3 className={css.title}>In all conversations</h3>
      {asked.isError && <p className={list.none}>The search was not answered. Type again.</p>}
      {rows?.length === 0 && <p className={list.none}>Nobody said “{words}”.</p>}
      <ul className={list.list}>
        {rows?.map((hit) => (
          <Hit key={hit.message?.id ?? hit.conversation.id} hit={hit} onOpen={onOpen} />
        ))}
      </ul>
    </section>
  );
}

function Hit({ hit, onOpen }: { hit: SearchHit } & Pick<SearchHitsProps, 'onOpen'>) {
  const { conversation, message, parts } = hit;
  const numbered = parts.map((part, at) => ({ ...part, at }));
  return (
    <li className={list.row}>
      <button
        type="button"
        data-row
        className={list.open}
        onClick={() => onOpen(conversation.id, message?.seq ?? null)}
      >
        <span className={list.line}>
          <span className={`${list.title} one-line`} dir="auto">
            {conversation.contact_name ?? 'Visitor'}
          </span>
          {message && (
            <span className={list.age}>
              <Ago at={message.at} short />
            </span>
          )}
        </span>
        <span className={css.said} dir="auto">
          {numbered.map(({ text, hit: found, at }) =>
            found ? <mark key={at}>{text}</mark> : <span key={at}>{text}</span>,
          )}
        </span>
        <span className={css.fine}>{wordsOfHit(hit)}</span>
      </button>
    </li>
  );
}

function wordsOfHit({ conversation, message }: SearchHit): string {
  const state = conversation.state === 'resolved' ? ' · resolved' : '';
  if (!message) return `customer${state}`;
  if (message.audience === 'team') return `note by ${message.author_name ?? 'the team'}${state}`;
  return `${message.author_kind === 'contact' ? 'customer' : (message.author_name ?? 'AI')}${state}`;
}

import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { Conversation, ConversationRow } from '@wheelhouse/core';
import { useState } from 'react';
import { FormDialog } from '../../../kit/FormDialog.tsx';
import { tellDone } from '../../../kit/tell.ts';
import { useKeys } from '../../../kit/useKeys.ts';
import { api } from '../../../live/api.ts';
import { keys } from '../../../live/cache.ts';
import css from './MergeDialog.module.css';
import { contactName, wheelWords } from './words.ts';

interface MergeOf {
  conversation: Conversation;
  may_act: boolean;
  /** May join what two customers said. */
  leads: boolean;
  onOpen: (id: string) => void;
}

/** Merges the conversation at hand into another one, by a key or from beside it. */
export function useMerge({ conversation, may_act, leads, onOpen }: MergeOf) {
  const [asking, setAsking] = useState(false);
  const ask = () => setAsking(true);
  const label = 'Merge it into another conversation';
  useKeys([{ key: 'l', label, group: 'Conversation', off: !may_act, run: ask }]);
  const dialog = asking && (
    <MergeDialog
      conversation={conversation}
      leads={leads}
      onMerged={onOpen}
      onClose={() => setAsking(false)}
    />
  );
  return { ask: may_act ? ask : null, dialog };
}

const most_found = 20;
const typing_ms = 200;

/** The customer's other conversations; for leads, those of other customers that some words find. */
function useOthers({ id, contact }: Conversation, words: string) {
  const own = { contact_id: contact.id, limit: most_found };
  const found = { q: words, limit: most_found };
  const list = (filter: typeof own | typeof found, enabled: boolean) => ({
    queryKey: keys.talkList(filter),
    queryFn: ({ signal }: { signal: AbortSignal }) => api.conversations.list(filter, { signal }),
    enabled,
  });
  const theirs = useQuery(list(own, true));
  const others = useQuery(list(found, words !== ''));
  const fit = (rows: ConversationRow[] = []) =>
    rows.filter((row) => row.id !== id && row.merged_into === null);
  const same = fit(theirs.data?.rows);
  return {
    same,
    different: fit(others.data?.rows).filter((row) => row.contact.id !== contact.id),
    looked: theirs.isSuccess,
  };
}

interface MergeDialogProps {
  conversation: Conversation;
  leads: boolean;
  onMerged: (id: string) => void;
  onClose: () => void;
}

function MergeDialog({ conversation, leads, onMerged, onClose }: MergeDialogProps) {
  const [into, setInto] = useState<ConversationRow | null>(null);
  const [search, setSearch] = useState('');
  const [words] = useDebouncedValue(leads && !into ? search.trim() : '', typing_ms);
  const { same, different, looked } = useOthers(conversation, words);
  const all = [...(into ? [into] : []), ...same, ...different];
  const items = (rows: ConversationRow[]) =>
    rows.map((row) => ({ value: row.id, label: titleOf(row) }));
  // By its id: a list that came anew holds it as another object, and twice in one choice is a fault.
  const listed = [...same, ...different].some(({ id }) => id === into?.id);
  const chosen = into && !listed ? [into] : [];
  const data = [
    { group: 'Of this customer', items: items(same) },
    { group: 'Of other customers', items: items([...different, ...chosen]) },
  ].filter((group) => group.items.length);
  const none = looked && !same.length;
  return (
    <FormDialog
      title="Merge into another conversation"
      act="Merge"
      off={!into}
      onClose={onClose}
      onSubmit={async () => {
        if (!into) return;
        const { id } = await api.conversations.merge(conversation.id, into.id);
        tellDone('Merged', 'The customer goes on here.');
        onClose();
        onMerged(id);
      }}
    >
      {(fault) => (
        <>
          <Select
            label="The one that goes on"
            description={
              leads
                ? 'Another of this customer, or one that you find by name, e-mail address or title.'
                : none
                  ? 'This customer has no other. A lead merges those of two customers.'
                  : undefined
            }
            data-autofocus
            placeholder={none && !leads ? 'None' : 'Choose one'}
            data={data}
            value={into?.id ?? null}
            searchable
            filter={leads ? ({ options }) => options : undefined}
            searchValue={search}
            onSearchChange={setSearch}
            nothingFoundMessage="No conversation by these words"
            error={fault('into')}
            onChange={(id) => setInto(all.find((row) => row.id === id) ?? null)}
            disabled={none && !leads}
          />
          {into && <Preview from={conversation} into={into} />}
        </>
      )}
    </FormDialog>
  );
}

const longest_words = 60;
const titleOf = (row: ConversationRow): string =>
  `${contactName(row)}: ${(row.last?.text || row.title || 'nothing said').slice(0, longest_words)}`;

/** What merging them comes to, before it is done. */
function Preview({ from, into }: { from: Conversation; into: ConversationRow }) {
  const two = from.contact.id !== into.contact.id;
  const stays = from.contact.external_id && !into.contact.external_id ? from : into;
  const goes = stays === into ? from : into;
  const needed =
    from.state === 'open' && (from.owner.kind !== 'bot' || from.waiting_since !== null);
  return (
    <section className={css.preview} aria-label="What comes of it">
      <ul>
        <li>
          This one ends: {countWords(from.seq)} stay in it to be read, and stand folded above the
          other.
        </li>
        <li>
          <bdi>{contactName(into)}</bdi> goes on in the other ({countWords(into.seq)},{' '}
          {wheelWords(into, '').toLowerCase()}); whatever they write here stands there.
        </li>
        {needed && into.owner.kind === 'bot' && <li>You get the wheel of the other.</li>}
        {two && (
          <li className={css.warning}>
            <bdi>{contactName(goes)}</bdi> and <bdi>{contactName(stays)}</bdi> are one customer from
            then on, in every browser of theirs.
          </li>
        )}
      </ul>
      <p className={css.warning}>This cannot be undone.</p>
    </section>
  );
}

const countWords = (seq: number): string => (seq === 1 ? '1 message' : `${seq} messages`);

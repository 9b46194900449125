import { ActionIcon, Button, Skeleton, TextInput } from '@mantine/core';
import { IconListCheck, IconSearch } from '@tabler/icons-react';
import type { CaseRow } from '@wheelhouse/core';
import { type ReactNode, type RefObject, useEffect, useRef } from 'react';
import { FourFaces } from '../../kit/faces.tsx';
import { KeyHint } from '../../kit/KeyHint.tsx';
import css from './CaseList.module.css';
import { CaseListRow, type CaseListRowProps } from './CaseListRow.tsx';
import { SearchHits } from './conversation/SearchHits.tsx';
import { TalkFilter } from './conversation/TalkFilter.tsx';
import { TalkRow } from './conversation/TalkRow.tsx';
import type { useTalkList } from './conversation/useTalkList.ts';
import type { Listed } from './inOrder.ts';
import { everything, hasTalks, isTalkView, type Only, type Place, views } from './place.ts';
import { restWords } from './restWords.ts';
import { useListArrows } from './useListArrows.ts';

interface Asked<Data = readonly CaseRow[]> {
  data: Data | undefined;
  error: Error | null;
  isError: boolean;
  dataUpdatedAt: number;
  refetch: () => unknown;
}

export interface CaseListProps
  extends Pick<CaseListRowProps, 'nameOf' | 'me_id' | 'onOpen' | 'onSelect' | 'selecting'> {
  asked: Asked;
  /** Conversations and cases as they are to be done. */
  listed: readonly Listed[];
  talks: Omit<ReturnType<typeof useTalkList>, 'gone'>;
  /** The conversation that is open. */
  talk_id: string | null;
  onTalk: (id: string) => void;
  onOnly: (only: Only) => void;
  /** Opens a conversation that the search found, at a message. */
  onFound: (id: string, seq: number | null) => void;
  place: Place;
  current: string | null;
  selected: ReadonlySet<string>;
  held: ReadonlySet<string>;
  ahead: string | null;
  doubtful: ReadonlySet<string>;
  unsure: ReadonlySet<string>;
  query: string;
  onQuery: (query: string) => void;
  /** The server is still looking for what was typed. */
  looking: boolean;
  search_ref: RefObject<HTMLInputElement | null>;
  /** Begins selecting, or ends it; null where nothing can be decided. */
  onSelecting: (() => void) | null;
  more: (() => void) | null;
  head?: ReactNode;
  foot?: ReactNode;
}

/** One list of conversations and cases, in the order they are to be done. */
export function CaseList(props: CaseListProps) {
  const { talks, listed, foot } = props;
  const more = talks.more ?? (talks.alone ? null : props.more);
  const { list, onKeyDown } = useListArrows(props.search_ref, props.looking || talks.looking);
  const asked: Asked<unknown> = isTalkView(props.place.view) ? talks.asked : props.asked;
  return (
    <section
      ref={list}
      className={css.pane}
      aria-label="Cases and conversations"
      onKeyDown={onKeyDown}
    >
      <ListHead {...props} />
      <div className={css.scroll}>
        <FourFaces
          of={asked}
          skeleton={<RowSkeletons />}
          empty={() => !listed.length && !talks.more && <Nothing {...props} />}
        >
          {() => (
            <>
              <Resting rows={listed.flatMap((one) => ('shown' in one ? one.shown : []))} />
              <ul className={css.list}>
                {listed.map((one) =>
                  'talk' in one ? (
                    <TalkRow
                      key={one.talk.id}
                      row={one.talk}
                      current={one.talk.id === props.talk_id}
                      me_id={props.me_id}
                      onOpen={props.onTalk}
                    />
                  ) : (
                    <OneCase key={one.shown.id} row={one.shown} {...props} />
                  ),
                )}
              </ul>
            </>
          )}
        </FourFaces>
        {more && <More onSeen={more} />}
        {hasTalks(props.place.view) && (
          <SearchHits query={props.query} listed={talks.rows} onOpen={props.onFound} />
        )}
      </div>
      {foot}
    </section>
  );
}

/** Why some of it is never offered. */
function Resting({ rows }: { rows: readonly CaseRow[] }) {
  return restWords(rows).map((words) => (
    <p key={words} className={css.resting} role="note">
      {words}
    </p>
  ));
}

const OneCase = ({ row, ...props }: CaseListProps & { row: CaseRow }) => (
  <CaseListRow
    row={row}
    current={props.current === row.id}
    selected={props.selected.has(row.id)}
    held={props.held.has(row.id)}
    ahead={props.ahead === row.id}
    doubtful={props.doubtful.has(row.id)}
    unsure={props.unsure.has(row.id)}
    selecting={props.selecting}
    nameOf={props.nameOf}
    me_id={props.me_id}
    onOpen={props.onOpen}
    onSelect={props.onSelect}
  />
);

function ListHead(props: CaseListProps) {
  const { head, query, onQuery, search_ref, selecting, onSelecting, talks, place } = props;
  const labels = [...new Set(talks.rows.flatMap((row) => row.labels))].sort();
  return (
    <header className={css.head}>
      {head}
      <div className={css.find}>
        <TextInput
          ref={search_ref}
          size="sm"
          value={query}
          onChange={({ currentTarget }) => onQuery(currentTarget.value)}
          onKeyDown={({ key }) => key === 'Escape' && onQuery('')}
          maxLength={200}
          placeholder="Search"
          aria-label="Filter this list, and search all conversations"
          leftSection={<IconSearch size={16} stroke={1.6} />}
          rightSection={<KeyHint of="/" />}
        />
        {hasTalks(place.view) && <TalkFilter place={place} labels={labels} onOnly={props.onOnly} />}
        {onSelecting && (
          <ActionIcon
            variant={selecting ? 'light' : 'subtle'}
            color={selecting ? undefined : 'gray'}
            size={36}
            onClick={onSelecting}
            aria-label="Select cases"
            aria-pressed={selecting}
            title="Select cases to decide together (X)"
          >
            <IconListCheck size={18} stroke={1.6} />
          </ActionIcon>
        )}
      </div>
    </header>
  );
}

function Nothing({ place, query, looking, talks, onQuery, onOnly }: CaseListProps) {
  if (query && (looking || talks.looking)) {
    return <p className={css.none}>Looking for “{query}”…</p>;
  }
  if (talks.alone) {
    return (
      <div className={css.none}>
        <p>No conversation in this list is like that.</p>
        <Button variant="default" size="compact-sm" onClick={() => onOnly(everything)}>
          Show all
        </Button>
      </div>
    );
  }
  if (query) {
    return (
      <div className={css.none}>
        <p>Nothing in this list says “{query}”.</p>
        <Button variant="default" size="compact-sm" onClick={() => onQuery('')}>
          Clear the filter
        </Button>
      </div>
    );
  }
  const known = views.find(({ view }) => view === place.view);
  return (
    <p className={css.none}>
      {known?.empty} {place.view === 'waiting' && 'What a gate holds appears here by itself.'}
    </p>
  );
}

/** Asks for the next page when its end comes into sight; a button for those who do not scroll. */
function More({ onSeen }: { onSeen: () => void }) {
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const watch = new IntersectionObserver(([seen]) => seen?.isIntersecting && onSeen(), {
      rootMargin: '400px',
    });
    if (end.current) watch.observe(end.current);
    return () => watch.disconnect();
  }, [onSeen]);
  return (
    <div ref={end} className={css.more}>
      <Button variant="subtle" size="compact-sm" onClick={onSeen}>
        Show more
      </Button>
    </div>
  );
}

const bones = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l'];
const RowSkeletons = () =>
  bones.map((name) => (
    <div key={name} className={css.bones}>
      <Skeleton height={14} width="80%" />
      <Skeleton height={12} width="55%" />
    </div>
  ));

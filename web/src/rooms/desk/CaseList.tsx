import { Button, Skeleton, TextInput } from '@mantine/core';
import { IconInboxOff, IconSearch } from '@tabler/icons-react';
import type { CaseRow } from '@wheelhouse/core';
import { type ReactNode, type RefObject, useEffect, useRef } from 'react';
import { Empty, FourFaces } from '../../kit/faces.tsx';
import { KeyHint } from '../../kit/KeyHint.tsx';
import css from './CaseList.module.css';
import { CaseListRow } from './CaseListRow.tsx';
import { type Place, views } from './place.ts';

interface Asked {
  data: readonly CaseRow[] | undefined;
  error: Error | null;
  isError: boolean;
  dataUpdatedAt: number;
  refetch: () => unknown;
}

export interface CaseListProps {
  asked: Asked;
  rows: readonly CaseRow[];
  place: Place;
  current: string | null;
  selected: ReadonlySet<string>;
  held: ReadonlySet<string>;
  ahead: string | null;
  nameOf: (id: string | null | undefined) => string;
  me_id: string;
  query: string;
  onQuery: (query: string) => void;
  search_ref: RefObject<HTMLInputElement | null>;
  onOpen: (id: string) => void;
  onSelect: (id: string) => void;
  more: (() => void) | null;
  head?: ReactNode;
  foot?: ReactNode;
}

/** One list of cases, in the order they are to be done. */
export function CaseList(props: CaseListProps) {
  const { asked, rows, place, query, onQuery, search_ref, more, head, foot } = props;
  return (
    <section className={css.pane} aria-label="Cases">
      <header className={css.head}>
        {head}
        <TextInput
          ref={search_ref}
          size="sm"
          value={query}
          onChange={({ currentTarget }) => onQuery(currentTarget.value)}
          onKeyDown={({ key }) => key === 'Escape' && onQuery('')}
          placeholder="Filter this list"
          aria-label="Filter this list"
          leftSection={<IconSearch size={16} stroke={1.6} />}
          rightSection={<KeyHint of="/" />}
        />
      </header>
      <div className={css.scroll}>
        <FourFaces
          of={asked}
          skeleton={<RowSkeletons />}
          empty={() =>
            !rows.length && (
              <Nothing place={place} query={query} more={more} onClear={() => onQuery('')} />
            )
          }
        >
          {() => (
            <ul className={css.list}>
              {rows.map((row) => (
                <CaseListRow
                  key={row.id}
                  row={row}
                  current={row.id === props.current}
                  selected={props.selected.has(row.id)}
                  held={props.held.has(row.id)}
                  ahead={props.ahead === row.id}
                  selecting={props.selected.size > 0}
                  nameOf={props.nameOf}
                  me_id={props.me_id}
                  onOpen={props.onOpen}
                  onSelect={props.onSelect}
                />
              ))}
            </ul>
          )}
        </FourFaces>
        {more && rows.length > 0 && <More onSeen={more} />}
      </div>
      {foot}
    </section>
  );
}

function Nothing({
  place,
  query,
  more,
  onClear,
}: {
  place: Place;
  query: string;
  more: (() => void) | null;
  onClear: () => void;
}) {
  if (query) {
    return (
      <Empty
        title="Nothing by that word"
        action={
          <Button variant="default" onClick={onClear}>
            Clear the filter
          </Button>
        }
      >
        {more
          ? 'Only the cases loaded so far were looked through.'
          : `No case in this list says “${query}”.`}
      </Empty>
    );
  }
  const known = views.find(({ view }) => view === place.view);
  return (
    <Empty title={known?.empty ?? 'Nothing here.'} icon={<IconInboxOff size={28} stroke={1.4} />}>
      {place.view === 'waiting' && 'What a gate holds appears here by itself.'}
    </Empty>
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

const bones = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const RowSkeletons = () =>
  bones.map((name) => (
    <div key={name} className={css.bones}>
      <Skeleton height={14} width="80%" />
      <Skeleton height={12} width="55%" />
    </div>
  ));

import { Button, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { type EventType, event_types } from '@wheelhouse/core';
import { useEffect, useRef, useState } from 'react';
import { KeyHint } from '../../kit/KeyHint.tsx';
import { useKeys } from '../../kit/useKeys.ts';
import { members_query } from '../../live/session.ts';
import css from './FilterBar.module.css';
import { type About, abouts, type Cut, isCut, tidy, type Within, withins } from './filter.ts';
import { typeWords } from './words.ts';

const about_choices = [
  { value: 'all', label: 'Everything' },
  { value: 'decisions', label: 'Decisions' },
  { value: 'settings', label: 'Rules and access' },
];
const isAbout = (type: EventType, about: About | undefined) =>
  about === undefined || (abouts[about] as readonly EventType[]).includes(type);
const settle_ms = 300;
const types = event_types.map((value) => ({ value, label: typeWords(value) }));

/** What the record is cut down to; it stands in the address, so that it can be sent. */
export function FilterBar({ cut, onCut }: { cut: Cut; onCut: (cut: Cut) => void }) {
  const set = (change: Parameters<typeof tidy>[0]) => onCut(tidy({ ...cut, ...change }));
  return (
    <search className={css.bar} aria-label="Filters">
      <SegmentedControl
        aria-label="About"
        size="sm"
        data={about_choices}
        value={cut.about ?? 'all'}
        onChange={(about) =>
          set({ about: about === 'all' ? undefined : (about as About), type: undefined })
        }
      />
      <SubjectField value={cut.subject ?? ''} onChange={(subject) => set({ subject })} />
      <Select
        aria-label="Type"
        placeholder="Any type"
        clearable
        searchable
        w={200}
        data={cut.about ? types.filter(({ value }) => isAbout(value, cut.about)) : types}
        value={cut.type ?? null}
        onChange={(type) => set({ type: (type ?? undefined) as EventType | undefined })}
      />
      <Select
        aria-label="Time"
        placeholder="Any time"
        clearable
        w={172}
        data={Object.entries(withins).map(([value, { words }]) => ({ value, label: words }))}
        value={cut.within ?? null}
        onChange={(within) => set({ within: (within ?? undefined) as Within | undefined })}
      />
      <ActorSelect value={cut.actor} onChange={(actor) => set({ actor })} />
      {isCut(cut) && (
        <Button variant="subtle" color="gray" onClick={() => onCut({})}>
          Clear
        </Button>
      )}
    </search>
  );
}

interface ActorSelectProps {
  value: string | undefined;
  onChange: (actor: string | undefined) => void;
}

/** Members by name; a program or a former member stays as the id that a line gave. */
function ActorSelect({ value, onChange }: ActorSelectProps) {
  const members = useQuery(members_query);
  const known = members.data?.rows.map(({ id, name }) => ({ value: id, label: name })) ?? [];
  const strange = value && !known.some((one) => one.value === value);
  return (
    <Select
      aria-label="Who"
      placeholder="Anyone"
      clearable
      searchable
      w={200}
      data={strange ? [...known, { value, label: value }] : known}
      value={value ?? null}
      onChange={(actor) => onChange(actor ?? undefined)}
    />
  );
}

function SubjectField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const [typed, setTyped] = useState(value);
  const field = useRef<HTMLInputElement>(null);
  const send = useDebouncedCallback((text: string) => onChange(text.trim()), settle_ms);
  // Cleared or opened from elsewhere: the field follows, unless someone is typing in it.
  useEffect(() => {
    if (document.activeElement !== field.current) setTyped(value);
  }, [value]);
  useKeys([
    { key: '/', label: 'Find by subject', group: 'Audit', run: () => field.current?.focus() },
  ]);
  return (
    <TextInput
      ref={field}
      type="search"
      aria-label="Subject"
      aria-keyshortcuts="/"
      placeholder="Id of a case, output, member"
      className={css.subject}
      maxLength={200}
      rightSection={typed ? undefined : <KeyHint of="/" />}
      value={typed}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value);
        send(currentTarget.value);
      }}
    />
  );
}

import { Button, NumberInput, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconAdjustmentsHorizontal, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { outcome_statuses } from '@wheelhouse/core';
import { useEffect, useRef, useState } from 'react';
import { KeyHint } from '../../kit/KeyHint.tsx';
import { useKeys } from '../../kit/useKeys.ts';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';
import css from './FilterBar.module.css';
import { type Cut, isCut, isSpan, type Span, spans } from './filter.ts';

interface FilterBarProps {
  cut: Cut;
  onCut: (cut: Cut) => void;
}

const settle_ms = 300;

/** What the list is cut down to; it stands in the address, so that it can be sent. */
export function FilterBar({ cut, onCut }: FilterBarProps) {
  const gates = useQuery({ queryKey: keys.gates, queryFn: api.gates.list });
  const set = (change: Cut) => onCut({ ...cut, ...change });
  // On a phone the filters are folded away; the button says how many are in force.
  const [open, setOpen] = useState(false);
  const count = Object.entries(cut).filter(([name, value]) => name !== 'q' && value).length;
  return (
    <search className={css.bar} aria-label="Filters">
      <SearchField value={cut.q ?? ''} onChange={(q) => set({ q })} />
      <Button
        className={css.more}
        variant="default"
        aria-expanded={open}
        leftSection={<IconAdjustmentsHorizontal size={16} stroke={1.6} />}
        onClick={() => setOpen(!open)}
      >
        {count ? `Filters (${count})` : 'Filters'}
      </Button>
      <div className={css.parts} data-open={open || undefined}>
        <Select
          aria-label="Gate"
          placeholder="Any gate"
          clearable
          searchable
          w={180}
          data={[
            ...new Map(
              [
                ...(gates.data?.rows.map(({ name, title }) => [name, title] as const) ?? []),
                ...(cut.gate && !gates.data ? [[cut.gate, cut.gate] as const] : []),
              ].map(([value, label]) => [value, { value, label }]),
            ).values(),
          ]}
          value={cut.gate ?? null}
          onChange={(gate) => set({ gate: gate ?? undefined })}
        />
        <Select
          aria-label="Verdict"
          placeholder="Any verdict"
          clearable
          w={132}
          data={[
            { value: 'pass', label: 'Passed' },
            { value: 'hold', label: 'Held' },
            { value: 'block', label: 'Blocked' },
          ]}
          value={cut.verdict ?? null}
          onChange={(verdict) => set({ verdict: (verdict ?? undefined) as Cut['verdict'] })}
        />
        <Select
          aria-label="Outcome"
          placeholder="Any outcome"
          clearable
          w={148}
          data={[
            { value: 'undecided', label: 'Waits' },
            ...outcome_statuses.map((value) => ({
              value,
              label: value === 'cancelled' ? 'Withdrawn' : value[0]?.toUpperCase() + value.slice(1),
            })),
          ]}
          value={cut.outcome ?? null}
          onChange={(outcome) => set({ outcome: (outcome ?? undefined) as Cut['outcome'] })}
        />
        <ConfidenceRange cut={cut} set={set} />
        <TimeSelect cut={cut} set={set} />
      </div>
      {isCut(cut) && (
        <Button variant="subtle" color="gray" onClick={() => onCut({})}>
          Clear
        </Button>
      )}
    </search>
  );
}

function SearchField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const [typed, setTyped] = useState(value);
  const field = useRef<HTMLInputElement>(null);
  const send = useDebouncedCallback(onChange, settle_ms);
  // Cleared or opened from elsewhere: the field follows, unless someone is typing in it.
  useEffect(() => {
    if (document.activeElement !== field.current) setTyped(value);
  }, [value]);
  useKeys([
    { key: '/', label: 'Search outputs', group: 'Data', run: () => field.current?.focus() },
  ]);
  return (
    <TextInput
      ref={field}
      type="search"
      aria-label="Search outputs"
      aria-keyshortcuts="/"
      placeholder="Words, or an id"
      className={css.search}
      leftSection={<IconSearch size={16} stroke={1.6} />}
      rightSection={typed ? undefined : <KeyHint of="/" />}
      value={typed}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value);
        send(currentTarget.value);
      }}
    />
  );
}

interface PartProps {
  cut: Cut;
  set: (change: Cut) => void;
}

function ConfidenceRange({ cut, set }: PartProps) {
  const field = (name: 'confidence_min' | 'confidence_max', label: string, placeholder: string) => (
    <NumberInput
      aria-label={label}
      placeholder={placeholder}
      hideControls
      w={64}
      min={0}
      max={1}
      step={0.05}
      value={cut[name] ?? ''}
      onChange={(typed) => {
        if (typed === '') set({ [name]: undefined });
        else if (typeof typed === 'number' && typed >= 0 && typed <= 1) set({ [name]: typed });
      }}
    />
  );
  return (
    <div className={css.range}>
      <span>Confidence</span>
      {field('confidence_min', 'Confidence at least', '0')}
      <span>to</span>
      {field('confidence_max', 'Confidence at most', '1')}
    </div>
  );
}

const clock = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

function TimeSelect({ cut, set }: PartProps) {
  const { since, until } = cut;
  const fixed = since && !isSpan(since) ? since : undefined;
  const [between, setBetween] = useState(until !== undefined);
  const words = [
    fixed && `since ${clock.format(new Date(fixed))}`,
    until && `until ${clock.format(new Date(until))}`,
  ].filter(Boolean);
  return (
    <>
      <Select
        aria-label="Time"
        placeholder="Any time"
        clearable
        w={words.length && !between ? 220 : 172}
        data={[
          ...Object.entries(spans).map(([value, span]) => ({
            value,
            label: span.words.replace(/^t/, 'T'),
          })),
          { value: 'between', label: 'Between two times' },
          ...(fixed && !between ? [{ value: fixed, label: words.join(', ') }] : []),
        ]}
        value={between ? 'between' : (since ?? null)}
        onChange={(picked) => {
          setBetween(picked === 'between');
          if (picked !== 'between') set({ since: picked as Span | undefined, until: undefined });
        }}
      />
      {between && (
        <div className={css.range}>
          <TextInput
            type="datetime-local"
            aria-label="From"
            value={local(fixed)}
            onChange={({ currentTarget }) => set({ since: utc(currentTarget.value) })}
          />
          <span>to</span>
          <TextInput
            type="datetime-local"
            aria-label="Until"
            value={local(until)}
            onChange={({ currentTarget }) => set({ until: utc(currentTarget.value) })}
          />
        </div>
      )}
    </>
  );
}

/** Browsers write a local time without its zone. */
function local(at: string | undefined): string {
  if (!at) return '';
  const date = new Date(at);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
const utc = (text: string) => (text ? new Date(text).toISOString() : undefined);

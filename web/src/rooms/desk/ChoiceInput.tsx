import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { ChoiceQuestion, Json } from '@wheelhouse/core';
import { type KeyboardEvent, useRef, useState } from 'react';
import type * as z from 'zod';
import { KeyHint } from '../../kit/KeyHint.tsx';
import { useKeys } from '../../kit/useKeys.ts';
import { digits_most, findOptions, type OptionRow, optionRows } from './answer.ts';
import { OptionList } from './OptionList.tsx';
import css from './questions.module.css';
import type { InputProps } from './questions.tsx';

type Choice = z.infer<typeof ChoiceQuestion>;
interface ChoiceInputProps extends InputProps<Choice> {
  scores: Record<string, number> | null;
}

const chosenOf = (value: Json | undefined): string[] =>
  Array.isArray(value) ? value.map(String) : typeof value === 'string' ? [value] : [];

/** One or several of some options: by digit, by typing, or by pointing. */
export function ChoiceInput({
  question,
  scores,
  value,
  onChange,
  active,
  disabled,
}: ChoiceInputProps) {
  const { likely, rest } = optionRows(question.options, scores);
  const chosen = new Set(chosenOf(value));
  const pick = (picked: string) => onChange(picksOf(question, chosen, picked));
  const numbered = [...likely, ...rest].filter(({ digit }) => digit !== null);
  useKeys(
    active && !disabled
      ? numbered.map(({ digit, label, value: option }) => ({
          key: String(digit),
          label: `Choose ${label}`,
          group: 'This case',
          run: () => pick(option),
        }))
      : [],
  );
  const list = {
    name: question.name,
    multiple: question.multiple,
    chosen,
    with_keys: active,
    disabled,
    onPick: pick,
  };
  if (question.options.length <= digits_most) return <OptionList rows={rest} {...list} />;
  return (
    <>
      {likely.length > 0 && (
        <>
          <p className={css.heading}>Likeliest, by the AI’s own probabilities</p>
          <OptionList rows={likely} {...list} />
        </>
      )}
      <FindOption all={[...likely, ...rest]} rest={rest} active={active} list={list} />
    </>
  );
}

function picksOf(
  { multiple, required }: Choice,
  chosen: Set<string>,
  picked: string,
): Json | undefined {
  if (!multiple) return chosen.has(picked) && !required ? undefined : picked;
  const next = new Set(chosen);
  if (!next.delete(picked)) next.add(picked);
  return [...next];
}

interface FindOptionProps {
  all: OptionRow[];
  rest: OptionRow[];
  active: boolean;
  list: Omit<Parameters<typeof OptionList>[0], 'rows' | 'marked'>;
}

/** Finds an option among many by typing a part of it; arrows move, Enter takes. */
function FindOption({ all, rest, active, list }: FindOptionProps) {
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  const found = query ? findOptions(all, query) : rest;
  // What is chosen stays in sight, above the rest.
  const rows = found.toSorted(
    (a, b) => Number(list.chosen.has(b.value)) - Number(list.chosen.has(a.value)),
  );
  useKeys(
    active && !list.disabled
      ? [
          {
            key: 'o',
            label: 'Find an option',
            group: 'This case',
            run: () => field.current?.focus(),
          },
        ]
      : [],
  );
  const press = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step) {
      event.preventDefault();
      setAt((now) => Math.min(Math.max(now + step, 0), Math.max(rows.length - 1, 0)));
    }
    const marked = rows[at];
    if (event.key === 'Enter' && !event.metaKey && !event.ctrlKey && marked) {
      event.preventDefault();
      list.onPick(marked.value);
      setQuery('');
      if (!list.multiple) field.current?.blur();
    }
  };
  return (
    <>
      <TextInput
        ref={field}
        mt="sm"
        value={query}
        disabled={list.disabled}
        onChange={({ currentTarget }) => {
          setQuery(currentTarget.value);
          setAt(0);
        }}
        onKeyDown={press}
        placeholder={`Find among ${all.length} options`}
        aria-label={`Find among ${all.length} options`}
        leftSection={<IconSearch size={16} stroke={1.6} />}
        rightSection={active ? <KeyHint of="o" /> : null}
      />
      <div className={css.rest}>
        <OptionList rows={rows} marked={query ? rows[at]?.value : undefined} {...list} />
        {!rows.length && <p className={css.none}>No option says “{query}”.</p>}
      </div>
    </>
  );
}

import { Textarea } from '@mantine/core';
import { useMemo, useState } from 'react';
import css from './JsonText.module.css';
import { jsonFault } from './jsonLines.ts';

interface JsonTextProps {
  label: string;
  description?: string;
  value: unknown;
  /** Called with what was typed whenever it reads as JSON. */
  onChange: (value: unknown, text: string) => void;
  /** What is wrong with the value itself, said under it. */
  error?: string | undefined;
  min_rows?: number;
}

/** A JSON value as text. What is typed stays as typed while it says the same as the value; a change
 *  from elsewhere writes it anew. */
export function JsonText({ label, description, value, onChange, error, min_rows }: JsonTextProps) {
  const written = useMemo(() => JSON.stringify(value, null, 2) ?? '', [value]);
  // `of` is the value that the typed text goes with; null until the next drawing says which.
  const [typed, setTyped] = useState<{ text: string; of: string | null }>({
    text: written,
    of: written,
  });
  if (typed.of === null) setTyped({ ...typed, of: written });
  const text = typed.of === null || typed.of === written ? typed.text : written;
  const fault = jsonFault(text);
  return (
    <Textarea
      className={css.json}
      label={label}
      description={description}
      autosize
      minRows={min_rows ?? 8}
      maxRows={36}
      spellCheck={false}
      // Above the text, which may be longer than the screen.
      inputWrapperOrder={['label', 'description', 'error', 'input']}
      dir="ltr"
      value={text}
      error={
        fault
          ? `${fault.line === null ? '' : `Line ${fault.line}: `}${fault.message}. Not applied yet.`
          : error
      }
      onChange={({ currentTarget }) => {
        const next = currentTarget.value;
        setTyped({ text: next, of: null });
        if (!jsonFault(next)) onChange(JSON.parse(next), next);
      }}
    />
  );
}

import { Textarea } from '@mantine/core';
import type { Json } from '@wheelhouse/core';
import { type ReactNode, useState } from 'react';

interface JsonFieldProps {
  label: string;
  description?: ReactNode;
  error?: ReactNode;
  withAsterisk?: boolean;
  value: Json | undefined;
  onChange: (value: Json | undefined) => void;
  rows?: number;
}

/** A value edited as JSON text. What cannot be read yet stays in the field and is not taken over. */
export function JsonField({ value, onChange, error, rows = 3, ...rest }: JsonFieldProps) {
  const [text, setText] = useState(() => written(value));
  const [fault, setFault] = useState<string | null>(null);
  const type = (typed: string) => {
    setText(typed);
    if (typed.trim() === '') {
      setFault(null);
      return onChange(undefined);
    }
    try {
      onChange(JSON.parse(typed) as Json);
      setFault(null);
    } catch (problem) {
      setFault(problem instanceof Error ? problem.message : 'This is not JSON.');
    }
  };
  return (
    <Textarea
      {...rest}
      autosize
      minRows={rows}
      maxRows={24}
      spellCheck={false}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
      value={text}
      onChange={({ currentTarget }) => type(currentTarget.value)}
      error={fault ? `Not JSON yet: ${fault}` : error}
    />
  );
}

const written = (value: Json | undefined) =>
  value === undefined ? '' : JSON.stringify(value, null, 2);

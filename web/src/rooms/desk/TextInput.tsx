import { Button, Textarea } from '@mantine/core';
import type { TextQuestion } from '@wheelhouse/core';
import { useDeferredValue, useRef } from 'react';
import type * as z from 'zod';
import { TextDiff } from '../../kit/DiffPane.tsx';
import { KeyHint } from '../../kit/KeyHint.tsx';
import { useKeys } from '../../kit/useKeys.ts';
import css from './questions.module.css';
import type { InputProps } from './questions.tsx';

interface TextInputProps extends InputProps<z.infer<typeof TextQuestion>> {
  original: string | undefined;
}

/** Text to write, or to correct with what changes shown below as it is typed. */
export function TextInput({
  question,
  value,
  onChange,
  active,
  disabled,
  labelled_by,
  original,
}: TextInputProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const text = typeof value === 'string' ? value : '';
  const settled = useDeferredValue(text);
  useKeys(
    active && !disabled
      ? [
          {
            key: 't',
            label: 'Write the text',
            group: 'This case',
            run: () => field.current?.focus(),
          },
        ]
      : [],
  );
  return (
    <>
      <Textarea
        ref={field}
        autosize
        minRows={question.multiline ? 3 : 1}
        maxRows={16}
        value={text}
        onChange={({ currentTarget }) => onChange(currentTarget.value || undefined)}
        maxLength={question.max_length}
        disabled={disabled}
        aria-labelledby={labelled_by}
        size="md"
        rightSection={active && !text ? <KeyHint of="t" /> : undefined}
      />
      {original !== undefined && settled !== original && (
        <div className={css.diff}>
          <p className={css.diff_title}>
            What you change{' '}
            <Button
              size="compact-sm"
              variant="subtle"
              disabled={disabled}
              onClick={() => onChange(original || undefined)}
            >
              Back to the original
            </Button>
          </p>
          <TextDiff from={original} to={settled} />
        </div>
      )}
    </>
  );
}

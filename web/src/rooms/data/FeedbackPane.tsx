import { Button, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FeedbackSubmission, Json, Output } from '@wheelhouse/core';
import { useState } from 'react';
import { ActButton } from '../../kit/ActButton.tsx';
import { JsonText } from '../../kit/JsonText.tsx';
import { Panel } from '../../kit/Panel.tsx';
import { tellDone } from '../../kit/tell.ts';
import { useKeys } from '../../kit/useKeys.ts';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';
import { sentenceOf } from '../../live/problem.ts';
import css from './FeedbackPane.module.css';

type Kind = 'up' | 'down' | 'flag' | 'correction';

const acts: { kind: Kind; key: string; label: string }[] = [
  { kind: 'up', key: 'u', label: 'Thumb up' },
  { kind: 'down', key: 'd', label: 'Thumb down' },
  { kind: 'flag', key: 'f', label: 'Flag' },
  { kind: 'correction', key: 'c', label: 'Correct' },
];

/** Says how good an output was, after the fact. It decides nothing; it teaches. */
export function FeedbackPane({ output }: { output: Output }) {
  const [kind, choose] = useState<Kind | null>(null);
  const can = acts.filter((act) => act.kind !== 'correction' || output.content !== null);
  useKeys(
    can.map(({ kind: own, key, label }) => ({
      key,
      label,
      group: 'Output',
      run: () => choose(own),
    })),
  );
  return (
    <Panel title="Feedback" say="It changes no decision; it is kept for learning.">
      <div className={css.acts}>
        {can.map(({ kind: own, key, label }) => (
          <ActButton
            key={own}
            act_key={key}
            aria-pressed={kind === own}
            data-chosen={kind === own || undefined}
            className={css.act}
            onClick={() => choose(kind === own ? null : own)}
          >
            {label}
          </ActButton>
        ))}
      </div>
      {kind && <FeedbackForm key={kind} kind={kind} output={output} onDone={() => choose(null)} />}
    </Panel>
  );
}

interface FeedbackFormProps {
  kind: Kind;
  output: Output;
  onDone: () => void;
}

function FeedbackForm({ kind, output, onDone }: FeedbackFormProps) {
  const cache = useQueryClient();
  const [words, setWords] = useState('');
  const [content, setContent] = useState<Json>(output.content);
  const comment = words.trim() ? { comment: words } : {};
  const body: FeedbackSubmission =
    kind === 'flag'
      ? { kind, reason: words }
      : kind === 'correction'
        ? { kind, content, ...comment }
        : { kind: 'thumb', up: kind === 'up', ...comment };
  const give = useMutation({
    mutationFn: () => api.outputs.giveFeedback(output.id, body),
    onSuccess: async () => {
      tellDone('Feedback is kept');
      onDone();
      await cache.invalidateQueries({ queryKey: keys.output(output.id) });
    },
  });
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        give.mutate();
      }}
    >
      {kind === 'correction' && <ContentField value={content} onChange={setContent} />}
      <Textarea
        label={kind === 'flag' ? 'What is wrong with it' : 'Comment'}
        withAsterisk={kind === 'flag'}
        autoFocus={kind !== 'correction'}
        autosize
        minRows={2}
        maxRows={10}
        maxLength={5_000}
        value={words}
        onChange={({ currentTarget }) => setWords(currentTarget.value)}
      />
      {give.isError && (
        <p className={css.fault} role="alert">
          {sentenceOf(give.error)}
        </p>
      )}
      <div className={css.acts}>
        <Button type="submit" loading={give.isPending} disabled={kind === 'flag' && !words.trim()}>
          Give feedback
        </Button>
        <Button variant="subtle" color="gray" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

interface ContentFieldProps {
  value: Json;
  onChange: (value: Json) => void;
}

/** What it should have been: as text where it is text, else as JSON. */
function ContentField({ value, onChange }: ContentFieldProps) {
  const label = 'What it should have been';
  const text = textIn(value);
  if (text === null) {
    return (
      <JsonText
        label={label}
        value={value}
        min_rows={4}
        onChange={(next) => onChange(next as Json)}
      />
    );
  }
  return (
    <Textarea
      label={label}
      autoFocus
      autosize
      minRows={3}
      maxRows={16}
      value={text}
      onChange={({ currentTarget: { value: typed } }) =>
        onChange(typeof value === 'string' ? typed : { text: typed })
      }
    />
  );
}

/** The text of a content that is text, plainly or as its only member, as the desk shows it. */
function textIn(value: Json): string | null {
  if (typeof value === 'string') return value;
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return null;
  const keys = Object.keys(value);
  return keys.length === 1 && typeof value.text === 'string' ? value.text : null;
}

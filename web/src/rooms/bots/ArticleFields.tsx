import { Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { passagesOf } from '@wheelhouse/core/learn';
import { useMemo } from 'react';
import { countText } from '../../kit/countText.ts';
import { Markdown } from '../../kit/Markdown.tsx';
import css from './Bots.module.css';
import fields from './Fields.module.css';

export interface ArticleDraft {
  title: string;
  text: string;
  url: string;
  language: string;
}

interface ArticleFieldsProps {
  draft: ArticleDraft;
  /** Of a new one, where it may still be chosen. */
  name: string | null;
  disabled: boolean;
  fault: (field: string) => string | undefined;
  onName: (name: string) => void;
  onDraft: (draft: ArticleDraft) => void;
}

/** An article's fields, and the passages that the bot will answer with. */
export function ArticleFields(props: ArticleFieldsProps) {
  const { draft, name, disabled, fault, onName, onDraft } = props;
  const field = (of: keyof ArticleDraft) => ({
    value: draft[of],
    error: fault(of),
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) =>
      onDraft({ ...draft, [of]: currentTarget.value }),
  });
  return (
    <div className={fields.write}>
      <fieldset className={fields.fields} disabled={disabled}>
        <TextInput
          label="Title"
          description="It is searched and cited with each passage."
          data-autofocus
          {...field('title')}
        />
        {name !== null && (
          <TextInput
            label="Name"
            description="It stands in addresses, and stays. Left alone, it follows the title."
            value={name}
            error={fault('article') ?? fault('name')}
            onChange={({ currentTarget }) => onName(currentTarget.value)}
          />
        )}
        <div className={fields.two}>
          <TextInput
            label="Address"
            description="Where customers can read it, if anywhere."
            placeholder="https://shop.example/help/delivery"
            {...field('url')}
          />
          <TextInput label="Language" placeholder="en" {...field('language')} />
        </div>
        <Textarea
          label="Text, in Markdown"
          description="Headings part it into passages; each is at most 800 characters."
          autosize
          minRows={12}
          maxRows={28}
          {...field('text')}
        />
      </fieldset>
      <Passages title={draft.title} text={draft.text} />
    </div>
  );
}

const most_shown = 40;

function Passages({ title, text }: { title: string; text: string }) {
  const [settled] = useDebouncedValue(text, 200);
  const passages = useMemo(() => passagesOf({ name: '', title, text: settled }), [title, settled]);
  return (
    <section className={fields.preview} aria-label="As the bot says it">
      <h3 className={fields.subtitle}>
        As the bot says it
        {passages.length > 0 && `: ${countText(passages.length, 'passage')}`}
      </h3>
      {passages.length === 0 && (
        <p className={css.fine}>What you write is shown here as customers read it.</p>
      )}
      {passages.slice(0, most_shown).map((passage, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: passages have no names, and are drawn anew together.
        <article key={at} className={fields.passage}>
          <p className={fields.path}>
            <bdi>{[title, ...passage.heading].filter(Boolean).join(' › ')}</bdi>
          </p>
          <Markdown text={passage.text} />
        </article>
      ))}
      {passages.length > most_shown && (
        <p className={css.fine}>And {passages.length - most_shown} more.</p>
      )}
    </section>
  );
}

import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { WhoBadge } from '../../../kit/WhoBadge.tsx';
import { api } from '../../../live/api.ts';
import { isProblem, sentenceOf } from '../../../live/problem.ts';
import css from './Said.module.css';

interface TranslatedProps {
  text: string;
  /** The tag of the language that it is wanted in. */
  to: string;
  /** The act's words; "Translate" unless told. */
  act?: string;
  /** What may be done with the translation. */
  onUse?: (translation: string) => void;
}

/** A text in another language, once it is asked for: beside the original, marked as an AI's words. */
export function Translated({ text, to, act = 'Translate', onUse }: TranslatedProps) {
  const [wanted, want] = useState<string | null>(null);
  const asked = wanted === text;
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['translations', to, text],
    queryFn: ({ signal }) => api.conversations.translate({ text, to }, { signal }),
    enabled: asked,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const translation = asked ? data?.text : null;
  if (!translation) {
    return (
      <span className={css.fine}>
        <Button
          size="compact-xs"
          variant="subtle"
          loading={isFetching}
          onClick={() => (error ? void refetch() : want(text))}
        >
          {act}
        </Button>
        {asked && error !== null && (isProblem(error) ? sentenceOf(error) : ' That did not work.')}
      </span>
    );
  }
  return (
    <div className={css.translated}>
      <span className={css.fine}>
        <WhoBadge who="ai" /> translated
      </span>
      <div lang={to} dir="auto">
        {translation}
      </div>
      {onUse && (
        <Button size="compact-xs" variant="default" onClick={() => onUse(translation)}>
          Add it below
        </Button>
      )}
    </div>
  );
}

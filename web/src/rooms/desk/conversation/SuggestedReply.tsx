import { Button } from '@mantine/core';
import { ActButton } from '../../../kit/ActButton.tsx';
import { Markdown } from '../../../kit/Markdown.tsx';
import { ScrollRegion } from '../../../kit/ScrollRegion.tsx';
import { useKeys } from '../../../kit/useKeys.ts';
import { WhoBadge } from '../../../kit/WhoBadge.tsx';
import css from './Composer.module.css';
import type { SuggestedReply as Suggested } from './useKnowledge.ts';
import { withSources } from './useKnowledge.ts';

interface SuggestedReplyProps {
  suggested: Suggested;
  onUse: (suggested: { text: string; written_by: string | null }) => void;
}

/** What could be answered, for a person to use, change or put away. Nothing is sent by itself. */
export function SuggestedReply({ suggested, onUse }: SuggestedReplyProps) {
  const { suggestion, model, writing, write, putAway } = suggested;
  const use = () => {
    if (!suggestion) return;
    const { text, citations, written_by } = suggestion;
    onUse({ text: withSources(text, citations), written_by });
  };
  const off = !suggestion;
  useKeys([
    { key: 'y', label: 'Use the suggested reply', group: 'Conversation', off, run: () => use() },
    { key: 'd', label: 'Put the suggestion away', group: 'Conversation', off, run: putAway },
  ]);
  if (!suggestion) return null;
  return (
    <section className={css.suggested} aria-label="Suggested reply">
      <ScrollRegion label="What could be answered" className={css.suggested_words}>
        <div dir="auto">
          <Markdown text={suggestion.text} />
        </div>
      </ScrollRegion>
      <div className={css.row}>
        <span className={css.fine}>
          {suggestion.written_by ? <WhoBadge who="ai" /> : 'Suggested'}
          {suggestion.citations.length > 0 &&
            ` from ${suggestion.citations.map(({ title }) => title).join(', ')}`}
        </span>
        <span className={css.end}>
          {model && !suggestion.written_by && (
            <Button size="compact-sm" variant="subtle" loading={writing} onClick={write}>
              Let the AI put it
            </Button>
          )}
          <ActButton act_key="d" size="compact-sm" variant="subtle" onClick={putAway}>
            Put away
          </ActButton>
          <ActButton act_key="y" size="compact-sm" onClick={use}>
            Use
          </ActButton>
        </span>
      </div>
    </section>
  );
}

import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import type { ArticleRow, Bot } from '@wheelhouse/core';
import { useRef, useState } from 'react';
import { ActButton } from '../../kit/ActButton.tsx';
import { Panel } from '../../kit/Panel.tsx';
import { useKeys } from '../../kit/useKeys.ts';
import { ArticleDialog } from './ArticleDialog.tsx';
import { ArticleList } from './ArticleList.tsx';
import css from './Bots.module.css';
import { CrawlPanel } from './CrawlPanel.tsx';
import { UploadPanel } from './UploadPanel.tsx';

interface KnowledgeTabProps {
  bot: Bot;
  may: boolean;
  /** A question that an article is to be written for. */
  question: string | null;
  onQuestion: (question: string | null) => void;
}

const cuts = [
  { value: 'all', label: 'Current' },
  { value: 'candidate', label: 'Candidates' },
  { value: 'retired', label: 'Retired' },
];

/** What a bot knows: articles, each live, a candidate or retired. */
export function KnowledgeTab({ bot, may, question, onQuestion }: KnowledgeTabProps) {
  const [typed, type] = useState('');
  const [q] = useDebouncedValue(typed.trim(), 250);
  const [cut, setCut] = useState('all');
  const [opened, open] = useState<ArticleRow | 'new' | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const imports = useRef<HTMLDivElement>(null);
  useKeys([
    { key: 'n', label: 'Write an article', group: 'Bot', off: !may, run: () => open('new') },
    { key: '/', label: 'Search the articles', group: 'Bot', run: () => field.current?.focus() },
  ]);
  const shown = opened ?? (question === null ? null : 'new');
  const filter = { ...(q ? { q } : {}), ...(cut === 'all' ? {} : { state: cut }) };
  return (
    <div className={css.part}>
      <Panel
        title="Articles"
        say="The bot answers from the passage that fits, and cites it. Only what is live is ever said."
        aside={
          may && (
            <>
              <Button
                variant="default"
                onClick={() => imports.current?.scrollIntoView({ block: 'start' })}
              >
                Bring files or pages
              </Button>
              <ActButton act_key="n" variant="filled" onClick={() => open('new')}>
                Write an article
              </ActButton>
            </>
          )
        }
        flush
      >
        <div className={css.tools}>
          <TextInput
            ref={field}
            aria-label="Search the articles"
            placeholder="Search titles and words"
            leftSection={<IconSearch size={16} stroke={1.6} />}
            value={typed}
            className={css.search}
            onChange={({ currentTarget }) => type(currentTarget.value)}
          />
          <SegmentedControl aria-label="Which articles" data={cuts} value={cut} onChange={setCut} />
        </div>
        <ArticleList bot={bot.name} filter={filter} may={may} onOpen={open} />
      </Panel>
      {may && (
        <div ref={imports} className={css.part}>
          <UploadPanel bot={bot.name} />
          <CrawlPanel bot={bot.name} />
        </div>
      )}
      {shown && (
        <ArticleDialog
          bot={bot.name}
          row={shown === 'new' ? null : shown}
          question={question ?? ''}
          may={may}
          onClose={() => {
            open(null);
            onQuestion(null);
          }}
        />
      )}
    </div>
  );
}

import { Button, Modal } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type Article, type ArticleRow, masksIn } from '@wheelhouse/core';
import { useState } from 'react';
import { FourFaces, Lines } from '../../kit/faces.tsx';
import { tellDone } from '../../kit/tell.ts';
import { useUnsaved } from '../../kit/useUnsaved.ts';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';
import { isProblem, sentenceOf } from '../../live/problem.ts';
import { type ArticleDraft, ArticleFields } from './ArticleFields.tsx';
import fields from './Fields.module.css';
import { nameFrom } from './words.ts';

interface ArticleDialogProps {
  bot: string;
  /** null for a new one. */
  row: ArticleRow | null;
  /** What a new one is to answer. */
  question: string;
  may: boolean;
  onClose: () => void;
}

/** An article to read, to write or to change, beside what the bot makes of it. */
export function ArticleDialog({ bot, row, question, may, onClose }: ArticleDialogProps) {
  const name = row?.name ?? '';
  const article = useQuery({
    queryKey: keys.article(bot, name),
    queryFn: () => api.articles.get(bot, name),
    enabled: row !== null,
    // What is being edited stays as it is; a change of someone else's is met when it is saved.
    staleTime: 0,
  });
  const [dirty, setDirty] = useState(false);
  useUnsaved(dirty, 'this article');
  const close = () => {
    if (!dirty || confirm('What you wrote is not saved. Close all the same?')) onClose();
  };
  const editor = (found: Article | null) => (
    <Editor
      key={found?.version ?? 0}
      bot={bot}
      article={found}
      question={question}
      may={may}
      onDirty={setDirty}
      onDone={onClose}
      onClose={close}
    />
  );
  return (
    <Modal
      opened
      onClose={close}
      title={row ? row.title : 'New article'}
      size="72rem"
      closeOnClickOutside={false}
    >
      {row ? (
        <FourFaces of={article} skeleton={<Lines count={8} />}>
          {editor}
        </FourFaces>
      ) : (
        editor(null)
      )}
    </Modal>
  );
}

interface EditorProps {
  bot: string;
  article: Article | null;
  question: string;
  may: boolean;
  onDirty: (dirty: boolean) => void;
  onDone: () => void;
  onClose: () => void;
}

const draftOf = (article: Article | null, question: string): ArticleDraft => ({
  title: article?.title ?? question.slice(0, 300),
  text: article?.text ?? '',
  url: article?.url ?? '',
  language: article?.language ?? '',
});

/** What came from an answer to one customer stands masked until somebody writes what is true for all. */
const maskFault = (article: Article | null, draft: ArticleDraft, field: string) => {
  const words = field === 'title' || field === 'text' ? draft[field] : '';
  const masks = article?.source === 'answers' ? masksIn(words) : [];
  return masks.length
    ? `Before the bot says it: put in what is true for everybody for ${masks.join(', ')}, or leave it out.`
    : undefined;
};

function Editor({ bot, article, question, may, onDirty, onDone, onClose }: EditorProps) {
  const cache = useQueryClient();
  const [draft, setDraft] = useState(() => draftOf(article, question));
  const [version, setVersion] = useState(article?.version ?? 0);
  const [typed_name, setName] = useState<string | null>(null);
  const name = article?.name ?? typed_name ?? nameFrom(draft.title);
  const done = async (words: string, say?: string) => {
    tellDone(words, say);
    onDirty(false);
    await cache.invalidateQueries({ queryKey: keys.articles });
    onDone();
  };
  const save = useMutation({
    mutationFn: () => {
      const { title, text, url, language } = draft;
      const body = { title, text, url: url.trim() || null, language: language.trim() || null };
      return api.articles.save(bot, name, body, version);
    },
    onSuccess: () => done('Saved', 'The bot answers from it from the next message on.'),
  });
  const retire = useMutation({
    mutationFn: () => api.articles.remove(bot, name),
    onSuccess: () => done('The bot says it no more', 'It stays on record, under Retired.'),
  });
  const refused = save.error ?? retire.error;
  return (
    <form
      className={fields.article}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <ArticleFields
        draft={draft}
        name={article ? null : name}
        disabled={!may}
        fault={(field) =>
          maskFault(article, draft, field) ??
          (isProblem(refused) ? refused.fault(field) : undefined)
        }
        onName={setName}
        onDraft={(next) => {
          setDraft(next);
          onDirty(JSON.stringify(next) !== JSON.stringify(draftOf(article, '')));
        }}
      />
      {refused && (
        <div className={fields.refused} role="alert">
          {sentenceOf(refused)}
          {isProblem(refused, 'stale') && (
            <Button
              size="compact-sm"
              variant="default"
              onClick={async () => {
                const theirs = await api.articles.get(bot, name);
                setVersion(theirs.version);
                setDraft(draftOf(theirs, ''));
                save.reset();
              }}
            >
              Load theirs
            </Button>
          )}
        </div>
      )}
      <div className={fields.dialog_acts}>
        {may && article?.state === 'live' && (
          <Button
            variant="subtle"
            color="gray"
            loading={retire.isPending}
            onClick={() => retire.mutate()}
          >
            Retire it
          </Button>
        )}
        <span className={fields.space} />
        <Button variant="default" onClick={onClose}>
          {may ? 'Cancel' : 'Close'}
        </Button>
        {may && (
          <Button type="submit" loading={save.isPending} disabled={!name || !draft.text.trim()}>
            {article && article.state !== 'live' ? 'Save, and let the bot say it' : 'Save'}
          </Button>
        )}
      </div>
    </form>
  );
}

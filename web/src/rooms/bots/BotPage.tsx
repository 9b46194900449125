import { Button, Skeleton } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Bot } from '@wheelhouse/core';
import { useEffect, useState } from 'react';
import { FourFaces } from '../../kit/faces.tsx';
import { Faults } from '../../kit/faults.ts';
import { PageHeader } from '../../kit/PageHeader.tsx';
import { RoomLink } from '../../kit/RoomLink.tsx';
import { SaveBar } from '../../kit/SaveBar.tsx';
import { tellDone, tellFailed } from '../../kit/tell.ts';
import { useUnsaved } from '../../kit/useUnsaved.ts';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';
import { isProblem } from '../../live/problem.ts';
import { mayAs, useMe, useNames } from '../../live/session.ts';
import css from './Bots.module.css';
import { BotTabs } from './BotTabs.tsx';
import { type BotEditor, useBotEditor } from './useBotEditor.ts';
import { botSentence } from './words.ts';

/** One bot: what it knows, how it behaves, and what it says when it is tried. */
export function BotPage({ name }: { name: string }) {
  const bot = useQuery({ queryKey: keys.bot(name), queryFn: () => api.bots.get(name) });
  return (
    <FourFaces of={bot} skeleton={<BotSkeleton />}>
      {(found) => <Editing bot={found} />}
    </FourFaces>
  );
}

/** Saves the draft as a new version of what it was made from; who was faster is not overwritten. */
function useSave(bot: Bot, editor: BotEditor) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: () => api.bots.save(bot.name, editor.draft, editor.based_on),
    onSuccess: async (saved) => {
      editor.rebase(saved);
      cache.setQueryData(keys.bot(bot.name), saved);
      tellDone('Saved', `Version ${saved.version} answers from the next message on.`);
      await cache.invalidateQueries({ queryKey: keys.bots });
    },
    onError: async (thrown) => {
      if (isProblem(thrown, 'stale')) {
        await cache.invalidateQueries({ queryKey: keys.bot(bot.name) });
      }
      // A refusal of a field stands there, and once.
      if (!isProblem(thrown) || !thrown.errors.length) tellFailed('Not saved', thrown);
    },
  });
}

function Editing({ bot }: { bot: Bot }) {
  const may = mayAs(useMe().role, 'builder');
  const editor = useBotEditor(bot);
  const { dirty, faults } = editor;
  const [tried, setTried] = useState(false);
  const save = useSave(bot, editor);
  useUnsaved(dirty, 'this bot');
  const refused = isProblem(save.error) ? save.error.errors : [];
  const wrong = tried ? [...faults, ...refused] : [];
  const submit = () => {
    setTried(true);
    if (!faults.length) save.mutate(undefined, { onSuccess: () => setTried(false) });
  };
  return (
    <div className={css.room}>
      <PageHeader
        title={bot.title}
        above={<RoomLink room="/bots">Bots</RoomLink>}
        say={
          bot.stopped_at
            ? 'Stopped: it says nothing until a lead lets it go on'
            : botSentence(bot.definition)
        }
      />
      <div className={css.page}>
        {bot.version > editor.based_on && <Newer bot={bot} editor={editor} />}
        <Faults.Provider value={wrong}>
          <BotTabs bot={bot} editor={editor} may={may} />
        </Faults.Provider>
      </div>
      {may && dirty && (
        <SaveBar
          label="Save"
          group="Bot"
          busy={save.isPending}
          onSave={submit}
          onDiscard={() => {
            editor.rebase(bot);
            setTried(false);
          }}
        >
          {wrong.length
            ? `${wrong.length === 1 ? 'One thing is' : `${wrong.length} things are`} still to mend: ${wrong[0]?.field}`
            : 'Customers get the version before until this is saved. Try it first, beside.'}
        </SaveBar>
      )}
    </div>
  );
}

/** Someone else has saved meanwhile. What nobody changed here follows; what someone did is kept until
 *  they choose (rule K50). */
function Newer({ bot, editor }: { bot: Bot; editor: BotEditor }) {
  const nameOf = useNames();
  const { dirty, rebase } = editor;
  useEffect(() => {
    if (!dirty) rebase(bot);
  });
  if (!dirty) return null;
  return (
    <div className={css.notice} role="status">
      <span>
        <b>{nameOf(bot.updated_by)}</b> saved version {bot.version} while you were editing. Yours is
        built on version {editor.based_on}.
      </span>
      <Button size="compact-sm" variant="default" onClick={() => rebase(bot)}>
        Drop mine, start from theirs
      </Button>
      <Button size="compact-sm" variant="subtle" onClick={() => editor.moveTo(bot.version)}>
        Keep mine in place of theirs
      </Button>
    </div>
  );
}

function BotSkeleton() {
  return (
    <div className={css.page}>
      <Skeleton height={28} width={280} />
      <Skeleton height={36} />
      <Skeleton height={400} />
    </div>
  );
}

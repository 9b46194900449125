import { Button, Menu, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { Bot, Tool, Trial, TrialTurn } from '@wheelhouse/core';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { Panel } from '../../kit/Panel.tsx';
import { ScrollRegion } from '../../kit/ScrollRegion.tsx';
import { tellDone } from '../../kit/tell.ts';
import { WhoBadge } from '../../kit/WhoBadge.tsx';
import { api } from '../../live/api.ts';
import { sentenceOf } from '../../live/problem.ts';
import { TrialStep } from './TrialStep.tsx';
import { TrialWhy } from './TrialWhy.tsx';
import css from './TryPanel.module.css';
import type { BotEditor } from './useBotEditor.ts';

interface TryPanelProps {
  bot: Bot;
  editor: BotEditor;
  field: RefObject<HTMLTextAreaElement | null>;
  /** An article is to be written for a question. */
  onTeach: (question: string) => void;
  /** A phrase was added to an intent. */
  onPhrase: () => void;
}

interface Asked {
  text: string;
  trial: Trial;
  /** What the bot could do then. */
  tools: readonly Tool[];
}

const turnsOf = (asked: readonly Asked[]): TrialTurn[] =>
  // What went to a person is dealt with there, and none of what the bot is asked next.
  asked.flatMap(({ text, trial: { says, gathering } }): TrialTurn[] =>
    says
      ? [
          { from: 'customer', body: { kind: 'text', text } },
          { from: 'bot', body: says, ...(gathering ? { gathering } : {}) },
        ]
      : [],
  );

/** A chat with the bot as it stands in the editor, saved or not. Nothing of it is kept (rule K51). */
export function TryPanel({ bot, editor, field, onTeach, onPhrase }: TryPanelProps) {
  const [asked, setAsked] = useState<readonly Asked[]>([]);
  const [typed, type] = useState('');
  const end = useRef<HTMLDivElement>(null);
  const ask = useMutation({
    mutationFn: async (text: string) => {
      const earlier = turnsOf(asked).slice(-40);
      const definition = editor.dirty ? { definition: editor.draft } : {};
      const { tools } = editor.draft;
      return { text, tools, trial: await api.bots.try(bot.name, { text, earlier, ...definition }) };
    },
    onSuccess: (one) => setAsked((before) => [...before, one]),
    // What could not be asked stands in the field again, unless something else does by now.
    onError: (_thrown, text) => type((now) => now || text),
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: it runs when something was said.
  useEffect(() => {
    // Of the chat alone: the page around it stays where it is.
    const box = end.current?.parentElement;
    if (box) box.scrollTop = box.scrollHeight;
  }, [asked, ask.isPending]);
  const send = (text: string) => {
    if (!text.trim() || ask.isPending) return;
    type('');
    ask.mutate(text.trim());
  };
  return (
    <Panel
      title="Try it"
      say={
        editor.dirty
          ? 'With what is not saved yet. Nothing is kept, nobody is called.'
          : `Version ${bot.version}. Nothing is kept, nobody is called.`
      }
      aside={
        asked.length > 0 && (
          <Button size="compact-sm" variant="subtle" onClick={() => setAsked([])}>
            Begin again
          </Button>
        )
      }
      flush
    >
      <ScrollRegion label="What was said" className={css.said}>
        {!asked.length && !ask.isPending && (
          <p className={css.none}>
            Write what a customer would. Each answer says what it rests on, how sure the bot is, and
            what the gate makes of it.
          </p>
        )}
        {asked.map((one, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: turns are only ever added at the end.
          <Turn key={at} asked={one} bot={bot} onPick={send}>
            <Mend text={one.text} editor={editor} onTeach={onTeach} onPhrase={onPhrase} />
          </Turn>
        ))}
        {ask.isPending && (
          <p className={css.none} role="status">
            {editor.dirty ? 'It learns what is not saved yet, and thinks…' : 'It thinks…'}
          </p>
        )}
        {ask.error && (
          <p className={css.refused} role="alert">
            {sentenceOf(ask.error)}
          </p>
        )}
        <div ref={end} />
      </ScrollRegion>
      <form
        className={css.ask}
        onSubmit={(event) => {
          event.preventDefault();
          send(typed);
        }}
      >
        <Textarea
          ref={field}
          aria-label="Write as a customer"
          placeholder="Write as a customer (T)"
          autosize
          minRows={1}
          maxRows={5}
          value={typed}
          className={css.field}
          onChange={({ currentTarget }) => type(currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
            event.preventDefault();
            send(typed);
          }}
        />
        <Button type="submit" disabled={!typed.trim()} loading={ask.isPending}>
          Ask
        </Button>
      </form>
    </Panel>
  );
}

interface TurnProps {
  asked: Asked;
  bot: Bot;
  onPick: (text: string) => void;
  children: React.ReactNode;
}

/** One question, what the bot would say and do to it, and why. */
function Turn({ asked: { text, trial, tools }, bot, onPick, children }: TurnProps) {
  const { beside, hands_off } = trial;
  return (
    <section className={css.turn} aria-label={text}>
      <p className={css.customer} dir="auto">
        {text}
      </p>
      <WhoBadge who="ai" name={bot.title} />
      {[...beside, trial].map((step, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: what was tried once stays as it is.
        <TrialStep key={at} step={step} tools={tools} onPick={onPick} />
      ))}
      {hands_off && (
        <p className={css.hands_off}>
          <b>A person would be asked for.</b> {hands_off.words}
        </p>
      )}
      <TrialWhy trial={trial} />
      {children}
    </section>
  );
}

interface MendProps {
  text: string;
  editor: BotEditor;
  onTeach: (question: string) => void;
  onPhrase: () => void;
}

/** What a wrong answer is made into: a phrase of the intent that was meant, or an article. */
function Mend({ text, editor, onTeach, onPhrase }: MendProps) {
  const { intents } = editor.draft;
  const addTo = (at: number) => {
    const of = intents[at];
    if (!of) return;
    const examples = of.examples.includes(text) ? of.examples : [text, ...of.examples];
    editor.set({
      intents: intents.map((one, place) => (place === at ? { ...of, examples } : one)),
    });
    tellDone(`It is a phrase of ${of.title ?? of.name}`, 'Save it to teach the bot.');
    onPhrase();
  };
  return (
    <Menu position="bottom-start" withinPortal>
      <Menu.Target>
        <Button size="compact-sm" variant="subtle" color="gray" className={css.mend}>
          This was wrong…
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={css.menu}>
        <Menu.Item onClick={() => onTeach(text)}>Write an article that answers it</Menu.Item>
        {intents.length > 0 && <Menu.Label>It is a phrase of</Menu.Label>}
        {intents.map(({ name, title }, at) => (
          <Menu.Item key={name} onClick={() => addTo(at)}>
            <bdi>{title ?? name}</bdi>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

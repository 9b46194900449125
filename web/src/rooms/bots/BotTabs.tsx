import { Tabs } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { Bot } from '@wheelhouse/core';
import { type ReactNode, useContext, useRef, useState } from 'react';
import { Faults } from '../../kit/faults.ts';
import { useKeys } from '../../kit/useKeys.ts';
import { BehaviourTab } from './BehaviourTab.tsx';
import css from './Bots.module.css';
import { IntentsTab } from './IntentsTab.tsx';
import { KnowledgeTab } from './KnowledgeTab.tsx';
import { SiteTab } from './SiteTab.tsx';
import { ToolsTab } from './ToolsTab.tsx';
import { TryPanel } from './TryPanel.tsx';
import type { BotEditor } from './useBotEditor.ts';

const titles = {
  knowledge: 'Knowledge',
  intents: 'Intents',
  tools: 'Tools',
  behaviour: 'Behaviour',
  site: 'Put it on your site',
  try: 'Try it',
} as const;
type Tab = keyof typeof titles;

interface BotTabsProps {
  bot: Bot;
  editor: BotEditor;
  may: boolean;
}

/** A bot's parts, one tab each, with the trial beside them where there is room. The tab stands in the
 *  address. */
export function BotTabs({ bot, editor, may }: BotTabsProps) {
  const { tab: asked } = useSearch({ strict: false }) as { tab?: Tab };
  const navigate = useNavigate();
  const wide = useMediaQuery('(min-width: 75em)', true);
  const names = (Object.keys(titles) as Tab[]).filter((name) => name !== 'try' || (may && !wide));
  const tab = names.find((name) => name === asked) ?? 'knowledge';
  const [question, ask] = useState<string | null>(null);
  const ask_field = useRef<HTMLTextAreaElement>(null);
  const open = (name: Tab) =>
    navigate({ to: '.', search: name === 'knowledge' ? {} : { tab: name }, replace: true });
  useKeys([
    ...names.map((name, at) => ({
      key: String(at + 1),
      label: `Tab: ${titles[name]}`,
      group: 'Bot',
      run: () => void open(name),
    })),
    {
      key: 't',
      label: 'Try it',
      group: 'Bot',
      off: !may,
      run: () => {
        const go = wide ? Promise.resolve() : open('try');
        void go.then(() => ask_field.current?.focus());
      },
    },
  ]);
  const trial = may && (
    <TryPanel
      bot={bot}
      editor={editor}
      field={ask_field}
      onTeach={(text) => {
        ask(text);
        void open('knowledge');
      }}
      onPhrase={() => void open('intents')}
    />
  );
  const body = (name: Tab, content: ReactNode) => (
    <Tabs.Panel value={name} pt="md">
      {content}
    </Tabs.Panel>
  );
  return (
    <Tabs value={tab} onChange={(name) => name && void open(name as Tab)} keepMounted={false}>
      <Tabs.List aria-label="Parts of the bot" className={css.tabs}>
        {names.map((name) => (
          <Tabs.Tab key={name} value={name}>
            {titles[name]}
            <ToMend tab={name} />
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {!may && <p className={css.reading}>Builders and admins can change this bot.</p>}
      <div className={css.pair} data-alone={!may || undefined}>
        <div className={css.main} hidden={tab === 'try'}>
          {body(
            'knowledge',
            <KnowledgeTab bot={bot} may={may} question={question} onQuestion={ask} />,
          )}
          {body('intents', <IntentsTab editor={editor} may={may} />)}
          {body('tools', <ToolsTab bot={bot} editor={editor} may={may} />)}
          {body('behaviour', <BehaviourTab bot={bot} editor={editor} may={may} />)}
          {body('site', <SiteTab bot={bot} />)}
        </div>
        {trial && (
          <div className={css.beside} hidden={!wide && tab !== 'try'}>
            {trial}
          </div>
        )}
      </div>
    </Tabs>
  );
}

const tabOf = (field: string): Tab => {
  const [part] = field.split('.');
  return part === 'intents' || part === 'tools' ? part : 'behaviour';
};

/** How much is wrong under a tab that is perhaps not looked at. */
function ToMend({ tab }: { tab: Tab }) {
  const count = useContext(Faults).filter(({ field }) => tabOf(field) === tab).length;
  return count > 0 && <span className={css.to_mend}> {count} to mend</span>;
}

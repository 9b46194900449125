import type { Bot, Tool } from '@wheelhouse/core';
import { useState } from 'react';
import { ActButton } from '../../kit/ActButton.tsx';
import { ConfirmDialog } from '../../kit/ConfirmDialog.tsx';
import { useFaultsUnder } from '../../kit/faults.ts';
import { Panel } from '../../kit/Panel.tsx';
import { useKeys } from '../../kit/useKeys.ts';
import { useRowKeys } from '../../kit/useRowKeys.ts';
import css from './Bots.module.css';
import { TaughtRow } from './TaughtRow.tsx';
import { ToolCard } from './ToolCard.tsx';
import {
  calledBy,
  carriedOutWords,
  newTool,
  titleOf,
  whenCalled,
  withoutTool,
  withTool,
} from './tools.ts';
import type { BotEditor } from './useBotEditor.ts';

interface ToolsTabProps {
  bot: Bot;
  editor: BotEditor;
  may: boolean;
}

/** What a bot can do beside talking, and which gate judges it. */
export function ToolsTab({ bot, editor, may }: ToolsTabProps) {
  const { draft, set } = editor;
  const { tools, intents } = draft;
  const [opened, open] = useState<number | null>(null);
  const [removing, remove] = useState<number | null>(null);
  const box = useRowKeys<HTMLUListElement>('Bot');
  const add = () => {
    set({ tools: [newTool(tools), ...tools] });
    open(0);
  };
  const drop = (at: number) => {
    set(withoutTool(draft, at));
    open(null);
  };
  const boundTo = (at: number) => intents.filter(({ tool }) => tool === tools[at]?.name);
  useKeys([{ key: 'n', label: 'New tool', group: 'Bot', off: !may, run: add }]);
  return (
    <div className={css.part}>
      <Panel
        title="Tools"
        say="What the bot can do beside talking. Each use passes a gate first, which holds it for a person until you say otherwise."
        aside={
          may && (
            <ActButton act_key="n" variant="filled" onClick={add}>
              New tool
            </ActButton>
          )
        }
        flush
      >
        {!tools.length && (
          <p className={css.none}>
            None yet: it only talks. With a tool it looks a parcel up or pays money back, through a
            program of yours; what it still needs for that, such as an order number, it asks the
            customer for.
          </p>
        )}
        <ul className={css.list} ref={box} aria-label="Tools">
          {tools.map((tool, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: names change while they are typed.
            <li key={at} className={css.intent} data-open={opened === at || undefined}>
              <ToolRow
                tool={tool}
                at={at}
                editor={editor}
                opened={opened === at}
                onOpen={() => open(opened === at ? null : at)}
                onRemove={may ? () => (boundTo(at).length ? remove(at) : drop(at)) : undefined}
              />
              {opened === at && (
                <ToolCard
                  tool={tool}
                  at={at}
                  bot={bot}
                  draft={draft}
                  may={may}
                  onTool={(next) => set(withTool(draft, at, next))}
                  onCalledBy={(places) => set({ intents: calledBy(intents, tool.name, places) })}
                />
              )}
            </li>
          ))}
        </ul>
      </Panel>
      {removing !== null && tools[removing] && (
        <ConfirmDialog
          title={`Remove ${titleOf(tools[removing])}?`}
          act="Remove it"
          onAct={async () => drop(removing)}
          onClose={() => remove(null)}
        >
          It is called for {boundTo(removing).map(titleOf).join(', ')}, which then only answers:
          look at what those answers say.
        </ConfirmDialog>
      )}
    </div>
  );
}

interface ToolRowProps {
  tool: Tool;
  at: number;
  editor: BotEditor;
  opened: boolean;
  onOpen: () => void;
  onRemove: (() => void) | undefined;
}

function ToolRow({ tool, at, editor, opened, onOpen, onRemove }: ToolRowProps) {
  const wrong = useFaultsUnder(`tools.${at}`);
  const when = whenCalled(tool, editor.draft);
  return (
    <TaughtRow
      kind="tool"
      title={titleOf(tool)}
      wrong={wrong.length}
      warning={when.alarm ? uncalled : null}
      opened={opened}
      onOpen={onOpen}
      onRemove={onRemove}
    >
      <bdi>{tool.description || 'does what nobody has said yet'}</bdi> · {carriedOutWords(tool)}
      {!when.alarm && ` · ${when.words}`}
    </TaughtRow>
  );
}

const uncalled = {
  words: 'Nothing calls it',
  why: 'No intent calls it, and the bot writes with no language model.',
};

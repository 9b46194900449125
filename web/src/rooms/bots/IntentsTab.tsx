import { type Intent, plainText } from '@wheelhouse/core';
import { useState } from 'react';
import { ActButton } from '../../kit/ActButton.tsx';
import { countText } from '../../kit/countText.ts';
import { useFaultsUnder } from '../../kit/faults.ts';
import { Panel } from '../../kit/Panel.tsx';
import { useKeys } from '../../kit/useKeys.ts';
import { useRowKeys } from '../../kit/useRowKeys.ts';
import css from './Bots.module.css';
import { IntentCard } from './IntentCard.tsx';
import { intentWarnings } from './intentWarnings.ts';
import { TaughtRow } from './TaughtRow.tsx';
import type { BotEditor } from './useBotEditor.ts';

const fresh = (intents: readonly Intent[]): Intent => {
  let at = intents.length + 1;
  while (intents.some(({ name }) => name === `intent-${at}`)) at += 1;
  return { name: `intent-${at}`, examples: [], answer: '' };
};

/** What customers want, known by what they say, and what they are told. */
export function IntentsTab({ editor, may }: { editor: BotEditor; may: boolean }) {
  const { intents } = editor.draft;
  const [opened, open] = useState<number | null>(null);
  const box = useRowKeys<HTMLUListElement>('Bot');
  const faults = useFaultsUnder('intents');
  const warnings = intentWarnings(intents);
  const set = (next: Intent[]) => editor.set({ intents: next });
  const add = () => {
    set([fresh(intents), ...intents]);
    open(0);
  };
  const drop = (at: number) => {
    set(intents.filter((_, place) => place !== at));
    open(null);
  };
  useKeys([{ key: 'n', label: 'New intent', group: 'Bot', off: !may, run: add }]);
  return (
    <div className={css.part}>
      <Panel
        title="Intents"
        say="What customers often want, known by example phrases, with the answer that you wrote for it."
        aside={
          may && (
            <ActButton act_key="n" variant="filled" onClick={add}>
              New intent
            </ActButton>
          )
        }
        flush
      >
        {!intents.length && (
          <p className={css.none}>
            None yet. Articles answer by themselves; an intent is for what is asked so often, or
            matters so much, that you want to choose the words.
          </p>
        )}
        <ul className={css.list} ref={box} aria-label="Intents">
          {intents.map((intent, at) => {
            const wrong = faults.filter(({ field }) => field.startsWith(`intents.${at}.`));
            const warned = warnings.get(at) ?? [];
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: names change while they are typed.
              <li key={at} className={css.intent} data-open={opened === at || undefined}>
                <TaughtRow
                  kind="intent"
                  title={intent.title || intent.name}
                  wrong={wrong.length}
                  warning={
                    warned.length
                      ? {
                          words: countText(warned.length, 'warning'),
                          why: warned.join('\n'),
                        }
                      : null
                  }
                  opened={opened === at}
                  onOpen={() => open(opened === at ? null : at)}
                  onRemove={may ? () => drop(at) : undefined}
                >
                  {countText(intent.examples.length, 'phrase')} ·{' '}
                  {intent.tool !== undefined && `calls ${intent.tool} · `}
                  <bdi>{plainText(intent.answer) || 'no answer yet'}</bdi>
                </TaughtRow>
                {opened === at && (
                  <IntentCard
                    intent={intent}
                    at={at}
                    tools={editor.draft.tools}
                    warnings={warned}
                    disabled={!may}
                    onIntent={(next) =>
                      set(intents.map((one, place) => (place === at ? next : one)))
                    }
                  />
                )}
              </li>
            );
          })}
        </ul>
      </Panel>
    </div>
  );
}

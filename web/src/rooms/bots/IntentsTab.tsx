import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { type Intent, plainText } from '@wheelhouse/core';
import { useState } from 'react';
import { ActButton } from '../../kit/ActButton.tsx';
import { useFaultsUnder } from '../../kit/faults.ts';
import { Panel } from '../../kit/Panel.tsx';
import { useKeys } from '../../kit/useKeys.ts';
import { useRowKeys } from '../../kit/useRowKeys.ts';
import css from './Bots.module.css';
import { IntentCard } from './IntentCard.tsx';
import { intentWarnings } from './intentWarnings.ts';
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
                <div className={css.item}>
                  <div className={css.words}>
                    <button
                      type="button"
                      className={css.open}
                      aria-expanded={opened === at}
                      onClick={() => open(opened === at ? null : at)}
                      data-row
                    >
                      <bdi>{intent.title || intent.name}</bdi>
                    </button>
                    <span className={`${css.fine} one-line`}>
                      {intent.examples.length} phrases ·{' '}
                      {intent.tool !== undefined && `calls ${intent.tool} · `}
                      <bdi>{plainText(intent.answer) || 'no answer yet'}</bdi>
                    </span>
                    {wrong.length > 0 && opened !== at && (
                      <span className={css.fault}>{wrong.length} to mend</span>
                    )}
                  </div>
                  {warned.length > 0 && (
                    <span className={css.warned} title={warned.join('\n')}>
                      <IconAlertTriangle size={16} stroke={1.6} aria-hidden="true" />
                      {warned.length === 1 ? '1 warning' : `${warned.length} warnings`}
                    </span>
                  )}
                  {may && (
                    <Button
                      size="compact-sm"
                      variant="subtle"
                      color="gray"
                      aria-label={`Remove the intent ${intent.title || intent.name}`}
                      onClick={() => {
                        set(intents.filter((_, place) => place !== at));
                        open(null);
                      }}
                    >
                      Remove
                    </Button>
                  )}
                </div>
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

import { Tabs } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type FieldFault, formOf, type Output } from '@wheelhouse/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { Faults } from '../../kit/faults.ts';
import { useKeys } from '../../kit/useKeys.ts';
import { sentenceOf } from '../../live/problem.ts';
import { ActionTab } from './ActionTab.tsx';
import { type EditorPart, partOf, parts } from './definition.ts';
import css from './EditorTabs.module.css';
import { FormPreview } from './FormPreview.tsx';
import { FormTab } from './FormTab.tsx';
import { JsonTab } from './JsonTab.tsx';
import { PeopleTab } from './PeopleTab.tsx';
import { PolicyTab } from './PolicyTab.tsx';
import type { Editor } from './useEditor.ts';

const titles: Record<string, string> = {
  promise: 'Promise',
  policy: 'Policy',
  people: 'People and time',
  form: 'Form',
  action: 'Action',
  json: 'JSON',
  plan: 'Plan',
  versions: 'Versions',
};

interface EditorTabsProps {
  editor: Editor;
  sample: readonly Output[] | undefined;
  /** Shown where they can be mended. */
  faults: readonly FieldFault[];
  disabled: boolean;
  /** What the server refused, if it did. */
  refused: unknown;
  /** Of a new gate: where its name is given. */
  name?: ReactNode;
  /** Beside the editor: what the change would do. */
  beside?: ReactNode;
  /** Of a guaranteed gate: where its promise stands. */
  promise?: ReactNode;
  versions?: ReactNode;
  /** Of a gate that is there: what it would do, from outputs of the past. */
  plan?: ReactNode;
}

/** A definition's parts, one tab each. The tab stands in the address. */
export function EditorTabs(props: EditorTabsProps) {
  const { editor, sample, faults, disabled, refused, name, beside, promise, versions, plan } =
    props;
  const first = promise ? 'promise' : 'policy';
  const { tab = first } = useSearch({ strict: false }) as { tab?: string };
  const navigate = useNavigate();
  const names = [
    ...(promise ? ['promise'] : []),
    ...parts,
    'json',
    ...(plan ? ['plan'] : []),
    ...(versions ? ['versions'] : []),
  ];
  const open = (name: string) =>
    void navigate({ to: '.', search: name === first ? {} : { tab: name }, replace: true });
  useKeys(
    names.map((name, at) => ({
      key: String(at + 1),
      label: `Tab: ${titles[name]}`,
      group: 'Gate',
      run: () => open(name),
    })),
  );
  const list = useRef<HTMLDivElement>(null);
  // On a phone the tabs are moved sideways; the one that is open is brought into sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it runs when another tab opens.
  useEffect(() => {
    list.current?.querySelector('[data-active]')?.scrollIntoView({
      inline: 'center',
      block: 'nearest',
    });
  }, [tab]);
  // What is no part of the editor has the whole width.
  const whole = ['promise', 'plan', 'versions'].includes(tab);
  const count = (part: EditorPart) => faults.filter(({ field }) => partOf(field) === part).length;
  const body = (name: string, content: ReactNode) => (
    <Tabs.Panel value={name} pt="md">
      <fieldset className={css.fields} disabled={disabled}>
        {content}
      </fieldset>
    </Tabs.Panel>
  );
  return (
    <Faults.Provider value={faults}>
      <Tabs
        value={names.includes(tab) ? tab : first}
        onChange={(name) => name && open(name)}
        keepMounted={false}
      >
        <Tabs.List ref={list} aria-label="Parts of the gate" className={css.tabs}>
          {names.map((name) => {
            const wrong = parts.includes(name as EditorPart) ? count(name as EditorPart) : 0;
            return (
              <Tabs.Tab key={name} value={name}>
                {titles[name]}
                {wrong > 0 && (
                  <span className={css.wrong}>
                    {wrong}
                    <span className={css.hidden}> to mend</span>
                  </span>
                )}
              </Tabs.Tab>
            );
          })}
        </Tabs.List>
        {refused !== null && refused !== undefined && (
          <p className={css.refused} role="alert">
            {sentenceOf(refused)}
          </p>
        )}
        {disabled && <p className={css.reading}>Builders and admins can change this gate.</p>}
        <div className={whole ? undefined : css.pair}>
          <div className={css.main}>
            {promise && (
              <Tabs.Panel value="promise" pt="md">
                {promise}
              </Tabs.Panel>
            )}
            {body(
              'policy',
              <PolicyTab editor={editor} sample={sample} disabled={disabled} name={name} />,
            )}
            {body('people', <PeopleTab editor={editor} />)}
            {body('form', <FormTab editor={editor} />)}
            {body('action', <ActionTab editor={editor} />)}
            {body('json', <JsonTab editor={editor} />)}
            {plan && (
              <Tabs.Panel value="plan" pt="md">
                {plan}
              </Tabs.Panel>
            )}
            {versions && (
              <Tabs.Panel value="versions" pt="md">
                {versions}
              </Tabs.Panel>
            )}
          </div>
          {!whole && (
            <div className={css.beside}>
              {tab === 'form' && <FormPreview form={formOf(editor.draft)} />}
              {beside}
            </div>
          )}
        </div>
      </Tabs>
    </Faults.Provider>
  );
}

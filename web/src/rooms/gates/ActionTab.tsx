import { Button, Textarea, TextInput } from '@mantine/core';
import type { ActionSpec, JsonObject } from '@wheelhouse/core';
import { useFault } from '../../kit/faults.ts';
import { JsonText } from '../../kit/JsonText.tsx';
import css from './Editor.module.css';
import type { Editor } from './useEditor.ts';

const start: ActionSpec = {
  name: '',
  arguments_schema: { type: 'object', properties: {}, required: [] },
};

/** The tool call that the gate guards, if it guards one. */
export function ActionTab({ editor }: { editor: Editor }) {
  const { draft, set } = editor;
  const { action } = draft;
  const faults = {
    name: useFault('action.name'),
    schema: useFault('action.arguments_schema'),
    description: useFault('action.description'),
  };
  if (!action) {
    return (
      <div className={css.part}>
        <p className={css.quiet}>
          This gate guards content, not an action. With an action, arguments that do not fit its
          schema are blocked, the edit form is made from it, and what was approved is what runs.
        </p>
        <div className={css.acts}>
          <Button variant="default" onClick={() => set({ action: start })}>
            Guard an action
          </Button>
        </div>
      </div>
    );
  }
  const setAction = (change: Partial<ActionSpec>) => set({ action: { ...action, ...change } });
  return (
    <div className={css.part}>
      <TextInput
        label="Name"
        description="As the caller names its tool."
        placeholder="refund"
        value={action.name}
        error={faults.name}
        onChange={({ currentTarget }) => setAction({ name: currentTarget.value })}
      />
      <Textarea
        label="What it does"
        autosize
        minRows={1}
        value={action.description ?? ''}
        error={faults.description}
        onChange={({ currentTarget }) =>
          setAction({ description: currentTarget.value || undefined })
        }
      />
      <JsonText
        label="Arguments, as JSON Schema (2020-12)"
        value={action.arguments_schema}
        error={faults.schema}
        onChange={(value) => {
          if (isObject(value)) setAction({ arguments_schema: value });
        }}
      />
      <div className={css.acts}>
        <Button variant="subtle" color="gray" onClick={() => set({ action: undefined })}>
          Guard content instead
        </Button>
      </div>
    </div>
  );
}

const isObject = (value: unknown): value is JsonObject =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

import { Button, SegmentedControl } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { Tool } from '@wheelhouse/core';
import { useState } from 'react';
import { useFault } from '../../kit/faults.ts';
import { JsonText } from '../../kit/JsonText.tsx';
import { ArgumentCard } from './ArgumentCard.tsx';
import css from './Bots.module.css';
import fields from './Fields.module.css';
import { argumentsOf, isObject, withNewArgument } from './toolArguments.ts';

interface ToolArgumentsProps {
  tool: Tool;
  /** The place of a member of the tool in the definition, for its faults. */
  field: (name: string) => string;
  onTool: (tool: Tool) => void;
}

const views = [
  { value: 'fields', label: 'Fields' },
  { value: 'json', label: 'JSON Schema' },
];

/** What a call is made with: one card for each argument, or the schema itself. */
export function ToolArguments({ tool, field, onTool }: ToolArgumentsProps) {
  const [view, setView] = useState('fields');
  const all = argumentsOf(tool.arguments_schema);
  const fault = useFault(field('arguments_schema'));
  return (
    <section className={fields.fields} aria-label="Arguments">
      <header className={fields.titled}>
        <div>
          <h3 className={fields.subtitle}>Arguments</h3>
          <p className={css.fine}>
            Read from the customer’s words. What it needs and was not told it asks for, from the
            first to the last.
          </p>
        </div>
        <SegmentedControl
          aria-label="How arguments are edited"
          size="xs"
          data={views}
          value={view}
          onChange={setView}
        />
      </header>
      {view === 'json' ? (
        <JsonText
          label="Arguments, as JSON Schema (2020-12)"
          value={tool.arguments_schema}
          error={fault}
          onChange={(value) => isObject(value) && onTool({ ...tool, arguments_schema: value })}
        />
      ) : (
        <>
          {!all.length && <p className={css.fine}>None: it is called with nothing.</p>}
          {all.map((argument, at) => (
            <ArgumentCard
              // biome-ignore lint/suspicious/noArrayIndexKey: an argument's name is being typed; its place is what stays.
              key={at}
              argument={argument}
              at={at}
              asked={all.filter(({ required }) => required).length}
              tool={tool}
              field={field(`asks.${argument.name}`)}
              onTool={onTool}
            />
          ))}
          {fault && <p className={css.fault}>The arguments: {fault}</p>}
          <div className={fields.dialog_acts}>
            <Button
              variant="default"
              leftSection={<IconPlus size={16} stroke={1.6} />}
              onClick={() => onTool(withNewArgument(tool))}
            >
              Add an argument
            </Button>
          </div>
        </>
      )}
    </section>
  );
}

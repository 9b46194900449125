import { Button, Textarea } from '@mantine/core';
import { changes, type FieldFault, type Json, type JsonObject } from '@wheelhouse/core';
import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { DiffPane, TextDiff } from '../../kit/DiffPane.tsx';
import css from './EditPane.module.css';
import { JsonField } from './JsonField.tsx';
import { Members } from './SchemaFields.tsx';
import { fieldOf } from './schema.ts';

interface EditPaneProps {
  /** What was asked for. */
  original: Json;
  value: Json;
  /** JSON Schema of the value, where the gate has one. */
  schema: JsonObject | null;
  /** What is wrong, by dotted path below `name`. */
  faults: readonly FieldFault[];
  name: 'arguments' | 'content';
  onChange: (value: Json) => void;
}

/** An edit of what was asked for, by the action's own schema, with what it changes shown as it is
 *  made. */
export function EditPane({ original, value, schema, faults, name, onChange }: EditPaneProps) {
  const [raw, setRaw] = useState(false);
  const root = useRef<HTMLElement>(null);
  const field = useMemo(() => fieldOf(schema ?? undefined, original), [schema, original]);
  const settled = useDeferredValue(value);
  useEffect(() => {
    root.current?.querySelector<HTMLElement>('input, textarea')?.focus();
  }, []);
  const whole = raw || field.kind === 'json' || field.kind === 'list';
  return (
    <section ref={root} className={css.pane} aria-label={`Edit the ${name}`}>
      <header className={css.head}>
        <h3 className={css.title}>Edit the {name}</h3>
        {field.kind === 'object' && (
          <Button size="compact-sm" variant="subtle" onClick={() => setRaw(!raw)}>
            {raw ? 'Edit as fields' : 'Edit as JSON'}
          </Button>
        )}
      </header>
      {typeof value === 'string' && field.kind === 'text' ? (
        <Textarea
          autosize
          minRows={3}
          maxRows={20}
          size="md"
          aria-label={name}
          value={value}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
        />
      ) : field.kind === 'object' && !whole ? (
        <Members
          field={field}
          value={value}
          before={original}
          onChange={(next) => onChange(next ?? {})}
          path={`values.${name}`}
          faults={faults}
        />
      ) : (
        <JsonField
          label={name}
          value={value}
          rows={8}
          onChange={(next) => onChange(next ?? null)}
        />
      )}
      <Elsewhere faults={faults} all={whole} name={name} />
      <div className={css.diff}>
        <h3 className={css.title}>What changes</h3>
        {typeof original === 'string' && typeof settled === 'string' ? (
          <TextDiff from={original} to={settled} />
        ) : (
          <DiffPane changes={changes(original, settled)} />
        )}
      </div>
    </section>
  );
}

/** Faults that no field stands for. */
function Elsewhere({
  faults,
  all,
  name,
}: {
  faults: readonly FieldFault[];
  all: boolean;
  name: string;
}) {
  const listed = all ? faults : faults.filter(({ field }) => field === `values.${name}`);
  if (!listed.length) return null;
  return (
    <ul className={css.faults}>
      {listed.map(({ field, message }) => (
        <li key={`${field} ${message}`}>
          <code>{field.replace(/^values\./, '')}</code>: {message}
        </li>
      ))}
    </ul>
  );
}

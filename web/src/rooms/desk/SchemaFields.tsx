import {
  Button,
  Checkbox,
  Input,
  NumberInput,
  Select,
  Switch,
  Textarea,
  TextInput,
} from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { FieldFault, Json, JsonObject } from '@wheelhouse/core';
import { useState } from 'react';
import { Marked } from '../../kit/Marked.tsx';
import { JsonField } from './JsonField.tsx';
import css from './SchemaFields.module.css';
import { blankOf, type Field, withMember } from './schema.ts';

interface FieldProps {
  field: Field;
  value: Json | undefined;
  /** What stood here before the edit; undefined where nothing did. */
  before: Json | undefined;
  /** Undefined takes the place out of its object. */
  onChange: (value: Json | undefined) => void;
  label: string;
  required: boolean;
  /** An item of a list is always there, so it is not marked as needed. */
  in_list?: boolean;
  /** The dotted path, as faults name it. */
  path: string;
  faults: readonly FieldFault[];
}

const isObject = (value: unknown): value is JsonObject =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

const faultAt = (faults: readonly FieldFault[], path: string) =>
  faults.find(({ field }) => field === path)?.message;

/** One place of a value, edited as its schema says. */
export function SchemaField(props: FieldProps) {
  const { field, value, onChange, label, path } = props;
  if (!field.nullable) return <ChangedField {...props} />;
  return (
    <div className={css.nullable}>
      {value === null ? (
        <span className={css.nothing}>
          <b>{label}</b> is nothing (null)
        </span>
      ) : (
        <ChangedField {...props} />
      )}
      <Checkbox
        size="xs"
        label="Nothing"
        aria-label={`${label} is nothing`}
        checked={value === null}
        onChange={({ currentTarget }) =>
          onChange(currentTarget.checked ? null : blankOf({ ...field, nullable: false }))
        }
        key={`${path} nothing`}
      />
    </div>
  );
}

/** A field that says what stood there, once it says something else. */
function ChangedField(props: FieldProps) {
  const { before, value } = props;
  const was = before !== null && typeof before === 'object' ? undefined : before;
  const changed = was !== undefined && was !== value;
  return (
    <div className={css.field} data-changed={changed || undefined}>
      <PlainField {...props} />
      {changed && (
        <p className={css.was}>
          was <del>{was === '' ? 'empty text' : <Marked text={String(was)} />}</del>
        </p>
      )}
    </div>
  );
}

function PlainField(props: FieldProps) {
  const { field, value, onChange, label, required, in_list, path, faults } = props;
  const own = {
    label: field.title ?? label,
    description: field.description,
    withAsterisk: required && !in_list,
    error: faultAt(faults, path) ?? (required && value === undefined ? 'is needed' : undefined),
  };
  switch (field.kind) {
    case 'text': {
      const Control = field.multiline ? Textarea : TextInput;
      return (
        <Control
          {...own}
          {...(field.multiline ? { autosize: true, minRows: 2, maxRows: 12 } : {})}
          value={typeof value === 'string' ? value : ''}
          onChange={({ currentTarget }) =>
            onChange(currentTarget.value === '' && !required ? undefined : currentTarget.value)
          }
        />
      );
    }
    case 'number':
      return <NumberField {...own} integer={field.integer} value={value} onChange={onChange} />;
    case 'boolean':
      return (
        <Input.Wrapper {...own} labelProps={{ htmlFor: path }}>
          <Switch
            id={path}
            className={css.switch}
            checked={value === true}
            onChange={({ currentTarget }) => onChange(currentTarget.checked)}
          />
        </Input.Wrapper>
      );
    case 'choice':
      return <ChoiceField {...props} own={own} />;
    case 'object':
      return <ObjectField {...props} />;
    case 'list':
      return <ListField {...props} field={field} />;
    case 'json':
      return <JsonField {...own} value={value} onChange={onChange} />;
  }
}

interface NumberFieldProps {
  label: string;
  integer: boolean;
  value: Json | undefined;
  onChange: (value: Json | undefined) => void;
}

/** What is half typed ("-", "0.") is no number yet. The field keeps it, or nobody could type on. */
function NumberField({ integer, value, onChange, ...own }: NumberFieldProps) {
  const [typed, setTyped] = useState<string | number>('');
  const now = typeof value === 'number' ? value : undefined;
  return (
    <NumberInput
      {...own}
      hideControls
      allowDecimal={!integer}
      value={numberOf(typed) === now ? typed : (now ?? '')}
      onChange={(next) => {
        setTyped(next);
        onChange(numberOf(next));
      }}
    />
  );
}

const numberOf = (typed: string | number): number | undefined => {
  const read = typeof typed === 'string' && typed.trim() === '' ? Number.NaN : Number(typed);
  return Number.isFinite(read) ? read : undefined;
};

function ChoiceField({ field, value, onChange, required, own }: FieldProps & { own: object }) {
  if (field.kind !== 'choice') return null;
  const data = field.options.map((option) => ({
    value: JSON.stringify(option),
    label: typeof option === 'string' ? option : JSON.stringify(option),
  }));
  return (
    <Select
      {...own}
      data={data}
      value={value === undefined ? null : JSON.stringify(value)}
      onChange={(picked) => onChange(picked === null ? undefined : (JSON.parse(picked) as Json))}
      allowDeselect={!required}
      comboboxProps={{ withinPortal: true }}
    />
  );
}

function ObjectField({ field, value, before, onChange, label, path, faults }: FieldProps) {
  if (field.kind !== 'object') return null;
  return (
    <fieldset className={css.group}>
      <legend className={css.legend}>{field.title ?? label}</legend>
      {field.description && <p className={css.say}>{field.description}</p>}
      <Members {...{ field, value, before, onChange, path, faults }} />
      <Fault text={faultAt(faults, path)} />
    </fieldset>
  );
}

type MembersProps = Pick<FieldProps, 'value' | 'before' | 'onChange' | 'path' | 'faults'> & {
  field: Extract<Field, { kind: 'object' }>;
};

/** The members of an object, one below the other. */
export function Members({ field, value, before, onChange, path, faults }: MembersProps) {
  const now = (value ?? {}) as JsonObject;
  const then = isObject(before) ? before : {};
  return (
    <div className={css.members}>
      {field.fields.map(({ name, required, field: inner }) => (
        <SchemaField
          key={name}
          field={inner}
          value={Object.hasOwn(now, name) ? now[name] : undefined}
          before={Object.hasOwn(then, name) ? then[name] : undefined}
          onChange={(member) => onChange(withMember(value, name, member))}
          label={name}
          required={required}
          path={`${path}.${name}`}
          faults={faults}
        />
      ))}
    </div>
  );
}

type ListFieldProps = FieldProps & { field: Extract<Field, { kind: 'list' }> };

function ListField({ field, value, before, onChange, label, path, faults }: ListFieldProps) {
  const list = Array.isArray(value) ? value : [];
  // With an item more or less, the same place is no longer the same item.
  const then = Array.isArray(before) && before.length === list.length ? before : [];
  return (
    <fieldset className={css.group}>
      <legend className={css.legend}>{field.title ?? label}</legend>
      {field.description && <p className={css.say}>{field.description}</p>}
      <div className={css.members}>
        {list.map((item, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: items of a JSON list have no name but their place.
          <div key={at} className={css.item}>
            <div className={css.item_field}>
              <SchemaField
                field={field.item}
                value={item}
                before={then[at]}
                onChange={(next) => onChange(list.with(at, next ?? null))}
                label={`${at + 1}.`}
                required
                in_list
                path={`${path}.${at}`}
                faults={faults}
              />
            </div>
            <Button
              variant="subtle"
              color="gray"
              size="compact-sm"
              aria-label={`Take item ${at + 1} out`}
              onClick={() => onChange(list.toSpliced(at, 1))}
            >
              <IconTrash size={16} stroke={1.6} />
            </Button>
          </div>
        ))}
      </div>
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconPlus size={14} />}
        onClick={() => onChange([...list, blankOf(field.item)])}
      >
        Add
      </Button>
      <Fault text={faultAt(faults, path)} />
    </fieldset>
  );
}

const Fault = ({ text }: { text: string | undefined }) =>
  text ? <p className={css.fault}>{text}</p> : null;

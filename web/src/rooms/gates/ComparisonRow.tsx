import { ActionIcon, Autocomplete, NumberInput, Select, TagsInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { Comparison, Operator } from '@wheelhouse/core';
import { useFault } from '../../kit/faults.ts';
import { operator_words } from '../../kit/policyWords.ts';
import css from './Conditions.module.css';
import { type Field, fieldAt } from './fields.ts';
import { operatorsFor, scalarOf, valueKind, withField, withOperator } from './operator.ts';

interface ComparisonRowProps {
  comparison: Comparison;
  onChange: (comparison: Comparison) => void;
  /** Undefined where it is the last one that must stay. */
  onRemove?: (() => void) | undefined;
  fields: readonly Field[];
  path: string;
}

/** One comparison: a field, how, and with what. */
export function ComparisonRow(props: ComparisonRowProps) {
  const { comparison, onChange, onRemove, fields, path } = props;
  const type = fieldAt(fields, comparison.field)?.type;
  return (
    <div className={css.row}>
      <Autocomplete
        aria-label="Field"
        placeholder="field"
        className={css.field}
        data={fields.map((field) => field.path)}
        value={comparison.field}
        error={useFault(`${path}.field`)}
        limit={60}
        onChange={(field) => onChange(withField(comparison, field, fieldAt(fields, field)?.type))}
      />
      <Select
        aria-label="How it compares"
        className={css.operator}
        allowDeselect={false}
        data={operatorsFor(type, comparison.op).map((op) => ({
          value: op,
          label: operator_words[op],
        }))}
        value={comparison.op}
        onChange={(op) => op && onChange(withOperator(comparison, op as Operator, type))}
      />
      <div className={css.value}>
        <ValueInput {...props} />
      </div>
      {onRemove && (
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          onClick={onRemove}
          aria-label={`Remove the condition on ${comparison.field || 'no field'}`}
        >
          <IconX size={16} stroke={1.6} />
        </ActionIcon>
      )}
    </div>
  );
}

function ValueInput({ comparison, onChange, fields, path }: ComparisonRowProps) {
  const { op, value } = comparison;
  const field = fieldAt(fields, comparison.field);
  const error = useFault(`${path}.value`);
  const own = { 'aria-label': 'Value', placeholder: 'value', error };
  const set = (next: Comparison['value']) => {
    const { value: _, ...rest } = comparison;
    onChange(next === undefined ? rest : { ...rest, value: next });
  };
  const samples = [...new Set((field?.samples ?? []).map(String))];
  switch (valueKind(op, field?.type, value)) {
    case 'none':
      return null;
    case 'number':
      return (
        <NumberInput
          {...own}
          hideControls
          value={typeof value === 'number' ? value : ''}
          onChange={(typed) => set(typeof typed === 'number' ? typed : undefined)}
        />
      );
    case 'boolean':
      return (
        <Select
          {...own}
          allowDeselect={false}
          data={['true', 'false']}
          value={String(value)}
          onChange={(picked) => set(picked === 'true')}
        />
      );
    case 'list':
      return (
        <TagsInput
          {...own}
          placeholder="add, then Enter"
          data={samples}
          value={(Array.isArray(value) ? value : []).map(String)}
          onChange={(words) => set(words.map((word) => scalarOf(word, field?.type)))}
        />
      );
    case 'text':
      return (
        <Autocomplete
          {...own}
          data={samples}
          value={value === undefined || value === null ? '' : String(value)}
          onChange={(typed) => set(typed === '' ? undefined : typed)}
        />
      );
  }
}

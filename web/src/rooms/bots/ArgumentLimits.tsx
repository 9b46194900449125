import { NumberInput, TagsInput, TextInput } from '@mantine/core';
import type { Json } from '@wheelhouse/core';
import level from '../../kit/Level.module.css';
import card from '../../kit/QuestionCard.module.css';
import { type ArgumentKind, isObject, withMember } from './toolArguments.ts';

interface ArgumentLimitsProps {
  kind: Exclude<ArgumentKind, 'other'>;
  schema: Json;
  onSchema: (schema: Json) => void;
}

/** What values an argument may have, by its kind. What else its schema says stays. */
export function ArgumentLimits({ kind, schema, onSchema }: ArgumentLimitsProps) {
  const of = isObject(schema) ? schema : {};
  const set = (key: string, value: Json | undefined) => onSchema(withMember(schema, key, value));
  if (kind === 'choice') {
    const values = Array.isArray(of.enum) ? of.enum.map(String) : [];
    return (
      <TagsInput
        label="The list"
        description="Up to nine are offered to the customer as buttons."
        value={values}
        error={values.length ? undefined : 'An empty list lets nothing through'}
        onChange={(list) => set('enum', list)}
      />
    );
  }
  if (kind === 'text') {
    return (
      <TextInput
        label="Pattern"
        description="A regular expression that it fits, such as ^A-[0-9]{3}$. By it the bot finds it in what is said."
        dir="ltr"
        value={typeof of.pattern === 'string' ? of.pattern : ''}
        onChange={({ currentTarget }) => set('pattern', currentTarget.value || undefined)}
      />
    );
  }
  if (kind !== 'number' && kind !== 'integer') return null;
  const bound = (key: 'minimum' | 'maximum', label: string) => (
    <NumberInput
      label={label}
      placeholder="any"
      allowDecimal={kind === 'number'}
      value={typeof of[key] === 'number' ? of[key] : ''}
      onChange={(value) => set(key, typeof value === 'number' ? value : undefined)}
    />
  );
  return (
    <div className={`${level.level} ${card.pair}`}>
      {bound('minimum', 'At least')}
      {bound('maximum', 'At most')}
    </div>
  );
}

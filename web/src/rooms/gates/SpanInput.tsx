import { NumberInput, Select } from '@mantine/core';
import { useId } from 'react';
import css from './SpanInput.module.css';
import { type SpanUnit, span_units, spanMs, spanParts } from './span.ts';

interface SpanInputProps {
  label: string;
  /** Read out, not drawn: where the line itself says what it is. */
  label_hidden?: boolean;
  description?: string | undefined;
  /** Milliseconds. */
  value: number;
  onChange: (ms: number) => void;
  error?: string | undefined;
}

/** A length of time: an amount and its unit. */
export function SpanInput(props: SpanInputProps) {
  const { label, label_hidden, description, value, onChange, error } = props;
  const { amount, unit } = spanParts(value);
  const id = useId();
  return (
    <div className={css.span}>
      <NumberInput
        id={id}
        label={label_hidden ? undefined : label}
        aria-label={label_hidden ? label : undefined}
        description={description}
        min={0}
        hideControls
        className={css.amount}
        value={amount}
        error={error}
        onChange={(typed) => typeof typed === 'number' && onChange(spanMs(typed, unit))}
      />
      <Select
        aria-label={`Unit of: ${label}`}
        className={css.unit}
        allowDeselect={false}
        data={span_units.map((known) => known.unit)}
        value={unit}
        onChange={(picked) => picked && onChange(spanMs(amount, picked as SpanUnit))}
      />
    </div>
  );
}

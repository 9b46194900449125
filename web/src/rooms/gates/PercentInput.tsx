import { NumberInput } from '@mantine/core';
import { useFault } from '../../kit/faults.ts';
import type { PercentRange } from './percentRange.ts';

interface PercentInputProps {
  label?: string;
  'aria-label'?: string;
  description?: string;
  placeholder?: string;
  w?: number;
  prefix?: string;
  value: number | undefined;
  /** Under which its fault is said; one of its range in percent. */
  field: string;
  range: PercentRange;
  onChange: (share: number | undefined) => void;
}

/** A share, typed in percent. */
export function PercentInput({ value, field, range, onChange, ...rest }: PercentInputProps) {
  const fault = useFault(field);
  const outside = value !== undefined && !range.holds(value);
  return (
    <NumberInput
      {...rest}
      error={outside ? range.words : fault}
      suffix=" %"
      // What is out of range is said, and not made another without a word.
      clampBehavior="none"
      max={100}
      decimalScale={5}
      value={value === undefined ? '' : Number((value * 100).toPrecision(8))}
      onChange={(typed) =>
        onChange(typeof typed === 'number' ? Number((typed / 100).toPrecision(8)) : undefined)
      }
    />
  );
}

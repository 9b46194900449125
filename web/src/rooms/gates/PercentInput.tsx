import { NumberInput } from '@mantine/core';
import { least_promised } from '@wheelhouse/core/learn';
import { useFault } from '../../kit/faults.ts';

/** What a share may be, said in percent as the field has it. */
interface PercentRange {
  holds: (share: number) => boolean;
  words: string;
}

/** Of a limit that could be proven. */
export const limit_range: PercentRange = {
  holds: (share) => share >= least_promised && share < 1,
  words: `From ${Number((100 * least_promised).toPrecision(3))}% to under 100%: less would never be proven.`,
};

interface PercentInputProps {
  label?: string;
  'aria-label'?: string;
  description?: string;
  placeholder?: string;
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
      min={0}
      max={100}
      decimalScale={5}
      value={value === undefined ? '' : Number((value * 100).toPrecision(8))}
      onChange={(typed) =>
        onChange(typeof typed === 'number' ? Number((typed / 100).toPrecision(8)) : undefined)
      }
    />
  );
}

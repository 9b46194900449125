import { SegmentedControl } from '@mantine/core';

export type Step = 'hour' | 'day';

const steps = [
  { value: 'hour', label: 'By hour' },
  { value: 'day', label: 'By day' },
];

interface StepControlProps {
  /** What it is the step of. */
  label: string;
  by: Step;
  onBy: (by: Step) => void;
}

/** In which steps of time something is drawn; all of a page in the same. */
export function StepControl({ label, by, onBy }: StepControlProps) {
  return (
    <SegmentedControl
      size="xs"
      aria-label={label}
      value={by}
      onChange={(value) => onBy(value as Step)}
      data={steps}
    />
  );
}

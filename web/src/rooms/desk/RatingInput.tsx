import { NumberInput } from '@mantine/core';
import type { RatingQuestion } from '@wheelhouse/core';
import { useRef } from 'react';
import type * as z from 'zod';
import { KeyHint } from '../../kit/KeyHint.tsx';
import { useKeys } from '../../kit/useKeys.ts';
import css from './questions.module.css';
import type { InputProps } from './questions.tsx';

const most_steps = 11;

/** The numbers of a scale, when they are few enough to be drawn side by side. */
function stepsOf({ min, max, step }: z.infer<typeof RatingQuestion>): number[] | null {
  if (step === null) return null;
  const count = Math.floor((max - min) / step + 1e-9) + 1;
  if (count > most_steps) return null;
  return Array.from({ length: count }, (_, at) => Number((min + at * step).toPrecision(12)));
}

/** A number: on a short scale by its digit, else typed. */
export function RatingInput(props: InputProps<z.infer<typeof RatingQuestion>>) {
  const steps = stepsOf(props.question);
  return steps ? <Scale {...props} steps={steps} /> : <FreeNumber {...props} />;
}

interface ScaleProps extends InputProps<z.infer<typeof RatingQuestion>> {
  steps: number[];
}

function Scale({ question, value, onChange, active, disabled, steps, labelled_by }: ScaleProps) {
  const digits = steps.every((step) => Number.isInteger(step) && step >= 0 && step <= 9);
  useKeys(
    active && !disabled && digits
      ? steps.map((step) => ({
          key: String(step),
          label: `Give ${question.labels?.[String(step)] ?? step}`,
          group: 'This case',
          run: () => onChange(step),
        }))
      : [],
  );
  const [first, last] = [steps[0], steps.at(-1)];
  const ends = [question.labels?.[String(first)], question.labels?.[String(last)]];
  return (
    <div className={css.rating}>
      <div className={css.scale} role="radiogroup" aria-labelledby={labelled_by}>
        {steps.map((step) => (
          <label key={step} className={css.step} data-chosen={value === step || undefined}>
            <input
              type="radio"
              className={css.hidden}
              name={question.name}
              checked={value === step}
              disabled={disabled}
              onChange={() => onChange(step)}
              aria-label={question.labels?.[String(step)] ?? String(step)}
            />
            {active && digits ? <KeyHint of={String(step)} /> : step}
            {question.unit && <span>{question.unit}</span>}
          </label>
        ))}
      </div>
      {(ends[0] || ends[1]) && (
        <div className={css.ends}>
          <span>{ends[0]}</span>
          <span>{ends[1]}</span>
        </div>
      )}
    </div>
  );
}

function FreeNumber({
  question,
  value,
  onChange,
  active,
  disabled,
  labelled_by,
}: InputProps<z.infer<typeof RatingQuestion>>) {
  const field = useRef<HTMLInputElement>(null);
  useKeys(
    active && !disabled
      ? [
          {
            key: 't',
            label: 'Type the number',
            group: 'This case',
            run: () => field.current?.focus(),
          },
        ]
      : [],
  );
  const { min, max, step, unit } = question;
  return (
    <NumberInput
      ref={field}
      maw={240}
      value={typeof value === 'number' ? value : ''}
      onChange={(typed) => onChange(typeof typed === 'number' ? typed : undefined)}
      min={min}
      max={max}
      step={step ?? 1}
      clampBehavior="none"
      suffix={unit ? ` ${unit}` : undefined}
      description={`${min} to ${max}${step === null ? '' : `, in steps of ${step}`}`}
      disabled={disabled}
      aria-labelledby={labelled_by}
      rightSection={active ? <KeyHint of="t" /> : undefined}
    />
  );
}

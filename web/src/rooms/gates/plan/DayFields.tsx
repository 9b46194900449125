import { NumberInput } from '@mantine/core';
import type { PlanSetup } from '@wheelhouse/core/learn';
import { Panel } from '../../../kit/Panel.tsx';
import css from './PlanTab.module.css';

interface DayFieldsProps {
  setup: PlanSetup;
  onChange: (part: Partial<PlanSetup>) => void;
}

interface Field {
  name: keyof PlanSetup;
  label: string;
  /** In what it is shown: percent are hundred times what is kept. */
  percent?: true;
  min: number;
  max: number;
  step: number;
  whole?: true;
}

const fields: Field[] = [
  { name: 'outputs_a_day', label: 'Outputs a day', min: 1, max: 100_000, step: 100, whole: true },
  { name: 'checks_an_hour', label: 'A person checks an hour', min: 1, max: 10_000, step: 10 },
  {
    name: 'spot_check',
    label: 'Spot checks of what passes',
    percent: true,
    min: 0.1,
    max: 100,
    step: 1,
  },
  {
    name: 'label_noise',
    label: 'People judge wrongly (η)',
    percent: true,
    min: 0,
    max: 49,
    step: 0.5,
  },
  { name: 'delta', label: 'Chance that it fails (δ)', percent: true, min: 0.1, max: 50, step: 1 },
  { name: 'days', label: 'Days to play', min: 1, max: 365, step: 7, whole: true },
];

/** What a day is like: outputs, people, spot checks. */
export function DayFields({ setup, onChange }: DayFieldsProps) {
  return (
    <Panel title="A day at this gate">
      <div className={css.fields}>
        {fields.map(({ name, label, percent, min, max, step, whole }) => (
          <NumberInput
            key={name}
            label={label}
            value={percent ? Number((setup[name] * 100).toPrecision(12)) : setup[name]}
            onChange={(typed) => {
              // What is half typed, or out of its range, is not planned with.
              if (typeof typed !== 'number' || typed < min || typed > max) return;
              if (whole && !Number.isInteger(typed)) return;
              onChange({ [name]: percent ? Number((typed / 100).toPrecision(12)) : typed });
            }}
            min={min}
            max={max}
            step={step}
            {...(percent ? { suffix: '%' } : {})}
            allowDecimal={!whole}
            thousandSeparator=","
            clampBehavior="blur"
          />
        ))}
      </div>
    </Panel>
  );
}

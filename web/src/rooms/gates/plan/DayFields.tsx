import { NumberInput } from '@mantine/core';
import { least_promised } from '@wheelhouse/core/learn';
import { useState } from 'react';
import { Panel } from '../../../kit/Panel.tsx';
import css from './PlanTab.module.css';
import type { Planning } from './planning.ts';

type PlanSetup = Planning['setup'];

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
  {
    name: 'delta',
    label: 'Chance that the promise fails (δ)',
    percent: true,
    min: Number((100 * least_promised).toPrecision(12)),
    max: 50,
    step: 1,
  },
  { name: 'days', label: 'Days to play', min: 1, max: 365, step: 7, whole: true },
];

/** What a day is like: outputs, people, spot checks. */
export function DayFields({ setup, onChange }: DayFieldsProps) {
  return (
    <Panel title="A day at this gate">
      <div className={css.fields}>
        {fields.map((field) => (
          <DayField
            key={field.name}
            field={field}
            value={setup[field.name]}
            onChange={(value) => onChange({ [field.name]: value })}
          />
        ))}
      </div>
    </Panel>
  );
}

interface DayFieldProps {
  field: Field;
  value: number;
  onChange: (value: number) => void;
}

function DayField({ field, value, onChange }: DayFieldProps) {
  const { label, percent, min, max, step, whole } = field;
  const [refused, setRefused] = useState(false);
  const unit = percent ? '%' : '';
  return (
    <NumberInput
      label={label}
      value={percent ? Number((value * 100).toPrecision(12)) : value}
      error={refused ? `From ${min}${unit} to ${max.toLocaleString('en-US')}${unit}` : undefined}
      onChange={(typed) => {
        // What is half typed, or out of its range, is not planned with.
        if (typeof typed !== 'number') return;
        const fits = typed >= min && typed <= max && (!whole || Number.isInteger(typed));
        setRefused(!fits);
        if (fits) onChange(percent ? Number((typed / 100).toPrecision(12)) : typed);
      }}
      min={min}
      max={max}
      step={step}
      suffix={unit}
      allowDecimal={!whole}
      thousandSeparator=","
      clampBehavior="blur"
    />
  );
}

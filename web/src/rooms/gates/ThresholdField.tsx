import { NumberInput, Slider } from '@mantine/core';
import { useMemo } from 'react';
import { percent } from '../../kit/figures.tsx';
import { useFault } from './faults.ts';
import { heldShare, histogram } from './heldShare.ts';
import css from './ThresholdField.module.css';

interface ThresholdFieldProps {
  threshold: number;
  onChange: (threshold: number) => void;
  /** Confidences of past outputs; null for one that gave none. */
  confidences: readonly (number | null)[];
  disabled: boolean;
}

/** The confidence that lets an output pass, over how sure the AI was of late. */
export function ThresholdField({
  threshold,
  onChange,
  confidences,
  disabled,
}: ThresholdFieldProps) {
  const bars = useMemo(() => histogram(confidences), [confidences]);
  const most = Math.max(1, ...bars);
  const held = heldShare(confidences, threshold);
  const fault = useFault('policy.threshold');
  return (
    <div className={css.field}>
      <div className={css.head}>
        <NumberInput
          label="Passes at a confidence of"
          value={threshold}
          onChange={(typed) => typeof typed === 'number' && onChange(typed)}
          min={0}
          max={1}
          step={0.01}
          decimalScale={4}
          clampBehavior="strict"
          error={fault}
          disabled={disabled}
          className={css.number}
        />
        <p className={css.held} aria-live="polite">
          {held ? (
            <>
              About <b>{percent(held.value)}</b> would be held{' '}
              <span className={css.doubt}>
                ({percent(held.low)}–{percent(held.high)}, last {held.n.toLocaleString('en-US')})
              </span>
            </>
          ) : (
            <span className={css.doubt}>
              No output has come here yet, so nothing to estimate by.
            </span>
          )}
        </p>
      </div>
      <div className={css.plot}>
        {held && (
          <div className={css.bars} aria-hidden="true">
            {bars.map((count, at) => (
              <span
                // biome-ignore lint/suspicious/noArrayIndexKey: a bin is its place.
                key={at}
                data-held={(at + 1) / bars.length <= threshold || undefined}
                style={{ height: `${(count / most) * 100}%` }}
              />
            ))}
          </div>
        )}
        <Slider
          value={threshold}
          onChange={onChange}
          min={0}
          max={1}
          step={0.01}
          label={null}
          size={4}
          thumbSize={18}
          thumbLabel="Confidence at which an output passes"
          disabled={disabled}
        />
        <div className={css.ends} aria-hidden="true">
          <span>0 unsure</span>
          <span>sure 1</span>
        </div>
      </div>
    </div>
  );
}

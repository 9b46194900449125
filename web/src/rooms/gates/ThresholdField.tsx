import { NumberInput, Slider } from '@mantine/core';
import { useFault } from '../../kit/faults.ts';
import { least_n, percent } from '../../kit/figures.tsx';
import { HeldPlot } from './HeldPlot.tsx';
import { heldShare } from './heldShare.ts';
import css from './ThresholdField.module.css';

interface ThresholdFieldProps {
  threshold: number;
  onChange: (threshold: number) => void;
  /** Confidences of past outputs, null for one that gave none; undefined while they are fetched. */
  confidences: readonly (number | null)[] | undefined;
  disabled: boolean;
}

/** The confidence that lets an output pass, over how sure the AI was of late. */
export function ThresholdField({
  threshold,
  onChange,
  confidences,
  disabled,
}: ThresholdFieldProps) {
  const held = confidences && heldShare(confidences, threshold);
  const enough = held && held.n >= least_n ? held : null;
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
          {enough ? (
            <>
              About <b>{percent(enough.value)}</b> would be held{' '}
              <span className={css.doubt}>
                ({percent(enough.low)}–{percent(enough.high)}, last{' '}
                {enough.n.toLocaleString('en-US')})
              </span>
            </>
          ) : (
            <span className={css.doubt}>
              {confidences &&
                (held
                  ? `${held.n} of the ${least_n} outputs it takes to estimate what would be held`
                  : 'No output has come here yet, so nothing to estimate by.')}
            </span>
          )}
        </p>
      </div>
      <div className={css.plot}>
        {enough && confidences && <HeldPlot confidences={confidences} threshold={threshold} />}
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

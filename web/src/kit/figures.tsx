import type { Share as ShareValue } from '@wheelhouse/core';
import css from './figures.module.css';

const whole = new Intl.NumberFormat('en-US');

/** A count, grouped. One that has not come is not nought. */
export const Num = ({ of }: { of: number | undefined }) =>
  of === undefined ? <Unknown /> : <span>{whole.format(of)}</span>;

const Unknown = () => (
  <span className={css.unknown} title="The figures have not come yet">
    –
  </span>
);

export const percent = (share: number, digits = 0) => `${(share * 100).toFixed(digits)}%`;

/** A confidence in two decimals, or as many as keep it from being certain: 0.997 is not 1. A gate
 *  says it as exactly, so that a row does not say it in two ways. */
export function confidenceText(confidence: number): string {
  for (let digits = 2; digits < 8; digits++) {
    const text = confidence.toFixed(digits);
    const certain = Number(text) === 1 || Number(text) === 0;
    if (!certain || Number(text) === confidence) return text;
  }
  return confidence > 0.5 ? '>0.9999999' : '<0.0000001';
}

/** Under this many, an interval is so wide that a percentage would mislead. */
export const least_n = 10;

interface ShareProps {
  of: ShareValue | undefined;
  what?: string;
  large?: boolean;
}

/** Whether enough is known of a share to say it. */
export const isKnown = ({ value, low, high, n }: ShareValue): boolean =>
  value !== null && low !== null && high !== null && n >= least_n;

/** A share never stands alone: its 95% interval and how many it rests on stand beside it, and with
 *  too few it says so instead. */
export function Share({ of, what, large }: ShareProps) {
  if (!of) return <Unknown />;
  const { value, low, high, n } = of;
  if (value === null || low === null || high === null || n < least_n) {
    return (
      <span className={css.few} data-large={large || undefined}>
        <span className={css.few_word}>Not enough yet</span>
        <span className={css.doubt}>
          {whole.format(n)} of {least_n} {what ?? 'needed'}
        </span>
      </span>
    );
  }
  return (
    <span className={css.share} data-large={large || undefined}>
      <span className={css.value}>{percent(value)}</span>
      <span className={css.doubt}>
        {percent(low)}–{percent(high)}, n {whole.format(n)}
      </span>
    </span>
  );
}

/** The same share as a line: the interval as a band, the value as a tick. */
export function ShareLine({ of, label }: { of: ShareValue; label: string }) {
  const { value, low, high, n } = of;
  const known = value !== null && low !== null && high !== null && n >= least_n;
  return (
    <svg
      className={css.line}
      viewBox="0 0 100 12"
      preserveAspectRatio="none"
      role="img"
      aria-label={
        known ? `${label}: ${percent(value)}, between ${percent(low)} and ${percent(high)}` : label
      }
    >
      <rect className={css.track} x="0" y="5" width="100" height="2" rx="1" />
      {known && (
        <>
          <rect
            className={css.band}
            x={low * 100}
            y="2"
            width={(high - low) * 100}
            height="8"
            rx="2"
          />
          <rect className={css.tick} x={Math.min(value * 100, 99)} y="0" width="1" height="12" />
        </>
      )}
    </svg>
  );
}

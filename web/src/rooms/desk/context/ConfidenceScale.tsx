import css from './ConfidenceScale.module.css';

interface ConfidenceScaleProps {
  confidence: number;
  /** At which the gate lets pass; null where it does not go by confidence. */
  threshold: number | null;
}

const percentOf = (share: number) => `${Math.min(1, Math.max(0, share)) * 100}%`;

/** How sure the AI says it is, on the scale it says it on, against what the gate asks for. */
export function ConfidenceScale({ confidence, threshold }: ConfidenceScaleProps) {
  const figure = confidence.toFixed(2);
  return (
    <figure className={css.scale}>
      <figcaption className={css.words}>
        The AI is <b>{figure}</b> sure
        {threshold !== null && <>; {threshold.toFixed(2)} passes</>}
      </figcaption>
      <div className={css.track} aria-hidden="true">
        {threshold !== null && (
          <span className={css.passing} style={{ insetInlineStart: percentOf(threshold) }} />
        )}
        <span className={css.value} style={{ insetInlineStart: percentOf(confidence) }} />
      </div>
      <div className={css.ends} aria-hidden="true">
        <span>0</span>
        <span>1</span>
      </div>
    </figure>
  );
}

import type { Case } from '@wheelhouse/core';
import { Marked } from '../../kit/Marked.tsx';
import { useContextPanel } from './context/useContextPanel.ts';
import { ScoreBar } from './OptionList.tsx';
import css from './Why.module.css';

const kinds: Record<string, string> = {
  review: 'Held for a person',
  spot_check: 'Spot check',
  shadow: 'Decided without seeing the AI',
};

/** Why this case is here, before anything else is shown. */
export function Why({ shown }: { shown: Case }) {
  const { kind, reasons, confidence } = shown;
  // The context beside it draws the same on its scale.
  const told = useContextPanel().open && shown.gate !== null;
  return (
    <section className={css.why} aria-label="Why it is here">
      <h2 className={css.title}>
        Why it is here{kind !== 'question' && <span className={css.kind}>{kinds[kind]}</span>}
      </h2>
      {reasons.length === 1 ? (
        <p className={css.reason}>
          <Marked text={sentence(reasons[0] ?? '')} />
        </p>
      ) : (
        <ul className={css.reasons}>
          {reasons.map((reason) => (
            <li key={reason}>
              <Marked text={sentence(reason)} />
            </li>
          ))}
        </ul>
      )}
      {confidence !== null && !told && (
        <p className={css.sure}>
          <span>The AI says it is this sure</span>
          <ScoreBar score={confidence} />
        </p>
      )}
    </section>
  );
}

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

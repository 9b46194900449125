import type { PolicyMode } from '@wheelhouse/core';
import css from './ModeCards.module.css';

const cards: { mode: PolicyMode; title: string; say: string }[] = [
  { mode: 'always', title: 'Everything waits', say: 'A person decides each output.' },
  {
    mode: 'threshold',
    title: 'By confidence',
    say: 'What the AI is sure enough of passes; the rest waits.',
  },
  { mode: 'rules', title: 'By rules', say: 'You say what passes, what waits and what is blocked.' },
  {
    mode: 'shadow',
    title: 'Shadow',
    say: 'People decide without seeing the AI’s answer; agreement is measured.',
  },
  {
    mode: 'never',
    title: 'Everything passes',
    say: 'Nothing waits; spot checks show how it does.',
  },
  {
    mode: 'guaranteed',
    title: 'Guaranteed',
    say: 'You say how much of what passes may be wrong; it is proven before anything passes.',
  },
];

interface ModeCardsProps {
  mode: PolicyMode;
  onChange: (mode: PolicyMode) => void;
}

/** How a gate judges: one card each. */
export function ModeCards({ mode, onChange }: ModeCardsProps) {
  return (
    <fieldset className={css.cards}>
      <legend className={css.legend}>How it judges</legend>
      {cards.map(({ mode: own, title, say }) => (
        <label key={own} className={css.card}>
          <input
            type="radio"
            name="mode"
            className={css.radio}
            checked={mode === own}
            onChange={() => onChange(own)}
          />
          <span className={css.title}>{title}</span>
          <span className={css.say}>{say}</span>
        </label>
      ))}
    </fieldset>
  );
}

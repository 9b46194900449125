import { KeyHint } from '../../kit/KeyHint.tsx';
import type { OptionRow } from './answer.ts';
import css from './OptionList.module.css';

interface OptionListProps {
  rows: readonly OptionRow[];
  /** One group name for all inputs that exclude each other. */
  name: string;
  multiple: boolean;
  chosen: ReadonlySet<string>;
  /** Whether digits pick here now. */
  with_keys: boolean;
  marked?: string | undefined;
  disabled: boolean;
  onPick: (value: string) => void;
}

/** Options to choose from, each with its digit and, where the model gave one, its probability. */
export function OptionList({
  rows,
  name,
  multiple,
  chosen,
  with_keys,
  marked,
  disabled,
  onPick,
}: OptionListProps) {
  return (
    <div className={css.list}>
      {rows.map(({ value, label, description, score, digit }) => (
        <label
          key={value}
          className={css.row}
          data-chosen={chosen.has(value) || undefined}
          data-marked={marked === value || undefined}
          data-disabled={disabled || undefined}
        >
          <input
            type={multiple ? 'checkbox' : 'radio'}
            name={name}
            className={css.input}
            checked={chosen.has(value)}
            disabled={disabled}
            onChange={() => onPick(value)}
          />
          <span className={css.words}>
            <bdi>{label}</bdi>
            {description && <span className={css.description}>{description}</span>}
          </span>
          {score !== null && <ScoreBar score={score} />}
          <span className={css.key}>
            {with_keys && digit !== null && <KeyHint of={String(digit)} />}
          </span>
        </label>
      ))}
    </div>
  );
}

/** A model's probability, as a bar and its figure. */
export function ScoreBar({ score }: { score: number }) {
  return (
    <span className={css.score}>
      <span className={css.bar} aria-hidden="true">
        <span style={{ width: `${Math.min(100, Math.max(0, score * 100))}%` }} />
      </span>
      <span>{score.toFixed(2)}</span>
    </span>
  );
}

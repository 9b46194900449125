import { NumberInput, SegmentedControl } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../../live/api.ts';
import { keys } from '../../../live/cache.ts';
import css from './Override.module.css';
import { type OverrideBy, previewWords } from './overrideWords.ts';

interface OverrideChoiceProps {
  by: OverrideBy;
  error: string | undefined;
  onChange: (by: OverrideBy) => void;
}

/** What is to pass: from a confidence on, or whatever was wrong so seldom so far. */
export function OverrideChoice({ by, error, onChange }: OverrideChoiceProps) {
  const value = (typed: number | string, scale: number) =>
    typeof typed === 'number' ? Number((typed / scale).toPrecision(8)) : undefined;
  return (
    <div className={css.choice}>
      <SegmentedControl
        aria-label="What is to pass"
        value={by.of}
        onChange={(of) => onChange({ of: of as OverrideBy['of'], value: undefined })}
        data={[
          { value: 'threshold', label: 'By confidence' },
          { value: 'alpha', label: 'By what was wrong' },
        ]}
      />
      {by.of === 'threshold' ? (
        <NumberInput
          key="threshold"
          label="Passes at a confidence of"
          description="And over. None of it counts as certified; spot checks go on."
          min={0}
          max={1}
          step={0.05}
          decimalScale={3}
          data-autofocus
          value={by.value ?? ''}
          error={error}
          onChange={(typed) => onChange({ of: 'threshold', value: value(typed, 1) })}
        />
      ) : (
        <NumberInput
          key="alpha"
          label="At most wrong of what passes, by what was judged"
          description="The lowest confidence at which that was so. It is no proof: none of it counts as certified; spot checks go on."
          suffix=" %"
          min={0.0001}
          max={99}
          step={0.5}
          decimalScale={4}
          autoFocus
          value={by.value === undefined ? '' : Number((by.value * 100).toPrecision(8))}
          error={error}
          onChange={(typed) => onChange({ of: 'alpha', value: value(typed, 100) })}
        />
      )}
    </div>
  );
}

const settle_ms = 300;

interface OverrideSeenProps {
  gate: string;
  by: OverrideBy;
  tier: string | undefined;
}

/** What that would let pass, and how much of it was wrong so far, before anybody signs it. */
export function OverrideSeen({ gate, by, tier }: OverrideSeenProps) {
  const [{ of, value }] = useDebouncedValue(by, settle_ms);
  const asked = { [of]: value, ...(tier === undefined ? {} : { tier }) };
  const seen = useQuery({
    queryKey: [...keys.gatePromise(gate), 'override', asked],
    queryFn: ({ signal }) => api.gates.overridePreview(gate, asked, { signal }),
    enabled: value !== undefined,
    placeholderData: (before) => before,
  });
  if (by.value === undefined) return null;
  return (
    <div className={css.seen} role="status" aria-label="What that would let pass">
      {seen.data && previewWords(seen.data).map((words) => <p key={words}>{words}</p>)}
      {seen.isError && (
        <p>What that would let pass could not be read. It can be signed all the same.</p>
      )}
    </div>
  );
}

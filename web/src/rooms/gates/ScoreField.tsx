import { Radio, Stack } from '@mantine/core';
import type { PromiseScore } from '@wheelhouse/core';
import { labelsToLearn } from '@wheelhouse/core/learn';

interface ScoreFieldProps {
  score: PromiseScore;
  /** The strictest limit that is promised, if it can be told yet. */
  target: { alpha: number; delta: number } | undefined;
  onChange: (score: PromiseScore) => void;
}

/** What the threshold of a promise is of. */
export function ScoreField({ score, target, onChange }: ScoreFieldProps) {
  const labels = target ? labelsToLearn(target) : 200;
  return (
    <Radio.Group
      label="What it goes by"
      value={score}
      onChange={(picked) => onChange(picked as PromiseScore)}
    >
      <Stack gap={8} mt={8}>
        <Radio
          value="confidence"
          label="How sure the AI says it is"
          description="What is sent without a confidence waits."
        />
        <Radio
          value="agreement"
          label="Whether people agree, learned here"
          description={`From their decisions on outputs like it. It takes about ${labels.toLocaleString('en-US')} decisions before it can begin to prove anything, and lets more pass only where the AI’s confidence leaves much unsaid, or none is sent.`}
        />
      </Stack>
    </Radio.Group>
  );
}

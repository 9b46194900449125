import { Button } from '@mantine/core';
import type { TrialStep as Step, Tool } from '@wheelhouse/core';
import { Markdown } from '../../kit/Markdown.tsx';
import { TrialCall } from './TrialCall.tsx';
import css from './TryPanel.module.css';

interface TrialStepProps {
  step: Step;
  /** What the bot could do then. */
  tools: readonly Tool[];
  onPick: (text: string) => void;
}

/** One thing that a bot would say, or call. */
export function TrialStep({ step, tools, onPick }: TrialStepProps) {
  const { says, citations, calls, judged } = step;
  return (
    <>
      {says && 'text' in says && says.text && (
        <div className={css.bot}>
          <Markdown text={says.text} />
          {citations.length > 0 && (
            <ol className={css.sources} aria-label="Sources">
              {citations.map(({ title }) => (
                <li key={title}>{title}</li>
              ))}
            </ol>
          )}
          {says.kind === 'buttons' && (
            <div className={css.picks}>
              {says.buttons.map(({ label, value }) => (
                <Button
                  key={label}
                  size="compact-sm"
                  variant="default"
                  onClick={() => onPick(value ?? label)}
                >
                  {label}
                </Button>
              ))}
            </div>
          )}
        </div>
      )}
      {calls && (
        <TrialCall
          calls={calls}
          judged={judged}
          tool={tools.find(({ name }) => name === calls.tool)}
        />
      )}
    </>
  );
}

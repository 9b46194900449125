import { type GatePlan, type PlanSetup, targetsOf } from '@wheelhouse/core/learn';
import { measureOf } from './measure.ts';
import { limitWords } from './plan-words.ts';

/** What must be so for the promise to hold, and what it does not say. */
export function finePrint({ setup, partial }: Pick<GatePlan, 'setup' | 'partial'>): {
  assumes: string[];
  not: string[];
} {
  const divided = targetsOf(setup).length > 1;
  return {
    assumes: [
      'The outputs of the file are drawn from the same traffic that the gate will meet, each by itself, and none was chosen for its score or its label.',
      'The scores of the file are those that the gate will be given, of the same model version, prompt and score.',
      ...(divided
        ? ['Which tier an output is of is known before anybody judges it, and told to the gate.']
        : []),
      ...(partial
        ? ['Losses lie between 0 (right) and 1 (wrong), and say how bad an output was.']
        : []),
      noiseWords(setup, { divided, partial }),
      'α and δ were settled before anybody looked at these outputs. Whoever chose them by looking at the curve has a plan, and no proof yet: the gate proves it anew by labels that come afterwards.',
    ],
    not: [
      `Nothing about a single output, nor about each group by itself: the promise is about all that passes${divided ? ' of each tier' : ''}.`,
      'Nothing once the model, its prompt, its score, the policy or the population changes: a certificate ends with any of them.',
      ...(partial
        ? [
            'Nothing about all traffic: α is the mean loss of what passes, not of everything.',
            'Nothing about how great one loss may be: α is a mean, and a few whole losses are borne among many small ones.',
            'Nothing that a gate proves by itself as it runs: it knows right and wrong alone, and keeps this promise only as far as people call outputs wrong as often as their losses are great.',
          ]
        : [
            'Nothing about all traffic: α is the share of wrong outputs among what passes, not among everything.',
            'Nothing about harm: an output counts as wrong or right, however much hangs on it.',
          ]),
      'The played weeks are no forecast: they repeat the traffic of the file, and people in them judge on the same day.',
      'A budget of people never loosens α: if there are too few, outputs wait.',
    ],
  };
}

function noiseWords(
  { alpha, label_noise }: PlanSetup,
  { divided, partial }: { divided: boolean; partial: boolean },
): string {
  const { limit } = measureOf({ partial });
  if (partial && !label_noise) {
    return 'The losses are right. If they are too low by η in the mean of what passes, the truth is at most α + η.';
  }
  if (partial) {
    const most = divided
      ? `${limit(label_noise)} more than each limit`
      : limit(alpha + label_noise);
    return `People are wrong in ${limitWords(label_noise)} of what they judge: the mean loss of what passes may truly be up to ${most}.`;
  }
  if (!label_noise) {
    return 'The judgements are right. If they are wrong for a share η of what passes, the truth is at most α + η.';
  }
  const most = divided
    ? `${limitWords(label_noise)} more than the limit of each tier`
    : limitWords(alpha + label_noise);
  return `People are wrong in ${limitWords(label_noise)} of what they judge: of what passes, up to ${most} may truly be wrong.`;
}

import { NumberInput, Select } from '@mantine/core';
import { type Policy, risks, tiersOf } from '@wheelhouse/core';
import { cleanLabels, design_share, labelsToLearn, least_promised } from '@wheelhouse/core/learn';
import { hoursText } from '../../kit/duration.ts';
import { useFault } from '../../kit/faults.ts';
import { CertifyByFields } from './CertifyByFields.tsx';
import { CostTierFields } from './CostTierFields.tsx';
import css from './Editor.module.css';
import { PercentInput } from './PercentInput.tsx';
import { chance_range, limit_range, noise_range } from './percentRange.ts';
import { ScoreField } from './ScoreField.tsx';

type Promised = Extract<Policy, { mode: 'guaranteed' }>;

interface PromiseFieldsProps {
  policy: Promised;
  onChange: (change: Partial<Promised>) => void;
}

/** What a guaranteed gate promises, and how many decisions it takes at least before anything passes. */
export function PromiseFields({ policy, onChange }: PromiseFieldsProps) {
  const { alpha, delta, tiers, label_noise, after_alarm, people_hours } = policy;
  const alarm_fault = useFault('policy.after_alarm');
  const setTier = (risk: (typeof risks)[number], limit: number | undefined) => {
    const { [risk]: _before, ...rest } = tiers;
    onChange({ tiers: limit === undefined ? rest : { ...rest, [risk]: limit } });
  };
  return (
    <>
      <div className={css.promise}>
        <PercentInput
          label="At most wrong"
          description="Of what passes."
          value={alpha}
          field="policy.alpha"
          range={limit_range}
          onChange={(typed) => typed !== undefined && onChange({ alpha: typed })}
        />
        <PercentInput
          label="Confidence"
          description="That the promise is kept."
          value={1 - delta}
          field="policy.delta"
          range={chance_range}
          onChange={(typed) =>
            typed !== undefined && onChange({ delta: Number((1 - typed).toFixed(8)) })
          }
        />
        <PercentInput
          label="People judge wrongly"
          description="Is added to what is promised."
          value={label_noise}
          field="policy.label_noise"
          range={noise_range}
          onChange={(typed) => onChange({ label_noise: typed ?? 0 })}
        />
      </div>
      {policy.quorum.second_opinion === 'on_disagreement' && (
        <p className={css.say_below}>
          A second person is asked only where the first disagrees with the AI, so that an error
          which either of two overlooks counts as right. Say nearly twice what one person judges
          wrongly.
        </p>
      )}
      <fieldset className={css.roles}>
        <legend className={css.label}>A limit of its own by risk</legend>
        <div className={css.promise}>
          {risks.map((risk) => (
            <PercentInput
              key={risk}
              label={`Risk ${risk}`}
              placeholder="as above"
              value={tiers[risk]}
              field={`policy.tiers.${risk}`}
              range={limit_range}
              onChange={(typed) => setTier(risk, typed)}
            />
          ))}
        </div>
      </fieldset>
      <CostTierFields
        cost_tiers={policy.cost_tiers ?? []}
        alpha={alpha}
        onChange={(cost_tiers) => onChange({ cost_tiers })}
      />
      <CertifyByFields
        certify_by={policy.certify_by}
        onChange={(certify_by) => onChange({ certify_by })}
      />
      <ScoreField
        score={policy.score ?? 'confidence'}
        target={strictest(policy)}
        onChange={(score) => onChange({ score })}
      />
      <Select
        className={css.after_alarm}
        label="After an alarm"
        description={after_alarm_words[after_alarm].means}
        allowDeselect={false}
        error={alarm_fault}
        data={Object.entries(after_alarm_words).map(([value, { label }]) => ({ value, label }))}
        value={after_alarm}
        onChange={(chosen) => chosen && onChange({ after_alarm: chosen as typeof after_alarm })}
      />
      <NumberInput
        label="People’s hours a day"
        description={`${people_hours && people_hours % 1 ? `That is ${hoursText(people_hours)}. ` : ''}Once they are spent, what is held waits for the next day (UTC). The promise stays as it is.`}
        placeholder="no limit"
        w={320}
        maw="100%"
        min={0.1}
        max={1_000}
        step={0.5}
        value={people_hours ?? ''}
        error={useFault('policy.people_hours')}
        onChange={(typed) => onChange({ people_hours: typeof typed === 'number' ? typed : null })}
      />
      <p className={css.say_below}>{leastWords(policy)}</p>
    </>
  );
}

const after_alarm_words: Record<Promised['after_alarm'], { label: string; means: string }> = {
  hold: {
    label: 'Everything waits',
    means: 'Nothing passes until it is proven anew.',
  },
  track: {
    label: 'The surest passes, tracked',
    means:
      'Each spot check moves the threshold. This keeps errors near the limit in the mean and promises nothing; the page says “tracking” until it is proven anew.',
  },
};

/** The hardest to prove of what is promised; undefined where that is out of range. */
function strictest(policy: Promised) {
  const parts = tiersOf(policy);
  const alpha = Math.min(...parts.map((part) => part.alpha));
  const [{ delta }] = parts as [(typeof parts)[0]];
  const inside = (share: number, least: number) => share >= least && share < 1;
  return parts.every((part) => inside(part.alpha, least_promised)) &&
    inside(delta, least_promised / parts.length)
    ? { alpha, delta }
    : undefined;
}

/** The least work before anything passes: clean decisions, with those that only tell where to begin. */
function leastWords(policy: Promised): string {
  const target = strictest(policy);
  if (!target) return '';
  const evidence = cleanLabels(target);
  const least =
    policy.score === 'agreement'
      ? labelsToLearn(target) + evidence
      : Math.ceil(evidence / (1 - design_share));
  const of = policy.certify_by
    ? ' of each group'
    : tiersOf(policy).length > 1
      ? ' for the strictest limit'
      : '';
  return `Everything waits for a person until the promise is proven. That takes some ${least.toLocaleString('en-US')} decisions${of}, if none of them is against the AI; with errors it takes more.`;
}

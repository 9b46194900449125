import { Select, Slider } from '@mantine/core';
import { type TierTerms, tierFaults, tierWords } from '@wheelhouse/core';
import {
  alpha_steps,
  type Certificate,
  type CurvePoint,
  type PeopleNeeded,
  type PlanSetup,
  type targetsOf,
} from '@wheelhouse/core/learn';
import {
  countWords,
  hoursWords,
  limitWords,
  measureOf,
  neededWords,
  promiseWords,
  resultWords,
  scoreWords,
  shareWords,
} from '@wheelhouse/plan';
import { useMemo } from 'react';
import { Panel } from '../../../kit/Panel.tsx';
import { Plot } from '../../../kit/Plot.tsx';
import type { PlotSeries } from '../../../kit/plotSeries.ts';
import css from './PlanTab.module.css';
import { type StudiedTier, stepNear } from './planning.ts';

/** What a page of the keyboard moves the limit by. */
const page_steps = 10;

interface PromisePanelProps {
  /** Every tier there is, and the one that is looked at. */
  tiers: readonly string[];
  studied: StudiedTier;
  step: number;
  /** For a day's outputs of that tier. */
  people: PeopleNeeded;
  setup: PlanSetup;
  /** Of that tier. */
  target: ReturnType<typeof targetsOf>[number];
  terms: TierTerms | null;
  /** Whether losses lie between right and wrong. */
  partial: boolean;
  onTier: (tier: string | null) => void;
  onStep: (at: number) => void;
}

/** Error against how much passes, and what a promise costs: α is dragged in the plot, or by keys. */
export function PromisePanel(props: PromisePanelProps) {
  const { studied, step, setup, target, terms, partial, onStep } = props;
  const measure = measureOf({ partial });
  const certificate = studied.certificates[step] as Certificate;
  const refused = terms ? tierFaults(terms) : [];
  return (
    <Panel
      title="The promise"
      say="Drag α in the plot, or move it with the slider. Each α is tried on these outputs by itself."
    >
      <div className={css.promise}>
        <Curve {...props} certificate={certificate} />
        <div className={css.side}>
          <p className={css.sentence}>{promiseWords(setup, partial)}</p>
          <TierChoice {...props} />
          <div className={css.slider}>
            <span className={css.label}>α: {measure.limit(target.alpha)}</span>
            <Slider
              value={step}
              onChange={onStep}
              onKeyDownCapture={(event) => {
                const by = { PageUp: page_steps, PageDown: -page_steps }[event.key];
                if (by === undefined) return;
                event.preventDefault();
                onStep(Math.min(alpha_steps.length - 1, Math.max(0, step + by)));
              }}
              min={0}
              max={alpha_steps.length - 1}
              step={1}
              label={null}
              thumbLabel={
                partial ? 'Mean loss of what passes' : 'Share of what passes that may be wrong'
              }
              thumbValueText={measure.limit(target.alpha)}
              size={4}
              thumbSize={18}
            />
          </div>
          {refused.map(({ message }) => (
            <p key={message} className={css.fault}>
              A gate would refuse a limit that {message}.
            </p>
          ))}
          <p className={css.result} data-open={certificate.threshold !== null} aria-live="polite">
            {resultWords(certificate)}
          </p>
          <Figures {...props} certificate={certificate} />
          {setup.label_noise > 0 && (
            <p className={css.quiet}>
              People are wrong in {limitWords(setup.label_noise)}: of what passes, up to{' '}
              {limitWords(target.alpha + setup.label_noise)} may truly be wrong.
            </p>
          )}
          <p className={css.quiet}>
            A plan, and no proof yet: whoever chooses α by looking here has it proven by labels that
            come afterwards.
          </p>
        </div>
      </div>
    </Panel>
  );
}

/** Which tier is looked at, where there are several. */
function TierChoice({ tiers, studied, onTier }: PromisePanelProps) {
  if (tiers.length === 1) return null;
  return (
    <Select
      label="Limit of"
      description={`${shareWords(studied.share)} of the outputs.`}
      data={tiers.map((tier) => ({ value: tier, label: tierWords(tier) }))}
      value={studied.tier}
      onChange={onTier}
      allowDeselect={false}
    />
  );
}

type Chosen = PromisePanelProps & { certificate: Certificate };

const whole: [number, number] = [0, 1];

function Curve({ studied: { curve }, certificate, target, partial, onStep }: Chosen) {
  const { alpha } = target;
  const { name, risk, sum, sum_head } = measureOf({ partial });
  const x = useMemo(() => curve.map(({ coverage }) => coverage), [curve]);
  const series = useMemo(
    (): PlotSeries[] => [
      { title: '95% interval, high', values: curve.map(({ high }) => high), tone: 'bar' },
      {
        ...{ title: 'low', values: curve.map(({ low }) => low), tone: 'bar' },
        closes_band: '95% interval',
      },
      { title: name, values: curve.map(({ risk }) => risk), tone: 'accent' },
    ],
    [curve, name],
  );
  const worst = useMemo(() => Math.max(...curve.map(({ risk }) => risk)), [curve]);
  // In steps: from the first on the scale reaches up to the greatest α there is, once it is let go.
  const end = Math.max(0.06, 1.15 * worst, alpha >= 0.05 ? 0.21 : 0);
  const at = (row: number) => curve[row] as CurvePoint;
  return (
    <Plot
      label={`${name} against how much passes`}
      x={x}
      x_title="Share that passes"
      y_title={`${name} of what passes`}
      x_text={shareWords}
      x_range={whole}
      series={series}
      y_text={risk}
      y_end={end}
      mark={certificate.threshold === null ? undefined : certificate.coverage}
      level={{ title: 'α', value: alpha }}
      onLevel={(y) => onStep(stepNear(y))}
      columns={[
        { title: 'Threshold', text: (row) => scoreWords(at(row).threshold) },
        { title: 'Outputs', text: (row) => countWords(at(row).passed) },
        { title: sum_head, text: (row) => sum(at(row).wrong) },
      ]}
      height={320}
    />
  );
}

function Figures({ certificate, people, target, partial }: Chosen) {
  const { name, risk, shortly } = measureOf({ partial });
  const { margin } = certificate;
  const open = certificate.threshold !== null;
  const rows: [string, string][] = [
    ['Passes', shareWords(certificate.coverage)],
    ['People look at, a day', countWords(people.held + people.spot_checked)],
    ['Their time, a day', hoursWords(people.hours)],
    ['Without a gate', hoursWords(people.hours_without)],
    ...(open
      ? ([
          [`${name} at most`, risk(certificate.risk_bound)],
          ['Tested on', shortly(certificate.passed, certificate.wrong)],
          ...(margin === null ? [] : [['Errors more it would bear', countWords(margin)]]),
        ] as [string, string][])
      : ([['Clean checks missing', neededWords(certificate)]] as [string, string][])),
    ['Kept with probability', limitWords(1 - target.delta)],
  ];
  return (
    <dl className={css.figures} aria-label="What it costs">
      {rows.map(([name, value]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

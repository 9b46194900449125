import { tierWords } from '@wheelhouse/core';
import type { CurvePoint, GatePlan, TierPlan } from '@wheelhouse/core/learn';
import { html, type Markup } from './html.ts';
import { type Measure, measureOf } from './measure.ts';
import { rowsOf, table } from './paper.ts';
import {
  countWords,
  hoursWords,
  limitWords,
  neededWords,
  scoreWords,
  shareWords,
  thresholdWords,
} from './plan-words.ts';
import { curvePlot } from './report-plots.ts';

/** What each tier comes to, and all together; nothing where there is one. */
export function tiersPart({ tiers, n, coverage, people, partial }: GatePlan): Markup {
  if (tiers.length === 1) return html``;
  const lookedAt = (of: TierPlan['people']) =>
    `${countWords(of.held + of.spot_checked)}, ${hoursWords(of.hours)}`;
  const rows = tiers.map((tier) => [
    tierWords(tier.tier),
    measureOf({ partial }).limit(tier.alpha),
    countWords(tier.n),
    thresholdWords(tier.certificate),
    shareWords(tier.certificate.coverage),
    lookedAt(tier.people),
  ]);
  const all = ['All together', '', countWords(n), '', shareWords(coverage), lookedAt(people)];
  const heads = ['Tier', 'At most', 'Outputs', 'Threshold', 'Passes', 'Looked at a day'];
  return html`<h2>Tiers</h2>
<p>Each has its own labels, threshold and part of δ. An output that says no risk, cost or group is under the limit of all others.</p>
${table('A day at the gate, once what is certified is open.', heads, [...rows, all])}`;
}

/** The evidence of one tier, and its curve. */
export function tierPart(document: Document, tier: TierPlan, { tiers, partial }: GatePlan): Markup {
  const measure = measureOf({ partial });
  const of = tiers.length === 1 ? '' : `: ${tierWords(tier.tier)}`;
  return html`<h2>Evidence<bdi>${of}</bdi></h2>
${evidence(tier, measure, partial)}
${tier.curve.length ? curve(document, tier, measure, of) : html``}`;
}

function evidence(
  { certificate, n, wrong }: TierPlan,
  { ended, risk, name }: Measure,
  partial: boolean,
): Markup {
  const { threshold, passed, wrong: errors, risk_bound, margin, tried } = certificate;
  const rows: [string, string][] = [
    ['Judged outputs', ended(n, wrong)],
    ['Set apart to choose where to begin', countWords(n - certificate.n)],
    ['Tested on', countWords(certificate.n)],
    ['Thresholds tested, in an order fixed before', countWords(tried.length)],
  ];
  if (threshold === null) {
    rows.push(['Clean checks still needed', neededWords(certificate)]);
  } else {
    rows.push(
      ['Certified threshold', scoreWords(threshold)],
      ['Of the test, over it', ended(passed, errors)],
      [`${name} at most, with probability ${limitWords(1 - certificate.delta)}`, risk(risk_bound)],
    );
    if (margin !== null) rows.push(['Errors more that would have been borne', countWords(margin)]);
  }
  const by = partial ? 'by betting against a mean loss of α or more' : 'by the exact binomial test';
  return html`<p>Learn then test: thresholds are tried from strict to loose in a fixed order, each ${by}, until one fails. For any model and any score, a threshold that breaks the promise is certified with probability ${limitWords(certificate.delta)} at most.</p>
${rowsOf(rows)}
`;
}

const table_rows = 21;

function curve(document: Document, tier: TierPlan, measure: Measure, of: string): Markup {
  const { sum, risk, name, sum_head } = measure;
  const every = Math.max(1, Math.ceil(tier.curve.length / table_rows));
  const shown = tier.curve.filter((_point, at) => (tier.curve.length - 1 - at) % every === 0);
  const row = (point: CurvePoint) => [
    scoreWords(point.threshold),
    shareWords(point.coverage),
    countWords(point.passed),
    sum(point.wrong),
    risk(point.risk),
    `${risk(point.low)} to ${risk(point.high)}`,
  ];
  const heads = ['Threshold', 'Passes', 'Outputs', sum_head, name, '95% interval'];
  return html`<h2>${name} against how much passes<bdi>${of}</bdi></h2>
<figure>${curvePlot(document, tier, measure)}</figure>
${table('Each interval holds for its threshold alone, and is no certificate.', heads, shown.map(row))}`;
}

import type { ScoredFile } from '@wheelhouse/core';
import type { CurvePoint, GatePlan } from '@wheelhouse/core/learn';
import { html, type Markup } from './html.ts';
import { listOf, paper, rowsOf, table } from './paper.ts';
import {
  countWords,
  faultWords,
  finePrint,
  hoursWords,
  limitWords,
  momentWords,
  openingWords,
  promiseWords,
  resultWords,
  scoreWords,
  shareWords,
  spreadWords,
  versionWords,
} from './plan-words.ts';
import { curvePlot, weeksPlot } from './report-plots.ts';

export interface ReportInput {
  plan: GatePlan;
  /** Of the outputs: name, digest of the bytes, and how they were read. */
  file: Omit<ScoredFile, 'outputs'> & { name: string; digest: string };
  /** The gate it is for, where there is one. */
  gate: string | null;
  /** An ISO date and time. */
  made_at: string;
  /** Of the program that made it. */
  version: string;
}

/**
 * A plan as a document that can be filed: one file of HTML that fetches nothing, runs nothing, prints
 * well, and says every number of its plots in a table. The same input gives the same bytes.
 * @param document draws the plots: a page's own, or one of a library where there is no page
 */
export function planReport(document: Document, input: ReportInput): string {
  const { plan, gate } = input;
  const title = gate ? `Plan for the gate “${gate}”` : 'Plan for a gate';
  const body = [
    html`<h1>${title}</h1>
<p class="quiet">${input.file.name}, made on ${momentWords(input.made_at)}</p>
<div class="promise"><p>${promiseWords(plan.setup)}</p><p>${resultWords(plan.certificate)}</p></div>`,
    evidence(plan),
    curve(document, plan),
    people(plan),
    weeks(document, plan),
    groups(plan),
    print(plan),
    origin(input),
  ];
  return paper(title, body);
}

function evidence({ certificate, setup, n, wrong }: GatePlan): Markup {
  const { threshold, passed, wrong: errors, risk_bound, margin, needed, tried } = certificate;
  const rows: [string, string][] = [
    ['Judged outputs', `${countWords(n)}, of which ${countWords(wrong)} wrong`],
    ['Set apart to choose where to begin', countWords(n - certificate.n)],
    ['Tested on', countWords(certificate.n)],
    ['Thresholds tested, in an order fixed before', countWords(tried.length)],
  ];
  if (threshold === null) {
    rows.push(['Clean checks still needed', countWords(needed)]);
  } else {
    rows.push(
      ['Certified threshold', scoreWords(threshold)],
      ['Of the test, over it', `${countWords(passed)}, of which ${countWords(errors)} wrong`],
      [`Error at most, with probability ${limitWords(1 - setup.delta)}`, shareWords(risk_bound)],
    );
    if (margin !== null) rows.push(['Errors more that would have been borne', countWords(margin)]);
  }
  return html`<h2>Evidence</h2>
<p>Learn then test: thresholds are tried from strict to loose in a fixed order, each by the exact binomial test, until one fails. For any model and any score, a threshold that breaks the promise is certified with probability ${limitWords(setup.delta)} at most.</p>
${rowsOf(rows)}
`;
}

const table_rows = 21;

function curve(document: Document, plan: GatePlan): Markup {
  const every = Math.max(1, Math.ceil(plan.curve.length / table_rows));
  const shown = plan.curve.filter((_point, at) => (plan.curve.length - 1 - at) % every === 0);
  const row = (point: CurvePoint) => [
    scoreWords(point.threshold),
    shareWords(point.coverage),
    countWords(point.passed),
    countWords(point.wrong),
    shareWords(point.risk),
    `${shareWords(point.low)} to ${shareWords(point.high)}`,
  ];
  const heads = ['Threshold', 'Passes', 'Outputs', 'Wrong', 'Error', '95% interval'];
  return html`<h2>Error against how much passes</h2>
<figure>${curvePlot(document, plan)}</figure>
${table('Each interval holds for its threshold alone, and is no certificate.', heads, shown.map(row))}`;
}

function people({ people: each, setup, certificate }: GatePlan): Markup {
  return html`<h2>People</h2>
<p>At ${countWords(setup.outputs_a_day)} outputs a day and ${countWords(setup.checks_an_hour)} checks an hour, ${certificate.threshold === null ? 'with everything held' : 'once it is open'}:</p>
${rowsOf([
  ['Held a day', countWords(each.held)],
  [
    `Spot checks a day (${shareWords(setup.spot_check)} of what passes)`,
    countWords(each.spot_checked),
  ],
  ['People’s time a day', hoursWords(each.hours)],
  ['The same day with everything looked at', hoursWords(each.hours_without)],
])}
`;
}

function weeks(document: Document, plan: GatePlan): Markup {
  const { runs, days } = plan.setup;
  const rows = plan.weeks.days.map((day) => [
    String(day.day),
    shareWords(day.open),
    spreadWords(day.held),
    spreadWords(day.spot_checked),
    spreadWords(day.looked_at),
    day.wrong ? spreadWords(day.wrong, shareWords) : 'nothing passed',
  ]);
  const heads = [
    'Day',
    'Plays that are open',
    'Held',
    'Spot-checked',
    'Looked at',
    'Wrong of all that passed',
  ];
  return html`<h2>The first ${countWords(days)} days</h2>
<p>${openingWords(plan)} In ${countWords(plan.weeks.runs_broken)} of ${countWords(runs)} it ends at a threshold over which more than α of the file is wrong.</p>
<figure>${weeksPlot(document, plan)}</figure>
${table(`Middle of ${countWords(runs)} plays, and between what eight of ten lie.`, heads, rows)}`;
}

function groups({ groups: figures, certificate }: GatePlan): Markup {
  if (!figures.length) return html`<h2>Groups</h2><p>The file tells no groups apart.</p>`;
  const between = ([low, high]: [number, number]) => `${shareWords(low)} to ${shareWords(high)}`;
  const rows = figures.map(({ group, n, passed, wrong, coverage, risk, over }) => [
    group ?? '(none)',
    countWords(n),
    `${shareWords(passed / n)} (${between(coverage)})`,
    passed ? `${shareWords(wrong / passed)} (${between(risk)})` : '–',
    over ? 'over α' : '',
  ]);
  const heads = ['Group', 'Outputs', 'Passes', 'Error among them', ''];
  const caption =
    certificate.threshold === null
      ? 'Nothing passes in any group yet.'
      : 'Exact 95% intervals in brackets. The promise is about all groups together.';
  return html`<h2>Groups</h2>
${table(caption, heads, rows)}`;
}

function print({ setup }: GatePlan): Markup {
  const { assumes, not } = finePrint(setup);
  return html`<h2>What it rests on</h2>${listOf(assumes)}<h2>What it does not promise</h2>${listOf(not)}
`;
}

function origin({ plan, file, version }: ReportInput): Markup {
  const { setup } = plan;
  const columns = Object.entries(file.columns ?? {}).map(([role, name]) => `${role}: ${name}`);
  const versions = versionWords(file);
  const left = file.fault_count
    ? `${faultWords(file)}; first: line ${file.faults[0]?.line ?? 1}, ${file.faults[0]?.message ?? ''}`
    : 'none';
  return html`<h2>How it was made</h2>
${rowsOf([
  ['File', file.name],
  ['Its bytes', file.digest],
  ['Columns', columns.join(', ')],
  ...(versions ? [['Model versions', versions] as const] : []),
  ['Lines that could not be read', left],
  ['α, δ', `${limitWords(setup.alpha)}, ${limitWords(setup.delta)}`],
  ['People judge wrongly (η)', limitWords(setup.label_noise)],
  ['Plays, days, seed', `${setup.runs}, ${setup.days}, ${setup.seed}`],
  ['Made by', `Wheelhouse ${version}`],
])}
<p class="quiet">The same file, settings and version give the same numbers: <code>wheelhouse gate simulate</code> makes this report as well. Angelopoulos, Bates, Candès, Jordan and Lei 2021, “Learn then Test”; Clopper and Pearson 1934; Waudby-Smith and others 2022, “Anytime-valid off-policy inference”.</p>
`;
}

import { type ScoredFile, tierWords } from '@wheelhouse/core';
import type { GatePlan } from '@wheelhouse/core/learn';
import { finePrint } from './fine-print.ts';
import { hintWords } from './hint-words.ts';
import { html, type Markup } from './html.ts';
import { measureOf, playedLossWords } from './measure.ts';
import { listOf, paper, rowsOf, table } from './paper.ts';
import {
  countWords,
  faultWords,
  hoursWords,
  limitWords,
  momentWords,
  openedWords,
  openingWords,
  shareWords,
  spreadWords,
  versionWords,
} from './plan-words.ts';
import { planWords, promiseWords } from './promise-words.ts';
import { weeksPlot } from './report-plots.ts';
import { tierPart, tiersPart } from './report-tiers.ts';

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
<div class="promise"><p>${promiseWords(plan.setup, plan.partial)}</p><p>${planWords(plan)}</p></div>`,
    hints(input),
    tiersPart(plan),
    ...plan.tiers.map((tier) => tierPart(document, tier, plan)),
    people(plan),
    weeks(document, plan),
    groups(plan),
    print(plan),
    origin(input),
  ];
  return paper(title, body);
}

function hints({ file }: ReportInput): Markup {
  const words = hintWords(file);
  return words.length ? html`<h2>To look at first</h2>${listOf(words)}` : html``;
}

function people({ people: each, setup, coverage }: GatePlan): Markup {
  return html`<h2>People</h2>
<p>At ${countWords(setup.outputs_a_day)} outputs a day and ${countWords(setup.checks_an_hour)} checks an hour, ${coverage === 0 ? 'with everything held' : 'once what is certified is open'}:</p>
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
  const { risk, passed_head, broken } = measureOf(plan);
  const rows = plan.weeks.days.map((day) => [
    String(day.day),
    shareWords(day.open),
    spreadWords(day.held),
    spreadWords(day.spot_checked),
    spreadWords(day.looked_at),
    day.wrong ? spreadWords(day.wrong, risk) : 'nothing passed',
  ]);
  const heads = ['Day', 'Plays that are open', 'Held', 'Spot-checked', 'Looked at', passed_head];
  return html`<h2>The first ${countWords(days)} days</h2>
<p>${openingWords(plan)} In ${countWords(plan.weeks.runs_broken)} of ${countWords(runs)} it ends at ${broken}.${playedLossWords(plan)}</p>
${openings(plan)}
<figure>${weeksPlot(document, plan)}</figure>
${table(`Middle of ${countWords(runs)} plays, and between what eight of ten lie.`, heads, rows)}`;
}

function openings({ weeks: { tiers }, setup }: GatePlan): Markup {
  if (tiers.length === 1) return html``;
  const rows = tiers.map((one) => [
    tierWords(one.tier),
    openedWords(one, setup),
    countWords(one.runs_broken),
  ]);
  return table(
    'Each tier by itself.',
    ['Tier', 'Plays in which it opens', 'End over its limit'],
    rows,
  );
}

function groups({ groups: figures, coverage: passes, partial }: GatePlan): Markup {
  const measure = measureOf({ partial });
  if (!figures.length) return html`<h2>Groups</h2><p>The file tells no groups apart.</p>`;
  const between = ([low, high]: [number, number], words = shareWords) =>
    `${words(low)} to ${words(high)}`;
  const rows = figures.map(({ group, n, passed, wrong, coverage, risk, over }) => [
    group ?? '(none)',
    countWords(n),
    `${shareWords(passed / n)} (${between(coverage)})`,
    passed ? `${measure.risk(wrong / passed)} (${between(risk, measure.risk)})` : '–',
    over ? 'over α' : '',
  ]);
  const heads = [
    'Group',
    'Outputs',
    'Passes',
    partial ? measure.among_head : 'Error among them',
    '',
  ];
  const caption =
    passes === 0
      ? 'Nothing passes in any group yet.'
      : `${partial ? '95%' : 'Exact 95%'} intervals in brackets. The promise is about all groups together.`;
  return html`<h2>Groups</h2>
${table(caption, heads, rows)}`;
}

function print(plan: GatePlan): Markup {
  const { assumes, not } = finePrint(plan);
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
  ['α, δ', `${measureOf(plan).limit(setup.alpha)}, ${limitWords(setup.delta)}`],
  ['People judge wrongly (η)', limitWords(setup.label_noise)],
  ['Plays, days, seed', `${setup.runs}, ${setup.days}, ${setup.seed}`],
  ['Made by', `Wheelhouse ${version}`],
])}
<p class="quiet">The same file, settings and version give the same numbers: <code>wheelhouse gate simulate</code> makes this report as well. Angelopoulos, Bates, Candès, Jordan and Lei 2021, “Learn then Test”; Clopper and Pearson 1934; Waudby-Smith and others 2022, “Anytime-valid off-policy inference”${plan.partial ? '; Waudby-Smith and Ramdas 2024, “Estimating means of bounded random variables by betting”' : ''}.</p>
`;
}

import { tierWords } from '@wheelhouse/core';
import type { Certificate, GatePlan, Opening, TierPlan } from '@wheelhouse/core/learn';
import { type Measure, measureOf, playedLossWords } from '../measure.ts';
import {
  countWords,
  hoursWords,
  neededWords,
  openedWords,
  openingWords,
  scoreWords,
  shareWords,
  spreadWords,
  thresholdWords,
} from '../plan-words.ts';
import { planWords, promiseWords } from '../promise-words.ts';

/** What comes from a file is shown, never obeyed: terminals act on control characters. */
export const plain = (text: string): string =>
  text.replaceAll(/(?!\n)[\p{Cc}\p{Cf}\u2028\u2029]/gu, (letter) => {
    return `\\u${(letter.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
  });

/** A table in columns: the first to the left, figures to the right. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_cell, at) =>
    Math.max(...rows.map((row) => (row[at] ?? '').length)),
  );
  const line = (row: readonly string[]) =>
    row.map((cell, at) => (at ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[0] ?? 0)));
  return rows.map((row) => `  ${line(row).join('  ').trimEnd()}`).join('\n');
}

const longest_group = 40;

function certified(certificate: Certificate, { name, risk }: Measure) {
  const { threshold, coverage, risk_bound, margin } = certificate;
  const rows: [string, string][] =
    threshold === null
      ? [['Clean checks still needed', neededWords(certificate)]]
      : [
          ['Certified threshold', scoreWords(threshold)],
          ['Passes', shareWords(coverage)],
          [`${name} at most`, risk(risk_bound)],
        ];
  if (threshold !== null && margin !== null) {
    rows.push(['Errors more it would bear', countWords(margin)]);
  }
  return rows;
}

/** What each tier comes to, and when it opened in the plays. */
function tierTable({ tiers, weeks, setup, partial }: GatePlan): string {
  return table([
    ['Tier', 'At most', 'Outputs', 'Threshold', 'Pass', 'Looked at', 'Opens in plays'],
    ...tiers.map(({ tier, alpha, n, certificate, people }, at) => [
      plain(tierWords(tier)).slice(0, longest_group),
      measureOf({ partial }).limit(alpha),
      countWords(n),
      thresholdWords(certificate),
      shareWords(certificate.coverage),
      countWords(people.held + people.spot_checked),
      openedWords(weeks.tiers[at] as Opening, setup),
    ]),
  ]);
}

/** A plan as a terminal shows it. */
export function inWords(plan: GatePlan, report?: string): string {
  const { tiers, people, setup, groups, weeks } = plan;
  const measure = measureOf(plan);
  const [only] = tiers as [TierPlan];
  const figures: [string, string][] = [
    ['Judged outputs', measure.ended(plan.n, plan.wrong)],
    ...(tiers.length === 1
      ? certified(only.certificate, measure)
      : [['Passes', shareWords(plan.coverage)] as [string, string]]),
    ['People look at, a day', countWords(people.held + people.spot_checked)],
    ['Their time, a day', hoursWords(people.hours)],
    ['Without a gate', hoursWords(people.hours_without)],
  ];
  const days = weeks.days.filter(({ day }) => day === 1 || day % 7 === 0 || day === setup.days);
  const parts = [
    `${promiseWords(setup, plan.partial)}\n${planWords(plan)}`,
    ...(tiers.length === 1 ? [] : [tierTable(plan)]),
    table(figures),
    `${openingWords(plan)}${playedLossWords(plan)}`,
    table([
      ['Day', 'Open', 'Looked at', plan.partial ? measure.passed_head : 'Wrong of what passed'],
      ...days.map((each) => [
        String(each.day),
        shareWords(each.open),
        spreadWords(each.looked_at),
        each.wrong ? spreadWords(each.wrong, measure.risk) : '-',
      ]),
    ]),
  ];
  if (groups.length) {
    parts.push(
      table([
        ['Group', 'Outputs', 'Pass', measure.name, ''],
        ...groups.map(({ group, n, passed, wrong, over }) => [
          plain(group ?? '(none)').slice(0, longest_group),
          countWords(n),
          shareWords(passed / n),
          passed ? measure.risk(wrong / passed) : '-',
          over ? 'over alpha' : '',
        ]),
      ]),
    );
  }
  if (report) parts.push(`Report: ${report}`);
  return parts.join('\n\n');
}

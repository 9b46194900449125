import {
  type GatePromise,
  type PromiseGroup,
  type PromiseGroups,
  type PromiseQuality,
  type PromiseWhatIf,
  rangeWords,
  shareIn,
} from '@wheelhouse/core';
import type { ReliabilityBin } from '@wheelhouse/core/learn';
import { html, type Markup } from './html.ts';
import { measureOf } from './measure.ts';
import { cut, listOf, some, table } from './paper.ts';
import { countWords, momentWords, scoreWords } from './plan-words.ts';
import { curvePlot } from './report-plots.ts';

/** What the gate's page asks for beside its promise, with the sentences that it says of it. */
export interface PromiseFound {
  /** Of each version that is told of. */
  versions: {
    name: string;
    groups: PromiseGroups;
    calibration: { say: string; bins: readonly ReliabilityBin[] };
  }[];
  /** Open ones that are left out. */
  left_out: number;
  quality: PromiseQuality;
  quality_says: string[];
  what_if: PromiseWhatIf;
  what_if_says: string[];
  group: (group: PromiseGroup) => string;
  tells: (group: PromiseGroup, checks_needed: number) => string | undefined;
  right: (told: PromiseQuality['all']['told']) => string;
}

/** How the AI does beside the proof: groups, how often it is right, what its score means, scores over time,
 *  and errors by how much passes. */
export const foundParts = (
  document: Document,
  promise: GatePromise,
  found: PromiseFound,
): Markup[] =>
  promise.epochs.length === 0
    ? []
    : [
        scores(promise),
        rightness(found),
        calibration(found),
        groups(found),
        curve(document, promise, found),
      ];

const more = ({ left_out }: PromiseFound): Markup =>
  left_out
    ? html`<p class="quiet">${countWords(left_out)} more open versions are left out here.</p>`
    : html``;

const periods = 12;
const steps = 10;

/** Outputs by score, of as many times as can be read side by side. */
function scores({ history: { rows } }: GatePromise): Markup {
  if (!rows.length) return html``;
  const size = Math.ceil(rows.length / periods);
  const lines: string[][] = [];
  for (let at = 0; at < rows.length; at += size) {
    const some_rows = rows.slice(at, at + size);
    const counts = Array<number>(steps).fill(0);
    for (const row of some_rows) {
      row.scores.forEach((n, bin) => {
        const step = Math.floor((bin * steps) / row.scores.length);
        counts[step] = (counts[step] ?? 0) + n;
      });
    }
    lines.push([momentWords(some_rows[0]?.from ?? ''), ...counts.map(countWords)]);
  }
  const heads = ['From', ...Array.from({ length: steps }, (_none, at) => `.${at}`)];
  return html`<h2>How sure the AI was</h2>
${table('Outputs by score, from each tenth on, from each time to the next.', heads, lines)}`;
}

function rightness({ quality, quality_says, right }: PromiseFound): Markup {
  const lines = [
    ['What passed', quality.passed] as const,
    ['Everything, held or passed', quality.all] as const,
  ].map(([name, { n, labelled, wrong, told, plain }]) => [
    name,
    ...[n, labelled, wrong].map(countWords),
    n ? right(told) : '–',
    plain ? right(plain) : '–',
  ]);
  const heads = ['Of', 'Outputs', 'Judged', 'Wrong', 'Right (95%, about)', 'By judgements alone'];
  const caption = `From ${quality.from.slice(0, 10)} to ${quality.to.slice(0, 10)}. An estimate: no certificate is made of it, and none is broken by it.`;
  return html`<h2>How often the AI is right</h2>
${table(caption, heads, lines)}
${listOf(quality_says)}`;
}

function calibration(found: PromiseFound): Markup {
  const parts = found.versions.map(({ name, calibration: { say, bins } }) => {
    const lines = bins.map(({ n, confidence, accuracy, accuracy_low, accuracy_high }) => {
      const bounds = { low: accuracy_low, high: accuracy_high };
      return [
        scoreWords(confidence),
        countWords(n),
        `${shareIn(accuracy, bounds)} (${rangeWords(bounds)})`,
      ];
    });
    const heads = ['It said, in the mean', 'Decisions', 'People agreed (95%)'];
    const figures = bins.length > 1 ? table('By score.', heads, lines) : html``;
    return html`<p><b><bdi>${name}</bdi>.</b> ${say}</p>${figures}`;
  });
  return html`<h2>Whether the score means what it says</h2>${parts}${more(found)}`;
}

const most_groups = 30;

function groups(found: PromiseFound): Markup {
  const parts = found.versions.map(({ name, groups: { attributes, left_out, checks_needed } }) => {
    const head = html`<p><b><bdi>${name}</bdi>.</b> ${attributes.length ? `About ${countWords(checks_needed)} spot checks without an error show that a group is within α.` : 'No output has said which groups it is of.'}${left_out ? ' More attributes came than are told apart; those are left out.' : ''}</p>`;
    const tables = attributes.map((each) => {
      const told = each.groups.slice(0, most_groups);
      const lines = told.map((group) => [
        found.group(group),
        countWords(group.n),
        boundedWords(group.coverage),
        group.passed ? boundedWords(group.errors) : '–',
        boundedWords(group.errors_of_all),
        group.tells === 'over' ? 'over α' : (found.tells(group, checks_needed) ?? '–'),
      ]);
      const heads = [each.attribute, 'Outputs', 'Passes', 'Wrong of that', 'Wrong of all', 'Says'];
      const caption =
        'Coverage with exact 95% intervals, errors with such that hold at every look.';
      return table(cut(caption, each.groups, told), heads, lines);
    });
    return html`${head}${tables}`;
  });
  return html`<h2>Groups</h2>${parts}${more(found)}`;
}

interface Bounded {
  share: number | null;
  low: number;
  high: number;
}
const boundedWords = ({ share, ...bounds }: Bounded): string =>
  `${share === null ? '?' : shareIn(share, bounds)} (${rangeWords(bounds)})`;

function curve(
  document: Document,
  { alpha }: GatePromise,
  { what_if, what_if_says }: PromiseFound,
): Markup {
  const points = what_if.curve;
  const told = some(points);
  const lines = told.map(({ threshold, coverage, risk, low, high }) => [
    scoreWords(threshold),
    shareIn(coverage, { low: 0, high: 1 }),
    boundedWords({ share: risk, low, high }),
  ]);
  const caption = `Outputs of ${what_if.from.slice(0, 10)} to ${what_if.to.slice(0, 10)}, all versions together, by what was judged of them; the intervals (95%) are approximate, and nothing is certified by them.`;
  // What was judged nowhere has no place in the plot; the table says so.
  const drawn = points.flatMap(({ risk, ...one }) => (risk === null ? [] : [{ ...one, risk }]));
  const certificate = { threshold: null, coverage: 0 };
  const share_wrong = measureOf({ partial: false });
  const figure =
    drawn.length > 1
      ? html`<figure>${curvePlot(document, { curve: drawn, certificate, alpha }, share_wrong)}</figure>${table(cut(caption, points, told), ['Threshold', 'Passes', 'Wrong of that'], lines)}`
      : html``;
  return html`<h2>Errors by how much passes</h2>${figure}${listOf(what_if_says)}`;
}

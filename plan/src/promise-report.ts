import { costTier, type GatePromise, type PromiseEpoch, type PromiseTier } from '@wheelhouse/core';
import { html, type Markup } from './html.ts';
import { listOf, paper, rowsOf, table } from './paper.ts';
import {
  countWords,
  evidenceWords,
  limitWords,
  momentWords,
  scoreWords,
  shareWords,
} from './plan-words.ts';
import { checksPlot, holdsPlot } from './report-plots.ts';

/** The sentences that the gate's page says too. */
export interface PromiseWords {
  promise: string;
  state: string;
  now: string;
  epoch(epoch: PromiseEpoch): string;
  ended(epoch: PromiseEpoch): string;
  tier(tier: string): string;
  standing(tier: PromiseTier, epoch: PromiseEpoch): string;
  happened(event: GatePromise['events'][number]): string;
  rests: string[];
}

export interface PromiseReportInput {
  promise: GatePromise;
  /** Of the gate, as people know it. */
  title: string;
  words: PromiseWords;
  /** An ISO date and time, and who asked for it. */
  made_at: string;
  made_by: string;
  /** Of the program that made it. */
  version: string;
}

/**
 * Where a gate's promise stands, as a document that can be filed: what is promised, each version's
 * certificates with their evidence, what spot checks found, what happened, and what it rests on.
 * @param document draws the plots
 */
export function promiseReport(document: Document, input: PromiseReportInput): string {
  const { promise, title, words, made_at, made_by } = input;
  const head = `The promise of the gate “${title}”`;
  return paper(head, [
    html`<h1>${head}</h1>
<p class="quiet">As it stood on ${momentWords(made_at)}, made by <bdi>${made_by}</bdi></p>
<div class="promise"><p>${words.state}. ${words.promise}</p><p>${words.now}</p></div>`,
    override(promise),
    terms(promise, words),
    ...promise.epochs.map((epoch) => epochPart(document, epoch, words)),
    history(document, promise),
    happened(promise, words),
    html`<h2>What it rests on, and what it does not say</h2>${listOf(words.rests)}`,
    origin(input),
  ]);
}

const override = ({ override: now }: GatePromise): Markup =>
  now
    ? html`<h2>Not as promised until ${momentWords(now.until)}</h2>
<p>An override is in force, signed by <bdi>${now.signed_by_name}</bdi> on ${momentWords(now.signed_at)}: <bdi>${now.reason}</bdi> ${countWords(now.passed)} passed by it alone; of ${countWords(now.checks.n)} of those looked at, ${countWords(now.checks.wrong)} were wrong.</p>`
    : html``;

function terms(promise: GatePromise, words: PromiseWords): Markup {
  const { alpha, delta, label_noise, bound, spot_check, score, after_alarm, certify_by } = promise;
  const rows: [string, string][] = [
    ['Of what passes, wrong at most (α)', limitWords(alpha)],
    ['Except with probability (δ)', limitWords(delta)],
    ['People judge wrongly (η), and α with it', `${limitWords(label_noise)}, ${limitWords(bound)}`],
    ['Of what passes, looked at anyway', shareWords(spot_check)],
    ['How sure the AI is, told by', score],
    ['After an alarm', after_alarm === 'hold' ? 'everything waits' : 'errors are tracked'],
  ];
  for (const [risk, limit] of Object.entries(promise.tiers)) {
    rows.push([`Risk ${risk}, at most`, limitWords(limit)]);
  }
  for (const one of promise.cost_tiers) {
    rows.push([`${words.tier(costTier(one))}, at most`, limitWords(one.alpha)]);
  }
  if (certify_by)
    rows.push([
      'A certificate for each',
      `${certify_by.attribute}: ${certify_by.values.join(', ')}`,
    ]);
  return html`<h2>What is promised</h2>${rowsOf(rows)}`;
}

function epochPart(document: Document, epoch: PromiseEpoch, words: PromiseWords): Markup {
  const ended = epoch.ended_at ? ` to ${momentWords(epoch.ended_at)}, ${words.ended(epoch)}` : '';
  return html`<h2><bdi>${words.epoch(epoch)}</bdi></h2>
<p class="quiet">From ${momentWords(epoch.began_at)}${ended}</p>
${epoch.tiers.map((tier) => tierPart(document, epoch, tier, words))}`;
}

function tierPart(
  document: Document,
  epoch: PromiseEpoch,
  tier: PromiseTier,
  words: PromiseWords,
): Markup {
  const { certificate, checks, detector } = tier;
  const rows: [string, string][] = [
    ['At most, with its part of δ', `${limitWords(tier.alpha)}, ${limitWords(tier.delta)}`],
    ['Decisions counted', `${countWords(tier.labelled)}, ${countWords(tier.wrong)} against the AI`],
    ['Of them ended without a judgement, counted as wrong', countWords(tier.unjudged)],
  ];
  if (certificate) {
    const { id, threshold, issued_at, ended_at, labelled, wrong, e_value, why_ended } = certificate;
    const until = ended_at
      ? `, ended ${momentWords(ended_at)}: ${why_ended?.replaceAll('_', ' ')}`
      : '';
    rows.push(
      ['Certificate', id],
      ['Issued', `${momentWords(issued_at)}${until}`],
      ['Threshold', scoreWords(threshold)],
      ['Decisions at or over it', `${countWords(labelled)}, ${countWords(wrong)} against the AI`],
      ['Evidence (e-value)', evidenceWords(e_value)],
    );
  } else if (tier.state !== 'ended')
    rows.push(['Decisions without an error that would prove it, about', countWords(tier.needed)]);
  if (checks.n) {
    const between = `${shareWords(checks.low)} to ${shareWords(checks.high)}`;
    rows.push([
      'Spot checks of what passed',
      `${countWords(checks.n)}, ${countWords(checks.wrong)} wrong: ${shareWords(checks.wrong / checks.n)} (${between}, 95% at every look)`,
    ]);
  }
  if (detector)
    rows.push([
      'Evidence of an alarm, and where it rings',
      `${evidenceWords(detector.value)} of ${evidenceWords(detector.limit)}`,
    ]);
  return html`<p><b><bdi>${words.tier(tier.tier)}</bdi>.</b> ${words.standing(tier, epoch)}</p>
${rowsOf(rows)}
${evidence(tier)}
${spotChecks(document, tier)}`;
}

const table_rows = 21;
/** @param keeps a row that is told in any case */
const some = <Row>(rows: readonly Row[], keeps: (row: Row) => boolean = () => false): Row[] => {
  const every = Math.max(1, Math.ceil(rows.length / table_rows));
  return rows.filter((row, at) => keeps(row) || (rows.length - 1 - at) % every === 0);
};

function evidence({ evidence: all, e_needed, certificate }: PromiseTier): Markup {
  if (!all.length) return html``;
  const certified = ({ threshold }: (typeof all)[number]) => threshold === certificate?.threshold;
  const rows = some(all, certified).map(({ threshold, labelled, wrong, e_value }) => [
    scoreWords(threshold),
    countWords(labelled),
    countWords(wrong),
    labelled ? shareWords(wrong / labelled) : '–',
    evidenceWords(e_value),
  ]);
  const caption = `Decisions at or over each threshold; at a start the evidence has to reach ${evidenceWords(e_needed)}. Shares are of decisions as they came, not weighed, and no certificate.`;
  return table(caption, ['Threshold', 'Decisions', 'Wrong', 'Share', 'Evidence'], rows);
}

function spotChecks(document: Document, tier: PromiseTier): Markup {
  const { checked } = tier;
  if (!checked.length) return html``;
  const rows = some(checked).map(({ from, n, wrong, low, high }) => [
    momentWords(from),
    countWords(n),
    countWords(wrong),
    shareWords(wrong / n),
    `${shareWords(low)} to ${shareWords(high)}`,
  ]);
  const heads = ['From', 'Checked so far', 'Wrong', 'Share', 'Interval'];
  return html`${checked.length > 1 ? html`<figure>${checksPlot(document, tier)}</figure>` : html``}
${table('Spot checks of what passed. The intervals hold at every look (95%).', heads, rows)}`;
}

function history(document: Document, promise: GatePromise): Markup {
  const { rows, by, from, to } = promise.history;
  if (!rows.length) return html``;
  const lines = some(rows).map((row) => [
    momentWords(row.from),
    countWords(row.passed),
    countWords(row.held),
    countWords(row.checked),
  ]);
  const caption = `By ${by}, from ${momentWords(from)} to ${momentWords(to)}.`;
  return html`<h2>What came</h2>
${rows.length > 1 ? html`<figure>${holdsPlot(document, promise)}</figure>` : html``}
${table(caption, ['From', 'Passed', 'Held', 'Spot-checked'], lines)}`;
}

function happened({ events }: GatePromise, words: PromiseWords): Markup {
  const rows = events.map((event) => [momentWords(event.at), words.happened(event)]);
  const caption = 'Newest first, at most a hundred; the audit record has all, sealed and signed.';
  return html`<h2>What happened to it</h2>${table(caption, ['When', 'What'], rows, 'words')}`;
}

const origin = ({ promise, made_at, made_by, version }: PromiseReportInput): Markup =>
  html`<h2>How it was made</h2>
${rowsOf([
  ['Gate', promise.gate],
  ['Made', `${momentWords(made_at)}, by ${made_by}`],
  ['Program', `Wheelhouse ${version}`],
])}
<p class="quiet">The same figures are at <code>GET /api/v1/gates/${promise.gate}/promise</code> and, of all certificates, <code>/certificates</code>. Waudby-Smith and others 2022, “Anytime-valid off-policy inference”; Angelopoulos, Bates, Candès, Jordan and Lei 2021, “Learn then Test”; Waudby-Smith and Ramdas 2024, “Estimating means of bounded random variables by betting”.</p>
`;

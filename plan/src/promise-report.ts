import {
  type Certificate,
  costTier,
  type GatePromise,
  type PromiseEpoch,
  type PromiseTier,
  rangeWords,
  shareIn,
} from '@wheelhouse/core';
import { attemptDelta } from '@wheelhouse/core/learn';
import { html, type Markup } from './html.ts';
import { cut, listOf, paper, rowsOf, some, table } from './paper.ts';
import {
  countWords,
  evidenceWords,
  limitWords,
  momentWords,
  scoreWords,
  shareWords,
} from './plan-words.ts';
import { foundParts, type PromiseFound } from './promise-found.ts';
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
  found: PromiseFound;
  /** Who asked for it. */
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
  const { promise, title, words, made_by, found } = input;
  const head = `The promise of the gate “${title}”`;
  return paper(head, [
    html`<h1>${head}</h1>
<p class="quiet">As it stood on ${momentWords(promise.at)}, made by <bdi>${made_by}</bdi></p>
<div class="promise"><p>${words.state}. ${words.promise}</p><p>${words.now}</p></div>`,
    override(promise),
    terms(promise, words),
    ...promise.epochs.map((epoch) => epochPart(document, epoch, words)),
    history(document, promise),
    ...foundParts(document, promise, found),
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
    ['Chance that this is not kept, at most (δ)', limitWords(delta)],
    ['People judge wrongly (η), and α with it', `${limitWords(label_noise)}, ${limitWords(bound)}`],
    ['Of what passes, looked at anyway', shareWords(spot_check)],
    ['How sure the AI is, told by', score],
    ['After an alarm', after_alarm === 'hold' ? 'everything waits' : 'errors are tracked'],
  ];
  for (const [risk, limit] of Object.entries(promise.tiers)) {
    rows.push([`Risk ${risk}, wrong at most`, limitWords(limit)]);
  }
  for (const one of promise.cost_tiers) {
    rows.push([`${words.tier(costTier(one))}, wrong at most`, limitWords(one.alpha)]);
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
    [
      'Wrong at most (α), and its part of δ',
      `${limitWords(tier.alpha)}, ${limitWords(tier.delta)}`,
    ],
    ['Attempt at the proof, and its own part of that', attempts(tier)],
    ...beginnings(tier),
    ['Decisions counted', `${countWords(tier.labelled)}, ${countWords(tier.wrong)} against the AI`],
    ['Of them ended without a judgement, counted as wrong', countWords(tier.unjudged)],
  ];
  if (tier.waiting)
    rows.push(['Asked about and not judged yet, each as wrong', countWords(tier.waiting)]);
  if (certificate) rows.push(...certified(certificate));
  else if (tier.state !== 'ended')
    rows.push([
      'Decisions that it takes still, at least (each error adds to them)',
      countWords(tier.needed),
    ]);
  if (checks.n) {
    rows.push([
      'Spot checks of what passed',
      `${countWords(checks.n)}, ${countWords(checks.wrong)} wrong: ${shareIn(checks.wrong / checks.n, checks)} (${rangeWords(checks)}, 95% at every look)`,
    ]);
  }
  if (detector)
    rows.push([
      'Evidence of an alarm, and where it rings',
      `${evidenceWords(detector.value)} of ${evidenceWords(detector.limit)}`,
    ]);
  rows.push(...watching(tier));
  return html`<p><b><bdi>${words.tier(tier.tier)}</bdi>.</b> ${words.standing(tier, epoch)}</p>
${rowsOf(rows)}
${evidence(tier)}
${spotChecks(document, tier)}`;
}

const attempts = ({ attempt, delta }: PromiseTier) =>
  `${countWords(attempt)}, ${limitWords(attemptDelta(delta, attempt))}`;

/** Where the proof begins, and what that asks of the evidence. */
function beginnings({ starts, e_needed }: PromiseTier): [string, string][] {
  if (!starts.length) return [];
  const parts = starts.length === 1 ? '1' : `${countWords(starts.length)} starts`;
  const less = starts.length === 1 ? '' : ', and less below several that are proven';
  return [
    ['It begins at', starts.map(scoreWords).join(', ')],
    [
      'What the evidence has to reach there',
      `${evidenceWords(e_needed)}: ${parts} over the attempt’s part of δ${less}`,
    ],
  ];
}

function certified(certificate: Certificate): [string, string][] {
  const { id, threshold, issued_at, ended_at, why_ended } = certificate;
  const { labelled, wrong, share, e_value, e_needed } = certificate;
  const until = ended_at
    ? `, ended ${momentWords(ended_at)}: ${why_ended?.replaceAll('_', ' ')}`
    : '';
  const before = ' (it had at an earlier look, and what was proven stays proven)';
  const had_to =
    e_needed === null
      ? ''
      : `; it had to reach ${evidenceWords(e_needed)}${e_value < e_needed ? before : ''}`;
  return [
    ['Certificate', id],
    ['Issued', `${momentWords(issued_at)}${until}`],
    ['Threshold', scoreWords(threshold)],
    [
      'Decisions at or over it',
      `${countWords(labelled)}, as they came ${countWords(wrong)} against the AI`,
    ],
    ...(share === null
      ? []
      : [
          ['Wrong at or over it, by what each decision stands for', shareWords(share)] as [
            string,
            string,
          ],
        ]),
    ['Evidence (e-value)', `${evidenceWords(e_value)}${had_to}`],
  ];
}

/** What warns, and that nobody watches. */
function watching({
  monitor,
  score_monitor,
  warned_at,
  unwatched,
}: PromiseTier): [string, string][] {
  const of = ({ value, limit }: NonNullable<PromiseTier['monitor']>) =>
    `${evidenceWords(value)} of ${evidenceWords(limit)}`;
  const rows: [string, string][] = [];
  if (monitor) rows.push(['Evidence that another share waits, and where it warns', of(monitor)]);
  if (score_monitor) rows.push(['Evidence of other scores, and where it warns', of(score_monitor)]);
  if (warned_at) rows.push(['Warned that the traffic changed', momentWords(warned_at)]);
  if (unwatched)
    rows.push([
      'Spot checks that nobody judges',
      `${countWords(unwatched.waiting)}, since ${momentWords(unwatched.since)}`,
    ]);
  return rows;
}

function evidence({ evidence: all, certificate }: PromiseTier): Markup {
  if (!all.length) return html``;
  const certified = ({ threshold }: (typeof all)[number]) => threshold === certificate?.threshold;
  const rows = some(all, certified).map((one) => [
    scoreWords(one.threshold),
    countWords(one.labelled),
    countWords(one.wrong),
    one.share === null ? '–' : `${shareIn(one.share, one)} (${rangeWords(one)})`,
    evidenceWords(one.e_value),
    one.e_needed === null ? '–' : evidenceWords(one.e_needed),
  ]);
  const caption =
    'Decisions at or over each threshold, and those against the AI, as they came; the share of errors by what each stands for, on which the proof rests, with its 95% interval, about, of that threshold alone; the evidence, and what it has to reach there, or – where a stricter threshold is to be proven first.';
  const heads = ['Threshold', 'Decisions', 'Wrong', 'Share by weight', 'Evidence', 'Has to reach'];
  return table(cut(caption, all, rows), heads, rows);
}

function spotChecks(document: Document, tier: PromiseTier): Markup {
  const { checked } = tier;
  if (!checked.length) return html``;
  const rows = some(checked).map(({ from, n, wrong, low, high }) => [
    momentWords(from),
    countWords(n),
    countWords(wrong),
    shareIn(wrong / n, { low, high }),
    rangeWords({ low, high }),
  ]);
  const heads = ['From', 'Checked so far', 'Wrong', 'Share', 'Interval'];
  return html`${checked.length > 1 ? html`<figure>${checksPlot(document, tier)}</figure>` : html``}
${table(cut('Spot checks of what passed. The intervals hold at every look (95%).', checked, rows), heads, rows)}`;
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
${table(cut(caption, rows, lines), ['From', 'Passed', 'Held', 'Spot-checked'], lines)}`;
}

function happened({ events }: GatePromise, words: PromiseWords): Markup {
  const rows = events.map((event) => [momentWords(event.at), words.happened(event)]);
  const caption = 'Newest first, at most a hundred; the audit record has all, sealed and signed.';
  return html`<h2>What happened to it</h2>${table(caption, ['When', 'What'], rows, 'words')}`;
}

const origin = ({ promise, made_by, version }: PromiseReportInput): Markup =>
  html`<h2>How it was made</h2>
${rowsOf([
  ['Gate', promise.gate],
  ['Made', `${momentWords(promise.at)} by the server’s clock, by ${made_by}`],
  ['Program', `Wheelhouse ${version}`],
])}
<p class="quiet">The same figures are at <code>GET /api/v1/gates/${promise.gate}/promise</code> and, of all certificates, <code>/certificates</code>. Waudby-Smith and others 2022, “Anytime-valid off-policy inference”; Angelopoulos, Bates, Candès, Jordan and Lei 2021, “Learn then Test”; Waudby-Smith and Ramdas 2024, “Estimating means of bounded random variables by betting”.</p>
`;

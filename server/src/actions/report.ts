import {
  type ConversationReport,
  most_pieces,
  type Principal,
  piecesOf,
  plus,
  quiet_after_ms,
  type ReportFigures,
  type ReportFilter,
  report_definitions,
  type Spread,
  shareOf,
} from '@wheelhouse/core';
import type { Ports, Tx } from '../ports.ts';
import { namesOf } from '../store/members.ts';
import {
  breachFigures,
  type Cut,
  type DraftFigures,
  draftFigures,
  draftReasons,
  type EpisodeFigures,
  episodeFigures,
  type GroupFigures,
  type HandlingFigures,
  handlingByMember,
  handlingFigures,
  type SatisfactionFigures,
  satisfactionFigures,
  type WaitFigures,
  waitFigures,
  waitsByQueue,
  waitsByReason,
} from '../store/reports.ts';
import { type SuggestedFigures, suggestedFigures } from '../store/suggested-replies.ts';
import { preferencesIn } from './preference.ts';

/** A year of a large workspace is read in some seconds. */
const patience_ms = 30_000;

/** What conversations came to in a stretch of time: how many, how many needed nobody, why people were
 *  asked for, how long each of it took (rule W39). Every figure is of one moment. */
export const readReport = (
  ports: Ports,
  by: Principal,
  filter: ReportFilter,
): Promise<ConversationReport> =>
  ports.database.transact(by, (tx) => reportIn(tx, by, filter), { patience_ms });

async function reportIn(
  tx: Tx,
  by: Principal,
  { from, to, by: unit, zone, ...which }: ReportFilter,
): Promise<ConversationReport> {
  const { bot, queue } = { bot: which.bot ?? null, queue: which.queue ?? null };
  const starts = piecesOf(from, to, unit, zone, most_pieces);
  const cut: Cut = { from, to, starts, bot, queue };
  const [found, reasons, queues, people, draft_reasons] = await Promise.all([
    figuresIn(tx, by, cut),
    waitsByReason(tx, by, cut),
    waitsByQueue(tx, by, cut),
    handlingByMember(tx, by, cut),
    draftReasons(tx, by, cut),
  ]);
  const names = await namesOf(
    tx,
    by,
    people.map(({ id }) => id),
  );
  const ends = [...starts.slice(1), to];
  return {
    ...{ from, to, by: unit, zone, bot, queue, read_at: tx.now },
    total: found.of(null),
    pieces: starts.map((start, at) => ({
      ...{ from: start, to: ends[at] as string },
      ...found.of(at + 1),
    })),
    reasons: reasons.map(({ reason, ...row }) => ({ reason, ...waitedIn(row) })),
    queues: queues.map(({ queue: name, ...row }) => ({ queue: name, ...waitedIn(row) })),
    people: people.map(({ id, ...row }) => ({
      ...{ id, name: names.get(id) ?? id, n: row.count, handling: spreadOf(row) },
    })),
    breaches: found.breaches,
    draft_reasons,
    preferences: queue ? null : await preferencesIn(tx, by, { from, to, bot }),
    definitions: report_definitions,
  };
}

const waitedIn = (row: GroupFigures) => ({
  ...{ n: row.count, taken: row.n, waiting: spreadOf(row) },
});

async function figuresIn(tx: Tx, by: Principal, cut: Cut) {
  const [episodes, waits, handling, drafts, suggested, ratings, broken] = await Promise.all([
    episodeFigures(tx, by, cut, plus(tx.now, -quiet_after_ms)),
    waitFigures(tx, by, cut),
    handlingFigures(tx, by, cut),
    draftFigures(tx, by, cut),
    suggestedFigures(tx, by, cut),
    // What is kept of these does not say in which queue anybody waited.
    cut.queue ? [] : satisfactionFigures(tx, by, cut),
    cut.queue ? [] : breachFigures(tx, by, cut),
  ]);
  const of = (piece: number | null): ReportFigures => {
    const here = <Row extends { piece: number | null }>(rows: Row[]) =>
      rows.find((row) => row.piece === piece);
    const breaches = broken.find((row) => row.piece === piece && row.target === null)?.n ?? 0;
    return {
      ...episodesOf(here(episodes), cut.queue),
      ...waitsOf(here(waits)),
      handling: spreadOf(here<HandlingFigures>(handling)),
      drafts: draftsOf(here<DraftFigures>(drafts)),
      suggested: suggestedOf(here<SuggestedFigures>(suggested)),
      satisfaction: satisfactionOf(here<SatisfactionFigures>(ratings)),
      breaches,
    };
  };
  const breaches = broken.flatMap(({ piece, target, n }) =>
    piece === null && target !== null ? [{ target, n }] : [],
  );
  return { of, breaches };
}

function episodesOf(row: EpisodeFigures | undefined, queue: string | null) {
  const { begun = 0, resolved = 0, asked = 0, taken = 0, over = 0, without_person = 0 } = row ?? {};
  return {
    ...{ begun, resolved, asked, taken, over, without_person },
    deflection: queue ? shareOf(0, 0) : shareOf(without_person, over),
    first_reply: spread(row?.first_n, row?.first_median, row?.first_p90),
    person_reply: spread(row?.person_n, row?.person_median, row?.person_p90),
  };
}

const waitsOf = (row: WaitFigures | undefined) => ({
  waiting: spreadOf(row),
  gave_up: row?.gave_up ?? 0,
  still_waiting: row?.still ?? 0,
});

const draftsOf = (row: DraftFigures | undefined): ReportFigures['drafts'] => ({
  n: row?.n ?? 0,
  as_it_stands: row?.as_it_stands ?? 0,
  edited: row?.edited ?? 0,
  replaced: row?.replaced ?? 0,
  not_sent: row?.not_sent ?? 0,
  words_changed: row?.words_changed ?? null,
  share_changed: row?.share_changed ?? null,
});

const suggestedOf = (row: SuggestedFigures | undefined): ReportFigures['suggested'] => ({
  ...{ n: row?.n ?? 0, as_it_stands: row?.as_it_stands ?? 0 },
  ...{ changed: row ? row.n - row.as_it_stands : 0, by_model: row?.by_model ?? 0 },
  words_changed: row?.words_changed ?? null,
  share_changed: row?.share_changed ?? null,
});

const satisfactionOf = (row: SatisfactionFigures | undefined): ReportFigures['satisfaction'] => ({
  ...{ n: row?.n ?? 0, mean: row?.mean ?? null },
  satisfied: shareOf(row?.satisfied ?? 0, row?.n ?? 0),
});

const spreadOf = (
  row: { n: number; median: number | null; p90: number | null } | undefined,
): Spread => spread(row?.n, row?.median, row?.p90);

const spread = (n = 0, median: number | null = null, p90: number | null = null): Spread => ({
  ...{ n, median_ms: median, p90_ms: p90 },
});

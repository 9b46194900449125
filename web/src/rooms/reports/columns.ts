import type {
  ConversationReport,
  ReportFigures,
  ReportPiece,
  Share,
  Spread,
} from '@wheelhouse/core';
import { type Cell, csvLine } from '../../kit/csv.ts';
import { effortText } from '../../kit/duration.ts';
import { percent } from '../../kit/figures.tsx';

/** One column of a table: as a file has it, raw and with its unit, and as it is read. */
export interface Column<Row> {
  /** Its name in a file. */
  name: string;
  title: string;
  read: (row: Row) => Cell;
  text?: (row: Row) => string;
}

const whole = new Intl.NumberFormat('en-US');
export const msText = (ms: number | null): string => (ms === null ? '–' : effortText(ms));

/** A cell as it is read: figures grouped, nothing as a dash. */
export function textOf<Row>({ read, text }: Column<Row>, row: Row): string {
  if (text) return text(row);
  const value = read(row);
  if (value === null) return '–';
  return typeof value === 'number' ? whole.format(value) : String(value);
}

/** Median, what nine of ten do not go over, and how many it rests on. */
export const spreadColumns = <Row>(
  name: string,
  title: string,
  of: (row: Row) => Spread,
): Column<Row>[] => [
  {
    name: `${name}_median_ms`,
    title: `${title}, median`,
    read: (row) => of(row).median_ms,
    text: (row) => msText(of(row).median_ms),
  },
  {
    name: `${name}_p90_ms`,
    title: '90th percentile',
    read: (row) => of(row).p90_ms,
    text: (row) => msText(of(row).p90_ms),
  },
  { name: `${name}_n`, title: 'n', read: (row) => of(row).n },
];

export const shareText = ({ value, low, high, n }: Share): string =>
  value === null || low === null || high === null
    ? '–'
    : `${percent(value)} (${percent(low)}–${percent(high)}, n ${whole.format(n)})`;

const count = (name: keyof ReportFigures & string, title: string): Column<ReportFigures> => ({
  name,
  title,
  read: (row) => row[name] as number,
});

export const volume_columns: Column<ReportFigures>[] = [
  count('begun', 'Begun'),
  count('resolved', 'Resolved'),
  count('asked', 'Person asked for'),
  count('taken', 'Person had it'),
  count('over', 'Over'),
  count('without_person', 'Without a person'),
  {
    name: 'deflection',
    title: 'Share of those over',
    read: ({ deflection }) => deflection.value,
    text: ({ deflection }) => shareText(deflection),
  },
  {
    name: 'deflection_low',
    title: '',
    read: ({ deflection }) => deflection.low,
  },
  {
    name: 'deflection_high',
    title: '',
    read: ({ deflection }) => deflection.high,
  },
];

export const time_columns: Column<ReportFigures>[] = [
  ...spreadColumns<ReportFigures>('waiting', 'Waiting', ({ waiting }) => waiting),
  count('gave_up', 'Ended without a member'),
  count('still_waiting', 'Still waiting'),
  ...spreadColumns<ReportFigures>('handling', 'Handling', ({ handling }) => handling),
  ...spreadColumns<ReportFigures>('first_reply', 'First reply', ({ first_reply }) => first_reply),
  ...spreadColumns<ReportFigures>(
    'person_reply',
    'A person’s first',
    ({ person_reply }) => person_reply,
  ),
];

export const draft_columns: Column<ReportFigures>[] = [
  { name: 'drafts_n', title: 'Decided', read: ({ drafts }) => drafts.n },
  {
    name: 'drafts_as_it_stands',
    title: 'Sent as they stand',
    read: ({ drafts }) => drafts.as_it_stands,
  },
  { name: 'drafts_edited', title: 'Edited', read: ({ drafts }) => drafts.edited },
  { name: 'drafts_replaced', title: 'Replaced', read: ({ drafts }) => drafts.replaced },
  { name: 'drafts_not_sent', title: 'Too late', read: ({ drafts }) => drafts.not_sent },
  {
    name: 'drafts_words_changed',
    title: 'Words changed, median',
    read: ({ drafts }) => drafts.words_changed,
  },
  {
    name: 'drafts_share_changed',
    title: 'of its words',
    read: ({ drafts }) => drafts.share_changed,
    text: ({ drafts: { share_changed } }) =>
      share_changed === null ? '–' : percent(share_changed),
  },
];

export const suggested_columns: Column<ReportFigures>[] = [
  { name: 'suggested_n', title: 'Sent', read: ({ suggested }) => suggested.n },
  {
    name: 'suggested_as_it_stands',
    title: 'As they stood',
    read: ({ suggested }) => suggested.as_it_stands,
  },
  { name: 'suggested_changed', title: 'Changed', read: ({ suggested }) => suggested.changed },
  {
    name: 'suggested_by_model',
    title: 'Put by a model',
    read: ({ suggested }) => suggested.by_model,
  },
  {
    name: 'suggested_words_changed',
    title: 'Words changed, median',
    read: ({ suggested }) => suggested.words_changed,
  },
  {
    name: 'suggested_share_changed',
    title: 'of its words',
    read: ({ suggested }) => suggested.share_changed,
    text: ({ suggested: { share_changed } }) =>
      share_changed === null ? '–' : percent(share_changed),
  },
];

export const quality_columns: Column<ReportFigures>[] = [
  { name: 'ratings_n', title: 'Ratings', read: ({ satisfaction }) => satisfaction.n },
  {
    name: 'ratings_mean',
    title: 'Mean of 1 to 5',
    read: ({ satisfaction }) => satisfaction.mean,
    text: ({ satisfaction: { mean } }) => (mean === null ? '–' : mean.toFixed(2)),
  },
  {
    name: 'satisfied',
    title: 'Satisfied (4 or 5)',
    read: ({ satisfaction }) => satisfaction.satisfied.value,
    text: ({ satisfaction }) => shareText(satisfaction.satisfied),
  },
  { name: 'satisfied_low', title: '', read: ({ satisfaction }) => satisfaction.satisfied.low },
  { name: 'satisfied_high', title: '', read: ({ satisfaction }) => satisfaction.satisfied.high },
  count('breaches', 'Promises broken'),
];

/** Between which moments a piece lies, by the clock of the report's place. */
export function pieceText(
  { from }: Pick<ReportPiece, 'from'>,
  { by, zone }: Pick<ConversationReport, 'by' | 'zone'>,
): string {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...formats[by] });
  const text = format.format(Date.parse(from));
  return by === 'week' ? `from ${text}` : text;
}
const formats: Record<ConversationReport['by'], Intl.DateTimeFormatOptions> = {
  hour: { weekday: 'short', hour: '2-digit', minute: '2-digit' },
  day: { weekday: 'short', day: 'numeric', month: 'short' },
  week: { day: 'numeric', month: 'short' },
  month: { month: 'short', year: 'numeric' },
};

/** A table as a file: each line says the stretch of time and the place that it is of (rule K56). */
export function csvOf<Row>(
  { from, to, zone, bot, queue, read_at }: ConversationReport,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
): string {
  const stretch = { report_from: from, report_to: to, zone, bot, queue, read_at };
  const head = [...columns.map(({ name }) => name), ...Object.keys(stretch)];
  const lines = rows.map((row) => [
    ...columns.map(({ read }) => read(row)),
    ...Object.values(stretch),
  ]);
  return [head, ...lines].map(csvLine).join('');
}

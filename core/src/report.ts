import * as z from 'zod';
import { calendar_units, piecesOf } from './calendar.ts';
import { HandOffReason } from './conversation.ts';
import { Share } from './desk.ts';
import { isZone, Zone } from './hours.ts';
import { Name } from './id.ts';
import { Text } from './json.ts';
import { PreferenceFigures } from './preference.ts';
import { TargetKind } from './target.ts';
import { day, Moment, toMs } from './time.ts';

/** The longest stretch of time that one report is of. */
export const longest_report_ms = 400 * day;
/** The most pieces that it is cut into. */
export const most_pieces = 800;
/** An episode that nobody ended is over when nothing was said in it for so long and nobody waits. */
export const quiet_after_ms = day;

export const ReportFilter = z
  .strictObject({
    /** From this moment on. */
    from: Moment,
    /** Until this moment, which is no part of it. */
    to: Moment,
    bot: Name.optional(),
    queue: Text(100).optional(),
    by: z.enum(calendar_units).default('day'),
    /** The place whose hours, days and weeks it is cut at. */
    zone: Zone.default('UTC'),
  })
  .superRefine(({ from, to, by, zone }, context) => {
    const fault = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    const length_ms = toMs(to) - toMs(from);
    // What is wrong by itself is told already.
    if (Number.isNaN(length_ms) || !isZone(zone)) return;
    // A stretch has two ends, and either may be the one that was meant otherwise.
    const both = (before: string, after: string) => {
      fault('from', before);
      fault('to', after);
    };
    if (length_ms <= 0) return both('is not before "to"', 'is not after "from"');
    if (length_ms > longest_report_ms) {
      return both('is more than 400 days before "to"', 'is more than 400 days after "from"');
    }
    if (piecesOf(from, to, by, zone, most_pieces + 1).length > most_pieces) {
      fault('by', `cuts this into more than ${most_pieces} pieces`);
    }
  });
export type ReportFilter = z.infer<typeof ReportFilter>;

/** How long things took: the median, what nine of ten did not go over, and how many they were. */
export const Spread = z.object({
  n: z.int(),
  median_ms: z.number().nullable(),
  p90_ms: z.number().nullable(),
});
export type Spread = z.infer<typeof Spread>;

const Drafts = z.object({
  n: z.int(),
  as_it_stands: z.int(),
  edited: z.int(),
  replaced: z.int(),
  not_sent: z.int(),
  /** Words changed in a draft that was edited, and as a share of its words: medians. */
  words_changed: z.number().nullable(),
  share_changed: z.number().nullable(),
});

const Suggested = z.object({
  n: z.int(),
  as_it_stands: z.int(),
  changed: z.int(),
  /** Of all of them, those that a language model had put. */
  by_model: z.int(),
  /** Words changed in one that was changed, and as a share of its words: medians. */
  words_changed: z.number().nullable(),
  share_changed: z.number().nullable(),
});

const Satisfaction = z.object({
  n: z.int(),
  /** Of scores from 1 to 5. */
  mean: z.number().nullable(),
  /** Those who gave 4 or 5. */
  satisfied: Share,
});

/** Figures of one stretch of time. What each is, `report_definitions` says. */
export const ReportFigures = z.object({
  begun: z.int(),
  resolved: z.int(),
  asked: z.int(),
  taken: z.int(),
  over: z.int(),
  without_person: z.int(),
  deflection: Share,
  waiting: Spread,
  gave_up: z.int(),
  still_waiting: z.int(),
  handling: Spread,
  first_reply: Spread,
  person_reply: Spread,
  drafts: Drafts,
  suggested: Suggested,
  satisfaction: Satisfaction,
  breaches: z.int(),
});
export type ReportFigures = z.infer<typeof ReportFigures>;

export const ReportPiece = ReportFigures.extend({ from: z.string(), to: z.string() });
export type ReportPiece = z.infer<typeof ReportPiece>;

export const ConversationReport = z.object({
  from: z.string(),
  to: z.string(),
  by: z.enum(calendar_units),
  zone: z.string(),
  bot: z.string().nullable(),
  queue: z.string().nullable(),
  /** When it was read: what happened afterwards is not in it. */
  read_at: z.string(),
  total: ReportFigures,
  pieces: z.array(ReportPiece),
  /** Why people were asked for. */
  reasons: z.array(
    z.object({ reason: HandOffReason.nullable(), n: z.int(), taken: z.int(), waiting: Spread }),
  ),
  queues: z.array(z.object({ queue: z.string(), n: z.int(), taken: z.int(), waiting: Spread })),
  people: z.array(z.object({ id: z.string(), name: z.string(), n: z.int(), handling: Spread })),
  breaches: z.array(z.object({ target: TargetKind, n: z.int() })),
  /** What people gave as their reason to change or turn down a draft, the most frequent first. */
  draft_reasons: z.array(
    z.object({ became: z.enum(['edited', 'replaced']), reason: z.string(), n: z.int() }),
  ),
  /** Of two answers, which customers found better; null where a queue is chosen. */
  preferences: PreferenceFigures.nullable(),
  /** What each figure is, in a sentence. */
  definitions: z.record(z.string(), z.string()),
});
export type ConversationReport = z.infer<typeof ConversationReport>;

/** What each figure counts, and by which moment it belongs to a stretch of time. */
export const report_definitions = {
  begun:
    'Episodes that began: a conversation’s first word, or the first word or act after it was resolved. With a queue chosen, those in which a person was first asked for there.',
  resolved: 'Episodes that began then and have been resolved since.',
  asked: 'Episodes that began then and in which a person was asked for.',
  taken: 'Episodes that began then and in which a person had the wheel.',
  over: 'Episodes that began then, in which the customer wrote, and that are over: resolved, or nothing was said for 24 hours and the customer does not wait for an answer.',
  without_person: 'Of those that are over: no person was asked for and none had the wheel.',
  deflection:
    'Share of the episodes that are over which needed no person, with its 95% Wilson interval. Not told where a queue is chosen: whoever waited in one asked for a person.',
  waiting:
    'From asking for a person, or for another one, until a member has the wheel; waits that began then and ended so. Nights and holidays count.',
  gave_up:
    'Waits that began then and ended without a member: nobody came, given back, or resolved.',
  still_waiting: 'Waits that began then and last.',
  handling:
    'From when a member has the wheel until they have it no longer; those that began then and are over. Waiting for the customer is part of it.',
  first_reply:
    'From the customer’s first word of an episode to the first answer, by the AI or by a person; episodes that began then.',
  person_reply:
    'From when a person is first asked for in an episode to the first answer by a member; episodes that began then.',
  drafts:
    'Replies of the AI that a person decided on then: sent as they stand, edited, or rejected and so replaced by a person’s; not sent where the wheel had been taken meanwhile. A draft that nobody decided on is not in it. Of the edited, the words put in, taken out or put in another’s place: the median, and the median share of the draft’s words.',
  suggested:
    'Replies that members sent then and that began as a suggested reply: as it stood, or changed. Of the changed, the words put in, taken out or put in another’s place: the median, and the median share of the suggestion’s words. A suggestion that nobody used is not in it.',
  draft_reasons:
    'Reasons that people gave when they edited or rejected a draft then, in their words, counted where they are the same; the 50 most frequent. Who gave none is not in it, nor is what was erased since.',
  satisfaction:
    'What customers said at the end of a conversation, by when they said it: the mean of scores from 1 to 5 (a thumb up is 5, one down is 1), and the share of 4 and 5 with its 95% Wilson interval. Who did not answer the question is not in it. Not told where a queue is chosen.',
  preferences:
    'Questions which of two answers is better, by when they were asked, with 95% Wilson intervals. Who wrote on without choosing is not in the shares. Where the bot’s own choice fares alike at either place, the place has no part in it. Not told where a queue is chosen.',
  breaches:
    'Promises of a bot’s targets that were broken then, each once. Not told where a queue is chosen.',
} as const;

import type pg from 'pg';

/** An event as the record has it. */
export interface Line {
  type: string;
  subject: string;
  data: {
    epoch?: number;
    author_kind?: string;
    from?: { kind: string; id: string };
    to?: { kind: string; id: string };
    reason?: string;
    bot?: string;
    target?: string;
  };
  at: number;
}
interface Talk {
  id: string;
  bot: string;
  waits: boolean;
  active_at: number;
}

export async function recordOf(client: pg.Client, workspace_id: string) {
  const { rows: lines } = await client.query<Line & { at: Date | string }>(
    `select type, subject, data, at from events
     where workspace_id = $1 and subject like 'conv\\_%' order by seq`,
    [workspace_id],
  );
  const { rows: talks } = await client.query<Talk & { active_at: Date | string }>(
    `select id, bot, waiting_since is not null as waits, active_at from conversations
     where workspace_id = $1`,
    [workspace_id],
  );
  const inMs = (at: unknown) => new Date(at as string).getTime();
  return {
    lines: lines.map((line) => ({ ...line, at: inMs(line.at) })),
    talks: talks.map((talk) => ({ ...talk, active_at: inMs(talk.active_at) })),
  };
}
export type RecordNow = Awaited<ReturnType<typeof recordOf>>;

interface Asked {
  from: number;
  to: number;
  bot?: string | undefined;
  queue?: string | undefined;
  now: number;
}

/** A turn of the wheel, from its event to the next one of the same conversation. */
function turnsOf({ lines, talks }: RecordNow) {
  return talks.flatMap(({ id, bot }) => {
    const moves = lines.filter(({ subject, data }) => subject === id && data.from && data.to);
    return moves.map(({ at, data }, place) => {
      const next = moves[place + 1];
      const former = data.from?.kind === 'queue' ? data.from.id : null;
      return {
        ...{ bot, at, reason: data.reason ?? null, kind: data.to?.kind, id: data.to?.id },
        queue: data.to?.kind === 'queue' ? data.to.id : former,
        took: next ? next.at - at : null,
        end: !next
          ? null
          : next.type === 'conversation.resolved'
            ? 'resolved'
            : next.type === 'conversation.nobody_came'
              ? 'nobody_came'
              : (next.data.to?.kind ?? null),
      };
    });
  });
}

/** The lines of each conversation, cut after each resolution; a piece in which nobody did anything
 *  that counts is none. */
function episodesOf({ lines, talks }: RecordNow) {
  const counts = ({ type, data }: Line) =>
    type === 'message.received' ||
    (type === 'message.sent' && ['bot', 'member'].includes(data.author_kind ?? '')) ||
    (data.to !== undefined && data.from !== undefined);
  return talks.flatMap((talk) => {
    const own = lines.filter((line) => line.subject === talk.id && counts(line));
    const cuts = own.flatMap(({ type }, at) => (type === 'conversation.resolved' ? [at + 1] : []));
    return [0, ...cuts].flatMap((start, at) => {
      const piece = own.slice(start, cuts[at] ?? own.length);
      const first = piece[0];
      return first && first.type !== 'conversation.resolved' ? [{ talk, first, piece }] : [];
    });
  });
}

const quantile = (values: number[], share: number): number | null => {
  if (!values.length) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const low = sorted[Math.floor(place)] as number;
  const high = sorted[Math.ceil(place)] as number;
  return low + (high - low) * (place - Math.floor(place));
};
const spread = (values: number[]) => ({
  n: values.length,
  median_ms: quantile(values, 0.5),
  p90_ms: quantile(values, 0.9),
});

/** The figures of a stretch of time, worked out from the record alone, one by one. */
export function figuresOf(record: RecordNow, { from, to, bot, queue, now }: Asked) {
  const inside = (at: number) => at >= from && at < to;
  const turns = turnsOf(record).filter(
    (turn) => inside(turn.at) && (!bot || turn.bot === bot) && (!queue || turn.queue === queue),
  );
  const waits = turns.filter(({ kind }) => kind === 'queue');
  const works = turns.filter(({ kind }) => kind === 'member');
  const episodes = episodesOf(record)
    .map(({ talk, first, piece }) => {
      const find = (test: (line: Line) => boolean) => piece.find(test);
      const asked = find(({ data }) => data.to?.kind === 'queue');
      const spoke = find(({ type }) => type === 'message.received');
      const ended = find(({ type }) => type === 'conversation.resolved');
      const after = (start: Line | undefined, kinds: string[]) =>
        start &&
        piece
          .slice(piece.indexOf(start))
          .find(
            ({ type, data }) => type === 'message.sent' && kinds.includes(data.author_kind ?? ''),
          );
      const quiet = !talk.waits && talk.active_at < now - 86_400_000;
      return {
        ...{ bot: talk.bot, at: first.at, asked, ended, queue: asked?.data.to?.id ?? null },
        taken: find(({ data }) => data.to?.kind === 'member'),
        over: spoke !== undefined && (ended !== undefined || quiet),
        first: spoke ? gap(spoke, after(spoke, ['bot', 'member'])) : undefined,
        person: asked ? gap(asked, after(asked, ['member'])) : undefined,
      };
    })
    .filter(
      (one) => inside(one.at) && (!bot || one.bot === bot) && (!queue || one.queue === queue),
    );
  const over = episodes.filter((one) => one.over);
  const alone = over.filter(({ asked, taken }) => !asked && !taken);
  const known = (values: (number | null | undefined)[]) =>
    values.filter((value): value is number => typeof value === 'number');
  return {
    begun: episodes.length,
    resolved: episodes.filter(({ ended }) => ended).length,
    asked: episodes.filter(({ asked }) => asked).length,
    taken: episodes.filter(({ taken }) => taken).length,
    over: over.length,
    without_person: alone.length,
    waiting: spread(known(waits.filter(({ end }) => end === 'member').map(({ took }) => took))),
    gave_up: waits.filter(({ end }) => end !== null && end !== 'member').length,
    still_waiting: waits.filter(({ end }) => end === null).length,
    handling: spread(known(works.map(({ took }) => took))),
    first_reply: spread(known(episodes.map(({ first }) => first))),
    person_reply: spread(known(episodes.map(({ person }) => person))),
    reasons: tally(waits.map(({ reason }) => reason)),
    breaches: queue
      ? 0
      : record.lines.filter(
          ({ type, data, at }) =>
            type === 'conversation.breached' && inside(at) && (!bot || data.bot === bot),
        ).length,
  };
}

const gap = (start: Line, end: Line | undefined) => (end ? end.at - start.at : undefined);

const tally = (names: (string | null)[]) =>
  Object.fromEntries(
    [...new Set(names)].map((name) => [name, names.filter((one) => one === name).length]),
  );

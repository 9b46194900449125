import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Policy, wilson } from '@wheelhouse/core';
import { areaUnderRoc } from '@wheelhouse/core/learn';
import { judged, type Replayed, type Replayer, replayer } from '@wheelhouse/server/testing/replay';
import { abcd, schemaGuided } from './dialogues.ts';
import { round } from './figures.ts';
import { readBanking, readClinc, type Split } from './labelled.ts';
import { retrieval } from './retrieval.ts';
import { intentsOf, isOffered, isRight, type Turn } from './turn.ts';

/** What gates may hold under; a first bot's gate has .8. */
const thresholds = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95];

/** Real turns of customers, answered by a bot that learned from the training part of the same set.
 *  Rightly answered is what was meant; rightly drafted or handed off is what the bot, had it answered
 *  by its best guess, would have got wrong.
 *  @param options.data folder that holds the sets; what is absent is skipped
 *  @param options.quick every fifth turn of the large sets */
export async function run(options: {
  quick: boolean;
  data: string | undefined;
}): Promise<Record<string, unknown>> {
  const { quick, data } = options;
  if (data === undefined || !existsSync(data)) {
    return { skipped: 'needs --data FOLDER with banking77, clinc150, sgd_dialogues, abcd_service' };
  }
  const where = async (file: string, play: () => Promise<unknown>) =>
    existsSync(join(data, file)) ? play() : { skipped: 'not in the data folder' };
  const every = quick ? 5 : 1;
  const banking77 = 'banking77/train.csv';
  const clinc150 = 'clinc150/data_full.json';
  const both = [banking77, clinc150].every((file) => existsSync(join(data, file)));
  return {
    banking77: await where(banking77, () => single(readBanking(data), every)),
    clinc150: await where(clinc150, () => single(readClinc(data), every)),
    schema_guided: await where('sgd_dialogues/dialogues.jsonl', async () =>
      summary(await thoughts(await schemaGuided(data))),
    ),
    abcd: await where('abcd_service/abcd_sample.json', async () =>
      summary(await thoughts(await abcd(data))),
    ),
    retrieval: both
      ? retrieval([readBanking(data), readClinc(data)])
      : { skipped: 'needs banking77 and clinc150' },
  };
}

/** A set of single questions. None of them is a second word on the same matter, so that a bot which is
 *  unsure hands over at once; what it would have offered instead is counted beside it. */
async function single({ train, test, strange }: Split, every: number) {
  const bot = await replayer({ bot: { intents: intentsOf(train), clarifies: false } });
  const turnOf = (meant: string | null, asked: string): Turn => ({
    bot,
    asked,
    earlier: [],
    meant,
  });
  const some = <One>(all: readonly One[]) => all.filter((_, at) => at % every === 0);
  const inside = some(test).map(({ text, label }) => turnOf(label, text));
  const outside = some(strange?.out_of_scope ?? []).map(({ text }) => turnOf(null, text));
  const [known, strangers] = [await thoughts(inside), await thoughts(outside)];
  const figures = { trained_on: train.length, ...summary([...known, ...strangers]) };
  if (!outside.length) return figures;
  const sure = (all: readonly Thinking[]) => all.map(({ guess }) => guess.said?.confidence ?? 0);
  return {
    ...figures,
    offered_instead: await offers(known),
    out_of_scope: {
      auroc_of_confidence: round(areaUnderRoc(sure(known), sure(strangers))),
      alone: summary(strangers),
    },
  };
}

/** Of the questions that were handed over, how often what was meant is among the topics that the bot
 *  offers to pick from, as it does before a person comes. */
async function offers(known: readonly Thinking[]) {
  const handed = known.filter(({ thought }) => 'reason' in thought);
  let offered = 0;
  for (const { turn } of handed) {
    const thought = await turn.bot.think(turn.asked, [], { clarifies: true });
    if (isOffered(turn, judged(gateAt(0), thought))) offered++;
  }
  return share(offered, handed.length);
}

interface Thinking {
  turn: Turn;
  thought: Awaited<ReturnType<Replayer['think']>>;
  /** What the bot would say if it answered whatever it is asked. */
  guess: Replayed;
}

async function thoughts(turns: readonly Turn[]): Promise<Thinking[]> {
  const all = [];
  for (const turn of turns) {
    const { bot, asked, earlier } = turn;
    const thought = await bot.think(asked, earlier);
    const best = await bot.think(asked, earlier, { hand_off_below: 0, clarifies: false });
    all.push({ turn, thought, guess: judged(gateAt(0), best) });
  }
  return all;
}

const summary = (turns: readonly Thinking[]) => ({
  turns: turns.length,
  by_threshold: thresholds.map((threshold) => came(turns, threshold)),
});

/** How many turns came to what, and of those how many rightly. */
function came(turns: readonly Thinking[], threshold: number) {
  const policy = gateAt(threshold);
  const found = turns.map(({ turn, thought, guess }) => {
    const one = judged(policy, thought);
    const rightly = {
      answered: () => isRight(turn, one),
      small_talk: () => isRight(turn, one),
      drafted: () => !isRight(turn, one),
      asked_back: () => isOffered(turn, one),
      handed_off: () => !isRight(turn, guess),
    }[one.came_to]();
    return { came_to: one.came_to, rightly };
  });
  const of = (kind: Replayed['came_to']) => {
    const those = found.filter(({ came_to }) => came_to === kind);
    const rightly = those.filter((one) => one.rightly).length;
    return { ...share(those.length, turns.length), rightly: share(rightly, those.length) };
  };
  return {
    threshold,
    answered: of('answered'),
    small_talk: of('small_talk'),
    drafted: of('drafted'),
    asked_back: of('asked_back'),
    handed_off: of('handed_off'),
  };
}

const gateAt = (threshold: number): Policy => ({
  mode: 'threshold',
  threshold,
  spot_check: 0,
  quorum: { approvals: 1, of: 1, roles: {}, veto: null, second_opinion: 'never' },
  deadline: { ladder: [], expire_after_ms: null, fallback: 'none' },
  priority: 0,
  lease_ms: 60_000,
  undo_ms: 0,
  decided_by: 'reviewer',
  own_request_allowed: false,
});

/** A share with its 95% interval (Wilson); without one where nothing is to be shared. */
function share(n: number, of: number) {
  if (!of) return { n, of };
  const [low, high] = wilson(n, of);
  const decimals = (value: number) => Number(value.toFixed(4));
  return { n, of, share: decimals(n / of), interval: [decimals(low), decimals(high)] };
}

import type { Random, Streams } from './random.ts';

/** How likely each fault is in one run. A run has only some of them, so that one fault does not hide
 *  what another would show (swarm testing: Groce and others 2012, doi 10.1145/2338965.2336763). */
export interface Weather {
  /** The engine cannot be reached: nothing was begun. */
  unreachable: number;
  /** The connection breaks before the commit: the engine undoes everything. */
  cut: number;
  /** The connection breaks after the commit: nobody can say whether it is in. */
  unknown: number;
  /** The engine undoes the transaction and asks for another try (40001, 40P01). */
  conflict: number;
  /** A node is killed when a transaction ends, just before its commit or just after. */
  killed_within: number;
  /** A node is killed between two steps. */
  killed: number;
  /** A transaction stays open before its commit, while others begin and end. */
  held: number;
  /** A request never arrives. */
  request_lost: number;
  /** A request is done and its answer never arrives. */
  answer_lost: number;
  /** A request arrives twice. */
  request_doubled: number;
  /** A wake-up from one node to another is lost. */
  notice_lost: number;
  /** What a receiver of webhooks does badly. */
  receiver: number;
}

const rough: Weather = {
  unreachable: 0.03,
  cut: 0.03,
  unknown: 0.04,
  conflict: 0.05,
  killed_within: 0.012,
  killed: 0.01,
  held: 0.5,
  request_lost: 0.05,
  answer_lost: 0.08,
  request_doubled: 0.05,
  notice_lost: 0.3,
  receiver: 0.3,
};

/** The weather of a seed: each fault is away, seldom or common. One run in ten is calm. */
export function weatherOf(streams: Streams): Weather {
  const random = streams('weather');
  const calm = random.happens(0.1);
  const share = (full: number) => (calm ? 0 : full * random.pick([0, 0.4, 1]));
  return Object.fromEntries(
    Object.entries(rough).map(([fault, full]) => [fault, share(full)]),
  ) as unknown as Weather;
}

/** What the engine does with one transaction. */
export type Fate =
  | 'done'
  | 'unreachable'
  | 'cut'
  | 'unknown'
  | 'conflict'
  | 'killed_before'
  | 'killed_after';

export function fateOf(weather: Weather, random: Random): Fate {
  const draw = random.fraction();
  let edge = 0;
  const fates: [Fate, number][] = [
    ['unreachable', weather.unreachable],
    ['cut', weather.cut],
    ['unknown', weather.unknown],
    ['conflict', weather.conflict],
    ['killed_before', weather.killed_within / 2],
    ['killed_after', weather.killed_within / 2],
  ];
  for (const [fate, share] of fates) {
    edge += share;
    if (draw < edge) return fate;
  }
  return 'done';
}

import type { Act } from './acts/act.ts';
import { cancel, look, reach, submit, submitMany } from './acts/agent.ts';
import {
  changeGate,
  changeHook,
  changeQueueSlowly,
  checkRecord,
  redeliver,
} from './acts/keeper.ts';
import { answerAgain, delegate, hold, undo, work } from './acts/rater.ts';
import { intrude, submitAside } from './acts/stranger.ts';
import type { Random } from './random.ts';
import type { World } from './world.ts';

/** What people and programs do, and how often. */
const acts: [Act, number][] = [
  [submit, 4],
  [submitMany, 1.5],
  [work, 16],
  [answerAgain, 2],
  [hold, 1],
  [undo, 1.5],
  [delegate, 0.7],
  [reach, 2.5],
  [cancel, 0.6],
  [look, 0.7],
  [changeGate, 0.4],
  [changeQueueSlowly, 0.6],
  [changeHook, 0.5],
  [redeliver, 0.3],
  [checkRecord, 0.5],
  [intrude, 0.7],
  [submitAside, 0.3],
];
const most_at_once = 6;
const first_acts = 2;

const actOf = (random: Random): Act =>
  acts[
    Number(
      choice(
        random,
        acts.map(([, weight]) => weight),
      ),
    )
  ]?.[0] ?? submit;

/** One of the names, each as likely as its weight. */
function choice<Name extends string>(random: Random, weights: Record<Name, number>): Name;
function choice(random: Random, weights: number[]): string;
function choice(random: Random, weights: Record<string, number> | number[]): string {
  const entries = Object.entries(weights);
  let draw = random.fraction() * entries.reduce((sum, [, weight]) => sum + weight, 0);
  const found = entries.find(([, weight]) => {
    draw -= weight;
    return draw < 0;
  });
  return (found ?? entries[0])?.[0] ?? '';
}

/** Everybody who is at something now. */
export interface Cast {
  size(): number;
  begin(act: Act): void;
}

export function castOf(world: World): Cast {
  const { stage, scene, trace, book } = world;
  const under_way = new Set<string>();
  let count = 0;
  return {
    size: () => under_way.size,
    begin(act) {
      count += 1;
      const who = `${count} ${act.name}`;
      under_way.add(who);
      stage.as(who, () =>
        act(scene)
          .catch((error: Error) => book.fault('X1', `${who} broke: ${error.stack}`))
          .finally(() => {
            under_way.delete(who);
            stage.stir();
            trace.say(`${who} ends`);
          }),
      );
    },
  };
}

/** The wild part of a run: people act, nodes work and die, time leaps, one thing at a time. */
export async function play(world: World, cast: Cast, most_acts: number): Promise<void> {
  const { stage, schedule, streams, weather, nodes, names, trace, start } = world;
  const random = streams('play');
  for (const name of names) start(name);
  for (let begun = 0; begun < most_acts; ) {
    await stage.settle();
    const alive = nodes.filter((node) => node.alive);
    if (alive.length && random.happens(weather.killed)) {
      random.pick(alive).kill();
      continue;
    }
    if (alive.length < names.length && random.happens(alive.length ? 0.05 : 0.5)) {
      const dead = nodes.findIndex((node) => !node.alive);
      start(names[dead] as string);
      continue;
    }
    const next = choice(random, {
      turn: schedule.turns().length && 10,
      rest: schedule.rests().length && 1,
      act: cast.size() < most_at_once ? 6 : 0,
      leap: 1.5,
    });
    if (next === 'leap') schedule.leap();
    else if (next === 'act') {
      // Something to work on first.
      cast.begin(begun < first_acts ? submitMany : actOf(random));
      begun += 1;
    } else {
      const one = random.pick(next === 'turn' ? schedule.turns() : schedule.rests());
      trace.say(`${one.who}: ${one.wait} ${schedule.release(one)}`);
    }
  }
}

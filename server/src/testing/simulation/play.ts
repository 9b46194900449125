import type { Act } from './acts/act.ts';
import { cancel, look, reach, submit } from './acts/agent.ts';
import {
  changeGate,
  changeHook,
  changeQueueSlowly,
  checkRecord,
  redeliver,
} from './acts/keeper.ts';
import { answer, claim, delegate, hold, undo } from './acts/rater.ts';
import { intrude, submitAside } from './acts/stranger.ts';
import type { Random } from './random.ts';
import type { World } from './world.ts';

/** What people and programs do, and how often. */
const acts: [Act, number][] = [
  [submit, 10],
  [claim, 9],
  [answer, 12],
  [hold, 2],
  [undo, 3],
  [delegate, 1],
  [reach, 2],
  [cancel, 1],
  [look, 2],
  [changeGate, 0.5],
  [changeQueueSlowly, 1],
  [changeHook, 0.7],
  [redeliver, 0.5],
  [checkRecord, 0.7],
  [intrude, 1],
  [submitAside, 0.5],
];
const weights = acts.reduce((sum, [, weight]) => sum + weight, 0);

const most_at_once = 5;

function actOf(random: Random): Act {
  let draw = random.fraction() * weights;
  for (const [act, weight] of acts) {
    draw -= weight;
    if (draw < 0) return act;
  }
  return submit;
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
    const turns = schedule.turns();
    const rests = schedule.rests();
    const draw = random.fraction();
    if (turns.length && draw < 0.62) {
      const one = random.pick(turns);
      trace.say(`${one.who}: ${one.wait} ${schedule.release(one)}`);
    } else if (rests.length && draw < 0.75) {
      const one = random.pick(rests);
      trace.say(`${one.who}: ${one.wait} ${schedule.release(one)}`);
    } else if (cast.size() < most_at_once && draw < 0.92) {
      begun += 1;
      cast.begin(actOf(random));
    } else schedule.leap();
  }
}

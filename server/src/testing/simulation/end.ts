import { outlookOf } from './outlook.ts';
import type { Cast } from './play.ts';
import { isRest, type Parked } from './stage.ts';
import type { World } from './world.ts';

const most_rounds = 5_000;
/** How long a node rests between two looks at the event log. */
const look_ms = 1_000;

/** The end of a run: the weather clears, and everything that can come to an end does, however far
 *  off in time. One node does the jobs; it looks when there is something to do, since a look that
 *  finds nothing shows nothing. */
export async function playOut(world: World, cast: Cast): Promise<void> {
  const { stage, nodes, names, start, time, trace, book } = world;
  world.calmDown();
  if (!nodes.some((node) => node.alive)) start(names[0] as string);
  for (let round = 0; round < most_rounds; round++) {
    await finishTurns(world);
    const worker = nodes.find((node) => node.serving)?.name ?? '';
    const outlook = await outlookOf(world.owner);
    const newest_ms = outlook.get('newest') ?? 0;
    // A node's look at the event log wakes those who wait there; its jobs are due by the store.
    const due_ms = (one: Parked): number => {
      if (one.who.endsWith(' tail')) {
        const behind = one.due_ms - look_ms <= newest_ms;
        return behind && cast.size() ? one.due_ms : Infinity;
      }
      const job = one.node === worker ? one.who.slice(worker.length + 1) : '';
      return Math.max(one.due_ms, outlook.get(job) ?? Infinity);
    };
    const waits = stage.parked.map((one) => (isRest(one) ? due_ms(one) : one.due_ms));
    const next_ms = Math.min(...waits);
    if (next_ms === Infinity) return;
    if (next_ms > time.now_ms()) {
      time.advance(next_ms - time.now_ms());
      trace.say('time goes on');
    }
    const rest = stage.parked.find((one) => isRest(one) && due_ms(one) <= time.now_ms());
    if (rest) {
      trace.say(`${rest.who} looks`);
      stage.release(rest);
    }
  }
  book.fault('X2', `there is no end to it: ${JSON.stringify([...(await outlookOf(world.owner))])}`);
}

/** Lets everything go on that is not waiting for time. */
async function finishTurns({ stage, schedule, trace }: World): Promise<void> {
  for (;;) {
    await stage.settle();
    const [first] = schedule.turns();
    if (!first) return;
    trace.say(`${first.who}: ${first.wait} ${schedule.release(first)}`);
  }
}

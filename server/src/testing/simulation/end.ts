import { outlookOf } from './outlook.ts';
import type { Cast } from './play.ts';
import { isRest, type Parked } from './stage.ts';
import type { World } from './world.ts';

const most_rounds = 1_000;
/** What follows from what: cases end, then their events go out, then the record is sealed. Playing
 *  each to its end before the next takes a third of the turns, and shows no less. */
const waves = [['lapse', 'climb', 'settle'], ['fan_out', 'deliver'], ['seal']];
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
    const outlook = await outlookOf(world.owner, time.now_ms());
    const newest_ms = outlook.get('newest') ?? 0;
    const wave = waves.find((jobs) => jobs.some((job) => outlook.has(job))) ?? [];
    // A node's look at the event log wakes those who wait there; its jobs are due by the store.
    const due_ms = (one: Parked): number => {
      if (one.who.endsWith(' tail')) {
        // A node whose start failed rests there too, and nothing ends before it serves.
        if (!nodes.some(({ name, serving }) => name === one.node && serving)) return one.due_ms;
        const behind = one.due_ms - look_ms <= newest_ms;
        return behind && cast.size() ? one.due_ms : Infinity;
      }
      const job = one.node === worker ? one.who.slice(worker.length + 1) : '';
      return wave.includes(job) ? Math.max(one.due_ms, outlook.get(job) ?? Infinity) : Infinity;
    };
    const waits = stage.parked.map((one) => (isRest(one) ? due_ms(one) : one.due_ms));
    const next_ms = Math.min(...waits);
    if (next_ms === Infinity) return;
    if (next_ms > time.now_ms()) {
      time.advance(next_ms - time.now_ms());
      trace.say('time goes on');
    }
    for (const one of stage.parked.filter((each) => isRest(each))) {
      if (due_ms(one) > time.now_ms() || !stage.parked.includes(one)) continue;
      trace.say(`${one.who} looks`);
      stage.release(one);
      await finishTurns(world);
    }
  }
  const outlook = await outlookOf(world.owner, time.now_ms());
  book.fault('X2', `there is no end to it: ${JSON.stringify([...outlook])}`);
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

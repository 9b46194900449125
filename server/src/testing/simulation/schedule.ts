import { day, hour, minute, second } from '@wheelhouse/core';
import type { Random } from './random.ts';
import { isRest, type Parked, type Stage } from './stage.ts';
import type { VirtualTime } from './time.ts';
import { fateOf, type Weather } from './weather.ts';

/** Decides, by the seed alone, what of all that waits goes on next, and how. */
export function schedule(stage: Stage, time: VirtualTime, weather: Weather, random: Random) {
  const ready = ({ due_ms }: Parked) => due_ms <= time.now_ms();
  const fates = (one: Parked) => {
    const late = one.who.endsWith('changeQueueSlowly');
    const held = late && random.happens(weather.held);
    return { fate: held ? ('done' as const) : fateOf(weather, random), held };
  };
  const heldOpen = () => stage.parked.some(({ wait }) => wait === 'commit');

  return {
    /** What could go on now. */
    turns: () => stage.parked.filter((one) => ready(one) && !isRest(one)),
    /** Nodes that could look again whether there is something to do. */
    rests: () => stage.parked.filter((one) => ready(one) && isRest(one)),
    /** Lets one go on, with its share of bad weather. */
    release(one: Parked): string {
      if (one.wait === 'transaction') {
        const turn = fates(one);
        if (turn.held && heldOpen()) turn.held = false;
        stage.release(one, turn);
        return turn.held ? 'begins and stays open' : turn.fate;
      }
      if (one.wait === 'notice') {
        const lost = random.happens(weather.notice_lost);
        stage.release(one, lost ? 'lost' : undefined);
        return lost ? 'is lost' : 'arrives';
      }
      stage.release(one);
      return 'goes on';
    },
    /** Moves time on: mostly a little, to the next thing that is due, sometimes by hours or days. */
    leap(): void {
      const due = stage.parked.flatMap((one) => (ready(one) ? [] : [one.due_ms]));
      const next = Math.min(...due, time.now_ms() + second) - time.now_ms();
      const draw = random.fraction();
      if (draw < 0.75) time.advance(next);
      else if (draw < 0.95) time.advance(random.between(1, 12 * second));
      else if (draw < 0.98) time.advance(random.between(1, 30 * minute));
      else if (draw < 0.995) time.advance(random.between(1, 12 * hour));
      else time.advance(random.between(1, 9 * day));
    },
  };
}
export type Schedule = ReturnType<typeof schedule>;

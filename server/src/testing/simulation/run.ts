import { faultsOf } from './checks/all.ts';
import { playOut } from './end.ts';
import { castOf, play } from './play.ts';
import type { Sabotage } from './sabotage.ts';
import type { Theatre } from './theatre.ts';
import { openWorld } from './world.ts';

export interface Run {
  seed: number;
  /** What was broken, by rule; none when all held. */
  faults: string[];
  /** Everything that happened, and the digest of all of it. */
  lines: readonly string[];
  digest: string;
  spent_ms: number;
}

export interface RunOptions {
  /** How much people and programs do before the end. */
  acts?: number;
  sabotage?: Sabotage;
}

const default_acts = 20;

/** Plays one seed to its end, and says which rules were broken. */
export async function runSeed(
  theatre: Theatre,
  seed: number,
  { acts = default_acts, sabotage }: RunOptions = {},
): Promise<Run> {
  const began_ms = performance.now();
  const world = await openWorld(theatre, seed, sabotage);
  try {
    const cast = castOf(world);
    await play(world, cast, acts);
    await playOut(world, cast);
    const faults = await faultsOf(world);
    const { trace } = world;
    return {
      seed,
      faults,
      lines: trace.lines,
      digest: trace.digest(),
      spent_ms: performance.now() - began_ms,
    };
  } finally {
    world.stage.close();
  }
}

import { parseArgs } from 'node:util';
import { startOwnEngine } from '../engine.ts';
import type { Run } from './run.ts';
import type { Sabotage } from './sabotage.ts';
import { inWords, playSeeds } from './seeds.ts';

const usage = `Usage: npm run simulate -- [--seeds N] [--from K] [--seed S] [--acts A] [--trace]

Plays the whole server against a seeded world: virtual time, a network that loses and repeats, an
engine that breaks off, servers that are killed. After each seed every promise is checked.

  --seeds N   how many seeds to play (200)
  --from K    the first of them (1)
  --seed S    this one alone; the same seed plays the same run, step by step
  --acts A    how much people and programs do in each (20)
  --trace     print every step of a seed that is played alone

Exit code: 0 when every promise was kept, 1 when one was broken, 2 when it could not be played.`;

interface Wanted {
  seeds: number;
  from: number;
  acts: number | undefined;
  trace: boolean;
}

/** Where the command writes, and what tells it to stop. */
export interface Terminal {
  say(text: string): void;
  /** Writes over the last line; absent where that cannot be. */
  sayOver?(text: string): void;
  isStopped(): boolean;
}

/** What the arguments ask for, or nothing for help. @throws Error in words */
function wantedBy(args: string[]): Wanted | undefined {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const help = { ...flag, short: 'h' };
  const options = { seeds: text, from: text, seed: text, acts: text, trace: flag, help };
  const { values } = parseArgs({ args, options });
  if (values.help) return undefined;
  const number = (name: 'seeds' | 'from' | 'seed' | 'acts', least: number) => {
    const given = values[name];
    if (given === undefined) return undefined;
    if (/^\d{1,9}$/.test(given) && Number(given) >= least) return Number(given);
    throw new Error(`--${name} is a whole number from ${least} to 999999999, not "${given}".`);
  };
  const [seed, seeds, from] = [number('seed', 0), number('seeds', 1), number('from', 0)];
  const acts = number('acts', 1);
  if (seed !== undefined && (seeds ?? from) !== undefined) {
    throw new Error('--seed plays one seed alone; leave out --seeds and --from.');
  }
  const trace = values.trace === true;
  if (trace && seed === undefined) throw new Error('--trace goes with --seed.');
  if (seed !== undefined) return { seeds: 1, from: seed, acts, trace };
  return { seeds: seeds ?? 200, from: from ?? 1, acts, trace };
}

function* counting({ seeds, from }: Wanted) {
  for (let seed = from; seed < from + seeds; seed++) yield seed;
}

/** Says now and then how far it is: written over in a terminal, else a line in ten seconds. */
function progress(total: number, { say, sayOver }: Terminal) {
  const began_ms = performance.now();
  let said_ms = began_ms;
  let done = 0;
  const line = () => {
    const rate = (done * 1_000) / (performance.now() - began_ms);
    const [so_far, all] = [done.toLocaleString('en'), total.toLocaleString('en')];
    return `${so_far} of ${all} seeds, ${rate.toFixed(1)} a second`;
  };
  return {
    line,
    next() {
      done += 1;
      if (performance.now() - said_ms < (sayOver ? 200 : 10_000)) return;
      said_ms = performance.now();
      (sayOver ?? say)(line());
    },
  };
}

async function simulate(wanted: Wanted, terminal: Terminal, sabotage?: Sabotage): Promise<number> {
  const { acts, trace } = wanted;
  const { say, isStopped } = terminal;
  const shown = progress(wanted.seeds, terminal);
  let failed: Run | undefined;
  const engine = await startOwnEngine();
  try {
    await playSeeds({
      url_pattern: engine.url_pattern,
      seeds: counting(wanted),
      acts,
      sabotage,
      onRun(run) {
        shown.next();
        if (trace) say(run.lines.join('\n'));
        if (run.faults.length) failed = run;
        return !failed && !isStopped();
      },
    });
  } finally {
    await engine.stop();
  }
  terminal.sayOver?.('');
  if (failed) {
    say(inWords(failed, acts));
    return 1;
  }
  say(`${shown.line()}; every promise was kept.`);
  return isStopped() ? 130 : 0;
}

/** Runs the command. @param sabotage a fault to find, for proving that it is found
 *  @returns its exit code */
export async function simulateCommand(
  args: string[],
  terminal: Terminal,
  sabotage?: Sabotage,
): Promise<number> {
  try {
    const wanted = wantedBy(args);
    if (wanted) return await simulate(wanted, terminal, sabotage);
    terminal.say(usage);
    return 0;
  } catch (error) {
    terminal.say(`${(error as Error).message}\n\n${usage}`);
    return 2;
  }
}

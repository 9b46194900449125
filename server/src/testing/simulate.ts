import { parseArgs } from 'node:util';
import { startTestEngine } from './engine.ts';
import type { Run } from './simulation/run.ts';
import { inWords, playSeeds } from './simulation/seeds.ts';

const usage = `Usage: npm run simulate -- [--seeds N] [--from K] [--seed S] [--acts A] [--trace]

Plays the whole server against a seeded world: virtual time, a network that loses and repeats, an
engine that breaks off, servers that are killed. After each seed every promise is checked.

  --seeds N   how many seeds to play (200)
  --from K    the first of them (1)
  --seed S    this one alone; the same seed plays the same run, step by step
  --acts A    how much people and programs do in each (36)
  --trace     print every step of a seed that is played alone

Exit code: 0 when every promise was kept, 1 when one was broken, 2 when it could not be played.`;

interface Wanted {
  seeds: number;
  from: number;
  acts: number | undefined;
  trace: boolean;
}

const say = (text: string) => process.stdout.write(`${text}\n`);

/** What the arguments ask for, or nothing for help. @throws Error in words */
function wantedBy(args: string[]): Wanted | undefined {
  const { values } = parseArgs({
    args,
    options: {
      seeds: { type: 'string' },
      from: { type: 'string' },
      seed: { type: 'string' },
      acts: { type: 'string' },
      trace: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return undefined;
  const number = (name: 'seeds' | 'from' | 'seed' | 'acts', least: number) => {
    const text = values[name];
    if (text === undefined) return undefined;
    if (/^\d{1,9}$/.test(text) && Number(text) >= least) return Number(text);
    throw new Error(`--${name} is a whole number from ${least} to 999999999, not "${text}".`);
  };
  const seed = number('seed', 0);
  const [seeds, from, acts] = [number('seeds', 1), number('from', 0), number('acts', 1)];
  if (seed !== undefined && (seeds ?? from) !== undefined) {
    throw new Error('--seed plays one seed alone; leave out --seeds and --from.');
  }
  if (values.trace && seed === undefined) throw new Error('--trace goes with --seed.');
  return {
    seeds: seed === undefined ? (seeds ?? 200) : 1,
    from: seed ?? from ?? 1,
    acts,
    trace: values.trace,
  };
}

function* counting({ seeds, from }: Wanted) {
  for (let seed = from; seed < from + seeds; seed++) yield seed;
}

/** Says now and then how far it is: in one line that is written over, or a line in ten seconds. */
function progress(total: number) {
  const { isTTY } = process.stdout;
  const began_ms = performance.now();
  let said_ms = began_ms;
  let done = 0;
  const line = () => {
    const rate = (done * 1_000) / (performance.now() - began_ms);
    return `${done.toLocaleString('en')} of ${total.toLocaleString('en')} seeds, ${rate.toFixed(1)} a second`;
  };
  return {
    line,
    next() {
      done += 1;
      if (performance.now() - said_ms < (isTTY ? 200 : 10_000)) return;
      said_ms = performance.now();
      process.stdout.write(isTTY ? `\r${line()} ` : `${line()}\n`);
    },
    clear: () => isTTY && process.stdout.write('\r\u001b[K'),
  };
}

async function simulate(wanted: Wanted): Promise<number> {
  let stopped = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      stopped = true;
    });
  }
  const engine = await startTestEngine();
  let failed: Run | undefined;
  const shown = progress(wanted.seeds);
  try {
    await playSeeds({
      url_pattern: engine.url_pattern,
      seeds: counting(wanted),
      acts: wanted.acts,
      onRun(run) {
        shown.next();
        if (wanted.trace) say(run.lines.join('\n'));
        if (run.faults.length) failed = run;
        return !failed && !stopped;
      },
    });
  } finally {
    await engine.stop();
  }
  shown.clear();
  if (failed) say(inWords(failed, wanted.acts));
  else say(`${shown.line()}; every promise was kept.`);
  if (failed) return 1;
  return stopped ? 130 : 0;
}

try {
  const wanted = wantedBy(process.argv.slice(2));
  if (wanted) process.exitCode = await simulate(wanted);
  else say(usage);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n\n${usage}\n`);
  process.exitCode = 2;
}

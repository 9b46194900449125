import { freshDatabase } from '../engine.ts';
import { type Run, type RunOptions, runSeed } from './run.ts';
import { openTheatre } from './theatre.ts';

export interface SeedsOptions extends RunOptions {
  /** A connection string with DATABASE where the name belongs; its template is migrated. */
  url_pattern: string;
  /** The seeds to play, in this order. */
  seeds: Iterable<number>;
  /** Hears of each run; the next one is not begun when it says false. */
  onRun(run: Run): boolean | undefined;
}

/** Plays seeds one after the other on a database of their own. */
export async function playSeeds({ url_pattern, seeds, onRun, ...options }: SeedsOptions) {
  const database = await freshDatabase(url_pattern);
  try {
    const theatre = await openTheatre(database.url);
    try {
      for (const seed of seeds) {
        if (onRun(await runSeed(theatre, seed, options)) === false) break;
      }
    } finally {
      await theatre.close();
    }
  } finally {
    await database.drop();
  }
}

const steps_shown = 30;

/** A failed run in words: its seed, what was broken, its last steps, and how to see it again. */
export function inWords({ seed, faults, lines }: Run, acts?: number): string {
  const command = `npm run simulate -- --seed ${seed}${acts === undefined ? '' : ` --acts ${acts}`}`;
  const from = Math.max(0, lines.length - steps_shown);
  return [
    `Seed ${seed} broke ${faults.length === 1 ? 'a rule' : `${faults.length} rules`}:`,
    ...faults.slice(0, 10).map((fault) => `  ${fault}`),
    ...(faults.length > 10 ? [`  and ${faults.length - 10} more`] : []),
    `Its last steps, of ${lines.length}:`,
    ...lines.slice(from).map((line) => `  ${line}`),
    `To see it again: ${command}`,
    `With every step: ${command} --trace`,
  ].join('\n');
}

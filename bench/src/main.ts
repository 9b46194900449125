import { parseArgs } from 'node:util';

interface Options {
  quick: boolean;
  data: string | undefined;
}
type Run = (options: Options) => Promise<Record<string, unknown>>;

/** The benches by name; each is loaded only when it is asked for. */
const benches: Record<string, () => Promise<Run>> = {
  approvals: async () => (await import('./approvals.ts')).run,
  submissions: async () => (await import('./submissions.ts')).run,
  bulk: async () => (await import('./submissions.ts')).bulk,
  claims: async () => (await import('./claims.ts')).run,
  classifier: async () => (await import('./classifier.ts')).run,
  chat: async () => (await import('./chat.ts')).run,
  verdicts: async () => (await import('./verdicts.ts')).run,
  streams: async () => (await import('./streams.ts')).run,
  answers: async () => (await import('./answers.ts')).run,
  promise: async () => (await import('./promise.ts')).run,
  live: async () => (await import('./live.ts')).run,
  monitors: async () => (await import('./drift-monitors.ts')).run,
  drift: async () => (await import('./drift.ts')).run,
  agreement: async () => (await import('./agreement.ts')).run,
  quality: async () => (await import('./quality.ts')).run,
  spot_checks: async () => (await import('./spot-checks.ts')).run,
  page: async () => (await import('./gate-page.ts')).run,
  guaranteed: async () => (await import('./guaranteed.ts')).run,
  week: async () => (await import('./week.ts')).run,
};

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false }, data: { type: 'string' } },
});
const [name = ''] = positionals;
const bench = benches[name];
if (bench) {
  const run = await bench();
  const figures = await run({ quick: values.quick, data: values.data });
  // The last line is the figures alone, for programs.
  process.stdout.write(`${JSON.stringify({ bench: name, quick: values.quick, ...figures })}\n`);
} else {
  process.stderr.write(
    `Usage: npm run bench -- NAME [--quick] [--data FOLDER]\nNAME is one of: ${Object.keys(benches).join(', ')}\n`,
  );
  process.exitCode = 1;
}

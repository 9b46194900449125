import { readFileSync } from 'node:fs';
import { gateSimulate } from './command/gate-simulate.ts';

const usage = `Usage: wheelhouse gate simulate FILE [options]

  gate simulate   plans a gate from a file of scored, judged outputs
                  (wheelhouse gate simulate --help says the options)`;

const [noun, verb, ...rest] = process.argv.slice(2);
const { version } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
) as { version: string };

if (noun === 'gate' && verb === 'simulate') {
  process.exitCode = await gateSimulate(rest, {
    say: (text) => process.stdout.write(`${text}\n`),
    warn: (text) => process.stderr.write(`${text}\n`),
    // A bar is for who watches; a log, or a pipe, is spared it.
    ...(process.stderr.isTTY && {
      over: (text: string) => process.stderr.write(`\r\u001b[K${text}`),
    }),
    now: () => new Date(),
    version,
  });
} else {
  const asked = noun === undefined || noun === '--help' || noun === '-h' || noun === 'help';
  (asked ? process.stdout : process.stderr).write(`${usage}\n`);
  process.exitCode = asked && noun !== undefined ? 0 : 2;
}

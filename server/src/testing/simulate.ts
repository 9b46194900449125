import { simulateCommand } from './simulation/command.ts';

let stopped = false;
// The seed under way ends first, then the engine: nothing is left running, and nothing on the disk.
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    stopped = true;
  });
}
const write = (text: string) => process.stdout.write(text);
process.exitCode = await simulateCommand(process.argv.slice(2), {
  say: (text) => write(`${text}\n`),
  ...(process.stdout.isTTY ? { sayOver: (text: string) => write(`\r\u001b[K${text}`) } : {}),
  isStopped: () => stopped,
});

import { gateSimulate } from './gate-simulate.ts';

/** For tests: what `wheelhouse gate simulate` comes to, and what it says, at a moment that is always the same. */
export async function simulate(...args: string[]) {
  const heard = { said: '', warned: '', over: [] as string[] };
  const code = await gateSimulate(args, {
    say: (text) => {
      heard.said += `${text}\n`;
    },
    warn: (text) => {
      heard.warned += `${text}\n`;
    },
    over: (text) => heard.over.push(text),
    now: () => new Date(0),
    version: '1.2.3',
  });
  return { code, ...heard };
}

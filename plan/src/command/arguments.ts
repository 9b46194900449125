import { parseArgs } from 'node:util';
import { options } from './options.ts';

/**
 * Options and files as they were typed.
 * @throws Error in words: an option that there is none of, or one without what it needs
 */
export function argumentsOf(typed: readonly string[]) {
  try {
    const args = withNegatives(typed);
    return parseArgs({ args, allowPositionals: true, options });
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const option = /'(?:-\w, )?(--?[^' ]+)/.exec(message)?.[1] ?? '';
    if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
      throw new Error(`There is no option ${option}. --help says all there are.`, { cause });
    }
    if (code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') {
      const takes = (options as Record<string, { type: string }>)[option.slice(2)]?.type;
      const why = takes === 'boolean' ? 'takes no value' : 'needs a value after it';
      throw new Error(`${option} ${why}. --help says what.`, { cause });
    }
    throw cause;
  }
}

/** A number under nought is meant as one, and told what is wrong with it where it is read: it is no option. */
function withNegatives(typed: readonly string[]): string[] {
  const args: string[] = [];
  for (const each of typed) {
    const before = args.at(-1);
    const number = /^-[\d.]/.test(each);
    if (number && before?.startsWith('--') && !before.includes('=') && before !== '--') {
      args[args.length - 1] = `${before}=${each}`;
    } else args.push(each);
  }
  return args;
}

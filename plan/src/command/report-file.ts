import { accessSync, constants, existsSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Finds out before the long work whether a report can be written, and leaves nothing behind.
 * @param planned the file that is planned with, which no report writes over
 * @throws Error in words when it cannot
 */
export function checkReport(path: string, planned: string): void {
  attempt(path, () => {
    if (resolve(path) === resolve(planned)) throw new Error('it is the file that is planned with');
    const there = existsSync(path);
    if (there && statSync(path).isDirectory()) throw coded('EISDIR');
    if (!there && !statSync(dirname(path)).isDirectory()) throw coded('ENOTDIR');
    accessSync(there ? path : dirname(path), constants.W_OK);
  });
}

/** @throws Error in words when it cannot be written */
export function writeReport(path: string, report: string): void {
  attempt(path, () => writeFileSync(path, report));
}

const coded = (code: string) => Object.assign(new Error(code), { code });

function attempt(path: string, act: () => void): void {
  try {
    act();
  } catch (cause) {
    const { code = '', message } = cause as NodeJS.ErrnoException;
    const whys: Record<string, string> = {
      ENOENT: `there is no folder ${dirname(path)}`,
      ENOTDIR: `${dirname(path)} is no folder`,
      EISDIR: 'it is a folder; name a file in it',
      EACCES: 'you may not write there',
    };
    throw new Error(`--report ${path} cannot be written: ${whys[code] ?? message}.`, { cause });
  }
}

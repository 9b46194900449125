/** The database cannot be started, and the sentence says what a person can do about it. */
export class CannotStart extends Error {
  constructor(sentence: string, cause?: unknown) {
    super(sentence, { cause });
    this.name = 'CannotStart';
  }
}

/** What every sentence about the embedded database may end with. */
export const use_another_database =
  'Or set WHEELHOUSE_DATABASE_URL to a PostgreSQL (15 or later) that runs elsewhere.';

/** Known last words of the engine or of the file system, and what they mean for a person. */
const meanings: [RegExp, (folder: string) => string][] = [
  [
    /No space left on device|ENOSPC|Disk quota exceeded|EDQUOT/,
    (folder) =>
      `The disk that holds ${folder} is full. Nothing acknowledged is lost: free some space, then start again.`,
  ],
  [
    /Read-only file system|EROFS/,
    (folder) =>
      `${folder} is on a read-only file system. Set WHEELHOUSE_DATA_DIR to a folder that can be written.`,
  ],
  [
    /could not look up effective user ID (\d+)/,
    () =>
      'The user this server runs as has no entry in /etc/passwd, and PostgreSQL needs one. ' +
      `Run as a listed user. ${use_another_database}`,
  ],
  [
    /cannot be run as root|must not be run as root|administrative permissions/,
    () =>
      'PostgreSQL refuses to run with administrator rights. Run as an ordinary user. ' +
      use_another_database,
  ],
  [
    /error while loading shared libraries: (\S+?):/,
    () =>
      'The PostgreSQL binaries miss a shared library (its name is below). Install it, or set ' +
      `WHEELHOUSE_POSTGRES_BIN to the folder of your system's own. ${use_another_database}`,
  ],
  [
    /Cannot allocate memory|could not create shared memory|could not map anonymous shared memory/,
    () =>
      'This machine has too little memory left for PostgreSQL. Stop something else, then start again.',
  ],
  [
    // Not wherever its name stands: a data folder may be kept there.
    /could not (resize|open) shared memory segment|\/dev\/shm(\/PostgreSQL|(?!\/))/,
    () =>
      'Shared memory (/dev/shm) is too small for PostgreSQL. In a container, give it --shm-size=256m.',
  ],
  [
    /lock file "postmaster\.pid" already exists|pre-existing shared memory block/,
    (folder) =>
      `Another PostgreSQL still works in ${folder}. Stop it (its process id is below), then start again.`,
  ],
  [
    /could not locate a valid checkpoint record|invalid checkpoint|PANIC|invalid page in block/,
    (folder) =>
      `PostgreSQL finds its files in ${folder} damaged. Keep a copy of that folder, then restore ` +
      'a backup into a new data folder: npm run restore -- FILE.',
  ],
  [
    /EACCES|EPERM|Permission denied|Operation not permitted/,
    (folder) =>
      `The user this server runs as may not use ${folder}. Give that user the folder, or set ` +
      `WHEELHOUSE_DATA_DIR to another.`,
  ],
  [
    /(EEXIST|ENOTDIR|ENOENT).*mkdir/,
    (folder) =>
      `The folder ${folder} cannot be made. Set WHEELHOUSE_DATA_DIR to one that can, and that no file stands in the way of.`,
  ],
  [
    /ENOTSUP|EOPNOTSUPP|Operation not supported/,
    (folder) =>
      `The file system of ${folder} cannot hold a socket or a lock. Set WHEELHOUSE_DATA_DIR to a local disk.`,
  ],
];

/** The refusal for what the engine or the file system said last: a sentence, then those words. */
export function explain(doing: string, folder: string, said: unknown): CannotStart {
  if (said instanceof CannotStart) return said;
  const words = said instanceof Error ? said.message : String(said).trim();
  const meaning = meanings.find(([pattern]) => pattern.test(words))?.[1](folder);
  const last = words.split('\n').slice(-12).join('\n');
  return new CannotStart(
    `${meaning ?? `${doing} failed. ${use_another_database}`}\n(${doing}: ${last})`,
    said,
  );
}

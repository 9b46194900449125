import {
  closeSync,
  createReadStream,
  createWriteStream,
  existsSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { type Config, readConfig } from './config.ts';
import { dump } from './store/dump.ts';
import { restore } from './store/restore.ts';
import { clusterOf } from './world/postgres/cluster.ts';
import { beside, startEmbedded } from './world/postgres/embedded.ts';

const usage =
  'Usage: npm run backup -- FILE, or npm run restore -- FILE (such as wheelhouse.backup.gz)';

const say = (line: string) => process.stdout.write(`${line}\n`);
const count = (rows: number) => `${rows.toLocaleString('en')} ${rows === 1 ? 'row' : 'rows'}`;
const tell = (name: string, rows: number) => say(`  ${name}: ${count(rows)}`);

/** Writes everything of this server into one file, while the server runs or not. The file is
 *  whole when it appears under its name, and only its owner may read it: it holds secrets. */
export async function backup(config: Config, file: string): Promise<void> {
  if (existsSync(file))
    throw new Error(`${file} exists already. Name another file, or move it away.`);
  const partial = `${file}.partial`;
  let rows = 0;
  try {
    await reading(config, async (url) => {
      const text = dump(url, (name, found) => {
        rows += found;
        tell(name, found);
      });
      const zipped = createGzip({ level: 3 });
      await pipeline(Readable.from(text), zipped, createWriteStream(partial, { mode: 0o600 }));
    });
    sync(partial);
    renameSync(partial, file);
  } catch (thrown) {
    rmSync(partial, { force: true });
    throw thrown;
  }
  say(`Backup of ${count(rows)} in ${file} (${statSync(file).size.toLocaleString('en')} bytes).`);
}

function sync(file: string): void {
  const opened = openSync(file, 'r+');
  fsyncSync(opened);
  closeSync(opened);
}

/** Fills the empty database that the settings name from a file. */
export async function restoreFrom(config: Config, file: string): Promise<void> {
  if (!existsSync(file)) throw new Error(`There is no file ${file}.`);
  await writing(config, async (url) => {
    const unzipped = createGunzip();
    createReadStream(file)
      .on('error', (thrown) => unzipped.destroy(thrown))
      .pipe(unzipped);
    const { header, rows } = await restore(url, unzipped, {
      onTable: tell,
      onCatchUp: (left) =>
        say(`  Raising the transaction counter: ${left.toLocaleString('en')} to go`),
    });
    say(`Restored ${count(rows)} as of ${header.made_at}. Start the server with npm start.`);
  });
}

async function reading(config: Config, work: (url: string) => Promise<void>): Promise<void> {
  if (config.database_url) return work(config.database_url);
  const { data_dir } = config;
  if (!existsSync(clusterOf(data_dir))) {
    throw new Error(
      `There is no data in ${resolve(data_dir)} to back up. Set WHEELHOUSE_DATA_DIR to where it is.`,
    );
  }
  const running = await beside(data_dir);
  if (!running) return writing(config, work);
  try {
    await work(running.url());
  } finally {
    running.remove();
  }
}

async function writing(config: Config, work: (url: string) => Promise<void>): Promise<void> {
  if (config.database_url) return work(config.database_url);
  const { data_dir, postgres_bin } = config;
  const engine = await startEmbedded({ data_dir, bin_dir: postgres_bin, log: say });
  try {
    await work(engine.url());
  } finally {
    await engine.stop();
  }
}

async function main([verb, file, ...rest]: string[]): Promise<void> {
  if (!file || rest.length > 0) throw new Error(usage);
  const config = readConfig();
  if (verb === 'backup') return backup(config, resolve(file));
  if (verb === 'restore') return restoreFrom(config, resolve(file));
  throw new Error(usage);
}

main(process.argv.slice(2)).catch((thrown: Error) => {
  process.stderr.write(`${thrown.message}\n`);
  process.exitCode = 1;
});

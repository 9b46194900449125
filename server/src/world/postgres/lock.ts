import { randomBytes } from 'node:crypto';
import { closeSync, constants, linkSync, mkdirSync, openSync, readdirSync, rmSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { CannotStart, explain } from './cannot-start.ts';

/** The right to be the only server on a data folder. */
export interface Lock {
  release(): Promise<void>;
}

/**
 * Takes the exclusive lock on a data folder. The kernel frees it with its process, however that
 * dies, so nothing stale has to be judged: a process id is used again, a heartbeat lies when a
 * laptop sleeps, and neither says anything about a process in another container.
 * @throws CannotStart when a server holds the folder, or when the folder cannot hold a lock */
export async function takeLock(data_dir: string): Promise<Lock> {
  try {
    return process.platform === 'linux' ? await takeSocket(data_dir) : takeFile(data_dir);
  } catch (thrown) {
    throw explain('taking the lock on the data folder', data_dir, thrown);
  }
}

const held = (data_dir: string, holder: string) =>
  new CannotStart(
    `Another Wheelhouse server (${holder}) uses the data folder ${data_dir}. Stop that one, or ` +
      'give this one its own folder: WHEELHOUSE_DATA_DIR.',
  );

// Numbers of open(2) that Node does not name: macOS takes the lock while opening, Windows opens
// for nobody else. Both let go when the process ends. Linux has neither, hence the socket below.
const exclusive = process.platform === 'win32' ? 0x1000_0000 : 0x20 | constants.O_NONBLOCK;

function takeFile(data_dir: string): Lock {
  const { O_CREAT, O_RDWR } = constants;
  try {
    const file = openSync(join(data_dir, 'lock'), O_RDWR | O_CREAT | exclusive, 0o600);
    return { release: async () => closeSync(file) };
  } catch (thrown) {
    const code = (thrown as NodeJS.ErrnoException).code ?? '';
    if (['EAGAIN', 'EBUSY', 'EWOULDBLOCK'].includes(code)) throw held(data_dir, 'a process here');
    throw thrown;
  }
}

/**
 * The lock on Linux is a listening socket in `lock/`, in numbered generations. The highest number
 * is the holder when something listens on it, and free otherwise. Whoever wants the lock links its
 * own socket, already listening, under the next number: a link is made by one of two, never both.
 * The highest number is never removed, so someone who looked long ago either finds the number
 * taken or, after linking, a higher one, and gives way. A socket file answers across containers
 * that share the folder; /proc/self/fd keeps its address short however long the path is.
 */
async function takeSocket(data_dir: string): Promise<Lock> {
  const folder = join(data_dir, 'lock');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const opened = openSync(folder, constants.O_RDONLY | constants.O_DIRECTORY);
  const own = `new-${randomBytes(6).toString('hex')}`;
  const holder = `process ${process.pid}, since ${new Date().toISOString()}`;
  const server = net.createServer((asking) => asking.on('error', () => {}).end(holder));
  server.unref();
  const address = (name: string) => `/proc/self/fd/${opened}/${name}`;
  try {
    await listen(server, address(own)).catch((thrown: NodeJS.ErrnoException) => {
      // Bound but not yet listening, it looks dead, and the holder sweeps it away: there is one.
      const swept = thrown.code === 'ENOENT' || thrown.message.includes('ENOENT');
      throw swept ? held(data_dir, 'started at the same moment') : thrown;
    });
    await linkNext(data_dir, folder, own, (generation) => ask(address(`${generation}`)));
    await sweep(folder, (name) => ask(address(name)));
  } catch (thrown) {
    server.close();
    throw thrown;
  } finally {
    rmSync(join(folder, own), { force: true });
    closeSync(opened);
  }
  return { release: () => new Promise((done) => server.close(() => done())) };
}

/** Whoever may enter the folder may ask, so that a socket that root left can be judged too. */
const listen = (server: net.Server, path: string) =>
  new Promise<void>((done, failed) => {
    const asked = { path, readableAll: true, writableAll: true };
    server.once('error', failed).listen(asked, () => done());
  });

const generations = (folder: string) =>
  readdirSync(folder)
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .sort((a, b) => a - b);

async function linkNext(
  data_dir: string,
  folder: string,
  own: string,
  holderOf: (generation: number) => Promise<string | undefined>,
): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const highest = generations(folder).at(-1) ?? 0;
    const holder = highest > 0 ? await holderOf(highest) : undefined;
    if (holder !== undefined) throw held(data_dir, holder);
    try {
      linkSync(join(folder, own), join(folder, `${highest + 1}`));
    } catch (thrown) {
      const code = (thrown as NodeJS.ErrnoException).code;
      if (code === 'EEXIST') continue;
      // Only a holder sweeps, so a name that vanished means that somebody has the lock.
      if (code === 'ENOENT') throw held(data_dir, 'started at the same moment');
      throw thrown;
    }
    if (generations(folder).at(-1) === highest + 1) return;
    rmSync(join(folder, `${highest + 1}`), { force: true });
  }
  throw held(data_dir, 'one of several that start at once');
}

/** Removes the generations before ours, and sockets that died between listening and linking. */
async function sweep(folder: string, holderOf: (name: string) => Promise<string | undefined>) {
  for (const generation of generations(folder).slice(0, -1)) rmSync(join(folder, `${generation}`));
  for (const name of readdirSync(folder).filter((entry) => entry.startsWith('new-'))) {
    if ((await holderOf(name)) === undefined) rmSync(join(folder, name), { force: true });
  }
}

/** Who listens on a socket, in its own words; undefined when nothing does. A holder that is busy
 *  or stopped still holds: the kernel accepts for it, and half a second is enough to be polite. */
function ask(path: string): Promise<string | undefined> {
  return new Promise((done) => {
    let words = '';
    const socket = net.connect(path);
    const finish = (holder: string | undefined) => {
      socket.destroy();
      done(holder);
    };
    socket.setEncoding('utf8').setTimeout(500, () => finish(words || 'a process that is busy'));
    socket.on('data', (chunk) => {
      words += chunk;
    });
    socket.on('end', () => finish(words || 'a process here'));
    socket.on('error', (thrown: NodeJS.ErrnoException) => {
      const nobody = thrown.code === 'ECONNREFUSED' || thrown.code === 'ENOENT';
      finish(nobody ? undefined : words || `a process here, ${thrown.code}`);
    });
  });
}

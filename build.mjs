// What `npm start` and `npm test` do before anything else: install what is missing, build what is
// stale. Plain JavaScript, because nothing is installed or compiled when it runs.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import net from 'node:net';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Wheelhouse needs Node.js 20.19 or later; this is ${process.versions.node}. ` +
      'Get a newer one at https://nodejs.org, then try again.',
  );
  process.exit(1);
}

export const root = fileURLToPath(new URL('.', import.meta.url));
const at = (...parts) => join(root, ...parts);

/** Thrown with a sentence for a person; no stack is shown for it. */
export class Stopped extends Error {}

/** npm hands a signal to the shell between us and it, and most shells die of it without passing it
 *  on: the server would go on unseen, holding its data folder. So losing that shell ends us too. */
export function endWithParent() {
  if (!process.env.npm_lifecycle_event || process.platform === 'win32') return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 200);
  watch.unref();
}

/** Runs a program to its end with our input and output, unless `stdio` says otherwise.
 *  A signal that ends us ends it too.
 *  @returns its exit code */
export function run(program, args, { stdio = 'inherit', ...options } = {}) {
  return new Promise((done, failed) => {
    const child = spawn(program, args, { cwd: root, stdio, ...options });
    const stop = (signal) => {
      child.kill(signal);
      process.exit(signal === 'SIGINT' ? 130 : 143);
    };
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stop);
    const forget = () => {
      for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, stop);
    };
    child.on('error', (thrown) => {
      forget();
      failed(thrown);
    });
    child.on('close', (code) => {
      forget();
      done(code ?? 1);
    });
  });
}

/** Runs a program that a package brought, by the path of its script. */
export const runNode = (script, args, options) =>
  run(process.execPath, [at('node_modules', script), ...args], options);

/** Does `work` while no other copy works in this tree; another one waits for its turn. The kernel
 *  ends a hold with its process, so a copy that was killed holds up nobody. */
export async function alone(work) {
  let hold;
  for (let told = false; ; told = true) {
    hold = await tryHold();
    if (hold.release) break;
    if (!told) console.log('Another copy is installing or building here; waiting for it.');
    await hold.ended;
  }
  try {
    return await work();
  } finally {
    hold.release();
  }
}

function tryHold() {
  const name = createHash('sha256').update(fs.realpathSync(root)).digest('hex').slice(0, 24);
  if (process.platform === 'linux') return tryListen(`\0wheelhouse-build-${name}`);
  if (process.platform === 'win32') return tryListen(`\\\\.\\pipe\\wheelhouse-build-${name}`);
  return tryOpen(at('.wheelhouse'));
}

/** Listening on a name that is no file: only one can, and its end closes every connection to it. */
function tryListen(path) {
  return new Promise((done, failed) => {
    const waiting = new Set();
    const server = net.createServer((socket) => {
      waiting.add(socket.on('error', () => {}).on('close', () => waiting.delete(socket)));
    });
    const release = () => {
      server.close();
      for (const socket of waiting) socket.destroy();
    };
    server.once('error', (thrown) => {
      if (thrown.code !== 'EADDRINUSE') return failed(thrown);
      const ended = new Promise((end) => {
        const socket = net.connect(path);
        socket.on('error', () => {}).on('close', () => end());
      });
      return done({ ended });
    });
    server.listen({ path }, () => {
      server.unref();
      done({ release });
    });
  });
}

/** macOS takes a lock while opening (O_EXLOCK, which Node does not name). */
function tryOpen(folder) {
  fs.mkdirSync(folder, { recursive: true });
  const { O_CREAT, O_RDWR, O_NONBLOCK } = fs.constants;
  try {
    const file = fs.openSync(join(folder, 'build.lock'), O_RDWR | O_CREAT | O_NONBLOCK | 0x20);
    return { release: () => fs.closeSync(file) };
  } catch (thrown) {
    if (thrown.code !== 'EAGAIN') throw thrown;
    return { ended: new Promise((end) => setTimeout(end, 200)) };
  }
}

/** Installs the packages of the lockfile when those in node_modules are not the same. */
export async function install() {
  if (isInstalled()) return;
  console.log('Installing packages; this happens once, and when they change.');
  const npm = process.env.npm_execpath;
  // The build needs the development packages, whatever NODE_ENV says.
  const args = [
    'ci',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  const options = { stdio: ['ignore', 'ignore', 'inherit'] };
  const code = npm?.endsWith('.js')
    ? await run(process.execPath, [npm, ...args], options)
    : await run('npm', args, { ...options, shell: process.platform === 'win32' }).catch(() => 127);
  if (code !== 0) {
    throw new Stopped(
      code === 127
        ? 'npm was not found. Install Node.js with npm, then try again.'
        : `Installing packages failed (npm ended with ${code}; its words are above). Without a ` +
            'network, npm needs them in its cache. Mend that, then try again: nothing else was done.',
    );
  }
  fs.writeFileSync(platform_mark, platform);
}

const platform = `${process.platform} ${process.arch}`;
const platform_mark = at('node_modules', '.wheelhouse-platform');

/** npm leaves a list of what it installed, written last; it is compared with the lockfile, so that
 *  packages put there by hand with "npm install" count as well. */
function isInstalled() {
  const wanted = readJson(at('package-lock.json'))?.packages ?? {};
  const there = readJson(at('node_modules', '.package-lock.json'))?.packages;
  if (!there) return false;
  // Native packages of another system (a folder shared into a container) do not run here.
  const mark = fs.existsSync(platform_mark) ? fs.readFileSync(platform_mark, 'utf8') : platform;
  if (mark !== platform) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (!path.includes('node_modules/')) return true;
    const found = there[path];
    if (!found) return entry.optional === true || entry.devOptional === true;
    return found.version === entry.version && found.integrity === entry.integrity;
  });
}

function readJson(path) {
  try {
    return JSON.parse(fs.readFileSync(path, 'utf8'));
  } catch (thrown) {
    if (thrown.code === 'ENOENT' || thrown instanceof SyntaxError) return undefined;
    throw thrown;
  }
}

/** Compiles what changed; the compiler itself knows what that is. */
export const compile = () => runNode('typescript/bin/tsc', ['-b']);

const web_stamp = at('web', 'dist', '.built-from');

/** Builds the web app when anything it is made of has changed, in a folder beside the one that is in
 *  use, and the stamp last: a build cut short is built again. */
export async function buildWeb() {
  if (!fs.existsSync(at('web', 'index.html'))) return 0;
  const sources = hashOf('web', 'core/src', 'sdk/src', 'plan/src', 'package-lock.json');
  if (fs.existsSync(web_stamp) && fs.readFileSync(web_stamp, 'utf8') === sources) return 0;
  console.log('Building the web app.');
  // Where nobody looks for sources, and within the same file system.
  const [next, last] = ['.next', '.last'].map((name) => at('web', 'node_modules', name));
  let code = 0;
  // The widget after the web app, which empties the folder.
  for (const config of ['vite.config.ts', 'vite.widget.config.ts']) {
    const args = ['build', '--config', config, '--outDir', next, '--logLevel', 'warn'];
    code ||= await runNode('vite/bin/vite.js', args, { cwd: at('web') });
  }
  if (code !== 0) return code;
  fs.writeFileSync(join(next, basename(web_stamp)), sources);
  takePlace(at('web', 'dist'), next, last);
  return 0;
}

/** Puts what was built in the place of what was built before, at one moment: a server that runs
 *  beside it never serves a half of each. */
function takePlace(place, next, last) {
  fs.rmSync(last, { recursive: true, force: true });
  if (fs.existsSync(place)) fs.renameSync(place, last);
  fs.renameSync(next, place);
  fs.rmSync(last, { recursive: true, force: true });
}

/** One hash of the contents and names of everything under the paths, tests apart. */
function hashOf(...paths) {
  const hash = createHash('sha256');
  const add = (path) => {
    const name = basename(path);
    if (name === 'node_modules' || name === 'dist' || name.includes('.test.')) return;
    if (fs.statSync(path).isDirectory()) {
      for (const entry of fs.readdirSync(path).sort()) add(join(path, entry));
    } else {
      hash
        .update(`${relative(root, path)}\0`)
        .update(fs.readFileSync(path))
        .update('\0');
    }
  };
  for (const path of paths) if (fs.existsSync(at(path))) add(at(path));
  return hash.digest('hex');
}

/** Installs and builds everything that runs. @throws Stopped */
export const prepare = () =>
  alone(async () => {
    await install();
    const faults = [];
    if ((await compile()) !== 0) faults.push('the TypeScript does not compile');
    if ((await buildWeb()) !== 0) faults.push('the web app does not build');
    if (faults.length > 0) throw new Stopped(`The build failed: ${faults.join(', and ')}.`);
  });

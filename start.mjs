// npm start: from a fresh clone to a running server. Also: --build-only, --dev, --run FILE [args…]
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { alone, compile, endWithParent, install, prepare, root, Stopped } from './build.mjs';

const [flag, file, ...rest] = process.argv.slice(2);

/** Becomes the program: what follows is its process, so signals, output and exit code are its own. */
async function become(path, args) {
  if (!existsSync(path)) throw new Stopped(`There is no ${path} in this tree to run.`);
  process.setSourceMapsEnabled(true);
  process.argv = [process.execPath, path, ...args];
  await import(pathToFileURL(path).href);
}

/** Compiles, serves the web app with hot reloading, and starts the server again when it changes. */
async function develop() {
  const faults = await alone(async () => {
    await install();
    return compile();
  });
  if (faults !== 0) console.log('The TypeScript does not compile yet; watching for changes.');
  const port = process.env.WHEELHOUSE_PORT ?? '4173';
  const at = (...parts) => join(root, ...parts);
  const watch = ['--enable-source-maps', '--watch', '--watch-preserve-output'];
  const children = [
    watcher([at('node_modules/typescript/bin/tsc'), '-b', '--watch', '--preserveWatchOutput']),
    watcher([at('node_modules/vite/bin/vite.js'), at('web'), '--clearScreen', 'false'], {
      WHEELHOUSE_API: `http://127.0.0.1:${port}`,
    }),
    watcher([...watch, at('server/dist/main.js')]),
  ];
  const stop = (code) => {
    for (const child of children) child.stop();
    process.exitCode ??= code;
  };
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => stop(0));
  for (const child of children) child.ended.then(() => stop(1));
}

/** A program that runs until it is stopped, with whatever it starts: the compiler's launcher would
 *  leave the compiler behind, so each has a process group of its own. */
function watcher(args, env = {}) {
  const own_group = process.platform !== 'win32';
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: own_group,
  });
  const ended = new Promise((done) => child.once('exit', done));
  const stop = () => {
    try {
      if (own_group) process.kill(-child.pid, 'SIGTERM');
      else child.kill();
    } catch (thrown) {
      if (thrown.code !== 'ESRCH') throw thrown;
    }
  };
  return { ended, stop };
}

endWithParent();
try {
  if (flag === '--dev') {
    await develop();
  } else if (flag === '--build-only') {
    await prepare();
  } else if (flag === '--run' && file) {
    await prepare();
    await become(resolve(root, file), rest);
  } else if (flag === undefined) {
    await prepare();
    await become(join(root, 'server/dist/main.js'), []);
  } else {
    throw new Stopped('Usage: node start.mjs [--build-only | --dev | --run FILE [arguments…]]');
  }
} catch (thrown) {
  if (!(thrown instanceof Stopped)) throw thrown;
  console.error(thrown.message);
  process.exit(1);
}

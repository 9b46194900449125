import { accessSync, chmodSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';

const packages = fileURLToPath(new URL('../../node_modules/', import.meta.url));

/** Without the network flags a headless Chromium asks after updates all the while; where nothing
 *  may leave the machine, each of those is a refused connection. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
];

/** A real Chromium.
 *  @throws Error in words when there is none: a journey that could not be walked has not passed */
export async function openBrowser(): Promise<Browser> {
  const path = process.env.CHROME_PATH || installed() || (await packed());
  if (!path) {
    throw new Error(
      'The journeys need a browser and found none. Install Chrome or Chromium, or name one in ' +
        'CHROME_PATH. (On Linux x64 one comes with the packages: run "npm install".)',
    );
  }
  try {
    return await chromium.launch({ executablePath: path, args: flags, timeout: 60_000 });
  } catch (cause) {
    throw new Error(`The browser at ${path} does not start. Name another one in CHROME_PATH.`, {
      cause,
    });
  }
}

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

function installed(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const found = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return [...found, ...places].find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** The browser that came in a package, unpacked once for this tree. Unpacked beside and then renamed,
 *  so that two runs at once never start a half-written one. */
async function packed(): Promise<string | undefined> {
  const from = join(packages, '@sparticuz', 'chromium', 'package.json');
  if (process.platform !== 'linux' || process.arch !== 'x64' || !existsSync(from)) return undefined;
  const { version } = JSON.parse(readFileSync(from, 'utf8')) as { version: string };
  const name = `wheelhouse-chromium-${version}`;
  // Where the packages may not be written, a folder of this user's among the temporary ones.
  const folders = [
    join(packages, '.cache', name),
    join(tmpdir(), `${name}-${process.getuid?.() ?? ''}`),
  ];
  const there = folders.find(isOurs);
  if (there) return join(there, 'chromium');
  const refusals: unknown[] = [];
  for (const folder of folders) {
    try {
      return await unpackTo(folder);
    } catch (refused) {
      refusals.push(refused);
    }
  }
  throw new AggregateError(refusals, 'The browser among the packages could not be unpacked.');
}

/** Whether a browser stands there that this user, or root, unpacked. */
function isOurs(folder: string): boolean {
  const found = statSync(join(folder, 'chromium'), { throwIfNoEntry: false });
  return found !== undefined && [0, process.getuid?.()].includes(found.uid);
}

async function unpackTo(folder: string): Promise<string> {
  await mkdir(dirname(folder), { recursive: true });
  const own = await mkdtemp(`${folder}-`);
  try {
    await unpack(own);
    await rename(own, folder).catch((refused) => {
      if (!isOurs(folder)) throw refused;
    });
  } finally {
    await rm(own, { recursive: true, force: true });
  }
  return join(folder, 'chromium');
}

/** The package unpacks into the temporary folder, wherever that is said to be. */
async function unpack(folder: string): Promise<void> {
  const before = process.env.TMPDIR;
  process.env.TMPDIR = folder;
  try {
    const { default: sparticuz } = await import('@sparticuz/chromium');
    await sparticuz.executablePath();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
  // Another user of the same tree starts it too.
  chmodSync(folder, 0o755);
  chmodSync(join(folder, 'chromium'), 0o755);
}

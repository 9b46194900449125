import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { accountFor, pickAccount, reachable } from './account.ts';
import { findBinaries } from './binaries.ts';
import { installedPackage, packageFolder } from './package.ts';

const fresh = () => fs.mkdtempSync(join(tmpdir(), 'wheelhouse-package-'));

test('[B6] the links that npm 12 does not make are made beside the data', () => {
  const folder = fresh();
  try {
    fs.chmodSync(folder, 0o755);
    const native = join(folder, 'native');
    const is_file = (path: string) => !fs.lstatSync(path).isSymbolicLink();
    fs.cpSync(installedPackage(), native, { recursive: true, filter: is_file });
    const before = fs.readdirSync(join(native, 'lib'));
    const data_dir = join(folder, 'data');
    const wanted = { data_dir, account: accountFor(join(data_dir, 'postgres')) };
    const { libraries } = packageFolder(native, wanted);
    expect(fs.readdirSync(join(native, 'lib'))).toEqual(before);
    const listed: { target: string }[] = JSON.parse(
      fs.readFileSync(join(native, 'pg-symlinks.json'), 'utf8'),
    );
    for (const { target } of listed) {
      const name = target.split('/').at(-1) as string;
      expect(libraries.some((library) => fs.existsSync(join(library, name)))).toBe(true);
    }
    expect(packageFolder(native, wanted)).toEqual(packageFolder(native, wanted));
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
});

test('[B7] a folder without the programs is refused, naming the setting', () => {
  const folder = fresh();
  try {
    const wanted = { data_dir: folder, account: undefined, bin_dir: folder };
    expect(() => findBinaries(wanted)).toThrow(/WHEELHOUSE_POSTGRES_BIN is .* no initdb in it/);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
});

test('[B7] root gets an account that exists, or is told there is none', () => {
  const root = 'root:x:0:0:root:/root:/bin/sh';
  const nobody = 'nobody:x:65534:65533:nobody:/:/bin/false';
  const postgres = 'postgres:x:70:71::/var:/bin/false';
  expect(pickAccount([root, postgres, nobody].join('\n'))).toEqual({ uid: 65_534, gid: 65_533 });
  expect(pickAccount([root, postgres].join('\n'))).toEqual({ uid: 70, gid: 71 });
  expect(() => pickAccount(root)).toThrow(/WHEELHOUSE_DATABASE_URL/);
  expect(() => pickAccount('')).toThrow(/WHEELHOUSE_DATABASE_URL/);
});

test('[B6] what another account can reach is judged by every folder above', () => {
  const folder = fresh();
  try {
    const inner = join(folder, 'inner');
    fs.mkdirSync(inner, { mode: 0o755 });
    const stranger = { uid: 65_000, gid: 65_000 };
    fs.chmodSync(folder, 0o711);
    expect(reachable(inner, stranger)).toBe(true);
    expect(reachable(folder, stranger)).toBe(false);
    fs.chmodSync(folder, 0o700);
    expect(reachable(inner, stranger)).toBe(false);
    expect(reachable(inner, undefined)).toBe(true);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
});

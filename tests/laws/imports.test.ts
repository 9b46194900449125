import { expect, test } from 'vitest';
import { type Import, importsOf, rings } from './imports.ts';
import { isTest, parse, sourceTexts, type Texts } from './sources.ts';

interface Room {
  name: string;
  files: RegExp;
  /** The rooms it may import besides itself. */
  may: string[];
  /** The packages and modules of Node it may use: all of them, or these; `type zod` for types only. */
  packages: '*' | string[];
  /** What inside it may not import what else inside it. */
  apart?: RegExp;
}

const core_packages = ['zod', '@cfworker/json-schema', '@noble/hashes', 'safe-regex2'];
const fastify = ['cookie', 'cors', 'helmet', 'rate-limit', 'static', 'swagger', 'swagger-ui'];
const http_packages = ['fastify', ...fastify.map((name) => `@fastify/${name}`)];
const server = ['core', 'config', 'ports', 'world', 'store', 'store as owner', 'actions'].concat([
  'realtime',
  'http',
  'jobs',
]);

/** Who may import whom. Arrows go down; the first line that fits a file is its room. */
const table: Room[] = [
  { name: 'core', files: /^core\/src\//, may: [], packages: core_packages },
  { name: 'sdk', files: /^sdk\/src\//, may: ['core'], packages: ['@noble/hashes'] },
  {
    name: 'plan command',
    files: /^plan\/src\/(main|command\/.*)\.ts$/,
    may: ['core', 'plan'],
    packages: ['linkedom', 'node:*'],
  },
  // A page makes the same report, so nothing of Node is in it.
  { name: 'plan', files: /^plan\/src\//, may: ['core'], packages: ['@observablehq/plot'] },
  { name: 'config', files: /^server\/src\/config\.ts$/, may: [], packages: ['zod'] },
  { name: 'ports', files: /^server\/src\/ports\.ts$/, may: ['core'], packages: [] },
  { name: 'world', files: /^server\/src\/world\//, may: ['core', 'ports'], packages: '*' },
  // These open a connection of their own, as the owner of the schema: there is no transaction of
  // the program yet, or it must not be one.
  {
    name: 'store as owner',
    files: /^server\/src\/store\/(migrate|catalog|dump|dump-format|restore|transaction-ids)\.ts$/,
    may: ['core'],
    packages: '*',
  },
  { name: 'store', files: /^server\/src\/store\//, may: ['core', 'ports'], packages: ['type zod'] },
  {
    name: 'actions',
    files: /^server\/src\/actions\//,
    may: ['core', 'ports', 'store'],
    packages: ['type zod', 'node:crypto', 'node:stream'],
  },
  {
    name: 'realtime',
    files: /^server\/src\/realtime\//,
    may: ['core', 'ports', 'actions'],
    packages: ['type node:http'],
  },
  {
    name: 'http',
    files: /^server\/src\/http\//,
    // Waits and streams are routes too, so this room opens that one.
    may: ['core', 'ports', 'config', 'actions', 'realtime'],
    packages: [...http_packages, 'fastify-type-provider-zod', 'zod', 'node:*'],
  },
  {
    name: 'jobs',
    files: /^server\/src\/jobs\//,
    may: ['core', 'ports', 'actions'],
    packages: ['type zod', 'standardwebhooks', 'node:events'],
  },
  { name: 'serve', files: /^server\/src\/serve\.ts$/, may: server, packages: [] },
  {
    name: 'demo',
    files: /^server\/src\/demo\//,
    may: [...server, 'serve'],
    packages: '*',
  },
  {
    name: 'commands',
    files: /^server\/src\/(main|backup|audit-command|audit-verify)\.ts$/,
    may: [...server, 'serve', 'demo'],
    packages: '*',
  },
  {
    name: 'testing',
    files: /^server\/src\/testing\//,
    may: [...server, 'serve'],
    packages: '*',
  },
  // What a customer's browser loads: nothing of core comes along but its types and
  // how it reads Markdown.
  { name: 'widget', files: /^web\/src\/widget\//, may: ['core'], packages: [] },
  { name: 'live', files: /^web\/src\/live\//, may: ['core', 'sdk'], packages: '*' },
  { name: 'kit', files: /^web\/src\/kit\//, may: ['core', 'sdk', 'live'], packages: '*' },
  {
    name: 'rooms',
    files: /^web\/src\/rooms\/[^/]+\//,
    may: ['core', 'sdk', 'plan', 'live', 'kit'],
    packages: '*',
    apart: /^web\/src\/rooms\/[^/]+/,
  },
  {
    name: 'web',
    files: /^web\/src\/[^/]+\.tsx?$|^web\/src\/rooms\/rooms\.tsx$/,
    may: ['core', 'sdk', 'live', 'kit', 'rooms'],
    packages: '*',
  },
  {
    name: 'bench',
    files: /^bench\/src\//,
    may: ['core', 'sdk', 'testing', 'world'],
    packages: '*',
  },
  { name: 'adapters', files: /^adapters\//, may: ['sdk'], packages: '*' },
];

/** What the table would refuse and is meant: from, to, why. */
const meant = new Map([
  // A gate's preview is the very form that the desk will ask.
  ['web/src/rooms/gates/FormPreview.tsx', 'web/src/rooms/desk/questions.tsx'],
]);

const roomOf = (path: string): Room | undefined => table.find(({ files }) => files.test(path));

function findings(imports: readonly Import[]): string[] {
  return imports.flatMap((one) => {
    const why = one.is_file ? climbs(one) : foreign(one);
    return why ? [`${one.from} imports ${one.specifier}: ${why}`] : [];
  });
}

function climbs({ from, to }: Import): string | undefined {
  const room = roomOf(from);
  if (!room) return 'it stands in no room';
  if (isTest(to)) return 'what is not a test imports none';
  const other = roomOf(to.replace(/\.module\.css$|\.css$/, '.ts'));
  if (!other) return 'that stands in no room';
  if (other !== room)
    return room.may.includes(other.name) ? undefined : `${room.name} may not import ${other.name}`;
  const [here, there] = [from, to].map((path) => room.apart?.exec(path)?.[0]);
  if (here === there || meant.get(from) === to) return undefined;
  return `${here} may not import ${there}`;
}

function foreign({ from, to, types_only }: Import): string | undefined {
  const room = roomOf(from);
  if (!room || room.packages === '*') return undefined;
  const allowed = (name: string) =>
    room.packages.includes(name) || (types_only && room.packages.includes(`type ${name}`));
  if (allowed(to) || (to.startsWith('node:') && allowed('node:*'))) return undefined;
  return `${room.name} may not use it`;
}

const importsIn = (texts: Texts): Import[] =>
  [...parse(texts)].flatMap(([path, tree]) => importsOf(path, tree));

test('[H1] imports keep to the table of rooms', () => {
  const sources = Object.entries(sourceTexts()).filter(([path]) => !isTest(path));
  expect(sources.length).toBeGreaterThan(300);
  const imports = importsIn(Object.fromEntries(sources));
  expect(imports.length).toBeGreaterThan(1500);
  expect(findings(imports)).toEqual([]);
  expect(rings(imports)).toEqual([]);
  const unused = [...meant].filter(
    ([from, to]) => !imports.some((one) => one.from === from && one.to === to),
  );
  expect(unused).toEqual([]);
});

test('[H1] what climbs, or uses what its room may not, is found, however it is imported', () => {
  const made_up = (path: string, text: string) => findings(importsIn({ [path]: text }));
  const refused: [string, string, string][] = [
    ['core/src/gate.ts', "import { readFile } from 'node:fs';", 'core may not use it'],
    ['core/src/gate.ts', "import type { Case } from '../../sdk/src/client.ts';", 'import sdk'],
    ['server/src/store/cases.ts', "import * as z from 'zod';", 'store may not use it'],
    ['server/src/store/cases.ts', "export * from '../actions/case.ts';", 'import actions'],
    ['server/src/jobs/seal.ts', "const a = import('../store/cases.ts');", 'import store'],
    ['server/src/actions/case.ts', "import pg from 'pg';", 'actions may not use it'],
    ['server/src/http/app.ts', "type A = import('../world/clock.ts').A;", 'import world'],
    ['server/src/realtime/tail.ts', "import '../testing/start.ts';", 'import testing'],
    ['sdk/src/client.ts', "import { z } from 'zod';", 'sdk may not use it'],
    ['web/src/rooms/desk/A.tsx', "import { B } from '../data/B.tsx';", 'web/src/rooms/data'],
    ['web/src/kit/A.tsx', "import css from '../rooms/desk/A.module.css';", 'import rooms'],
    ['web/src/live/api.ts', "import { tell } from '../kit/tell.ts';", 'import kit'],
    ['server/src/left-over.ts', "import { a } from './ports.ts';", 'stands in no room'],
    ['server/src/serve.ts', "import { a } from './ports.test.ts';", 'imports none'],
  ];
  for (const [path, text, why] of refused) {
    expect([path, text, made_up(path, text)]).toEqual([path, text, [expect.stringContaining(why)]]);
  }
  expect(made_up('server/src/store/cases.ts', "import type * as z from 'zod';")).toEqual([]);
  expect(made_up('web/src/rooms/desk/A.tsx', "import { B } from './B.tsx';")).toEqual([]);
});

test('[H1] files that import each other in a ring are found', () => {
  const ring = { 'core/src/a.ts': "import './b.ts';", 'core/src/b.ts': "import './c.ts';" };
  const closed = { ...ring, 'core/src/c.ts': "export * from './a.ts';" };
  expect(rings(importsIn(closed))).toEqual([
    'core/src/a.ts → core/src/b.ts → core/src/c.ts → core/src/a.ts',
  ]);
  const open = { ...ring, 'core/src/c.ts': "import type { A } from './a.ts';" };
  expect(rings(importsIn(open))).toEqual([]);
});

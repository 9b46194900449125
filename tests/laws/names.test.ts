import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { basename } from 'node:path/posix';
import {
  isClassDeclaration,
  isFunctionDeclaration,
  isIdentifier,
  isInterfaceDeclaration,
  isParameterDeclaration,
  isPropertySignatureDeclaration,
  isTypeAliasDeclaration,
  isVariableDeclaration,
  type Node,
} from 'typescript/unstable/ast';
import { expect, test } from 'vitest';
import { isTest, lineOf, parse, root, sourceTexts, type Texts, walk } from './sources.ts';

/** Every text that is committed, by its path. */
function committedTexts(): Texts {
  // Whoever runs the tests may not be who owns the files.
  const args = ['-c', 'safe.directory=*', 'ls-files', '-z'];
  const paths = execFileSync('git', args, { cwd: root, encoding: 'utf8' }).split('\0');
  const texts: Texts = {};
  for (const path of paths.filter((one) => one && existsSync(join(root, one)))) {
    const text = readFileSync(join(root, path), 'utf8');
    if (!text.includes('\0')) texts[path] = text;
  }
  return texts;
}

const left_over =
  /^(utils?|helpers?|common|shared|misc|manager|types?|services?|lib|stuff|interfaces|constants)\b/;
/** The fronts of what strangers import; elsewhere a file is named for what is in it. */
const fronts = ['core/src/index.ts', 'core/src/learn/index.ts', 'sdk/src/index.ts'].concat(
  'plan/src/index.ts',
);

function fileFindings(paths: readonly string[]): string[] {
  return paths.flatMap((path) => {
    const name = basename(path);
    if (left_over.test(name)) return [`${path} is named for being left over`];
    const front = /^index\.(tsx?|mjs|js)$/.test(name) && !fronts.includes(path);
    return front ? [`${path} is a front where none is needed`] : [];
  });
}

/** Words that GLOSSARY.md has another noun for, each with that noun. */
const synonyms: Record<string, string> = {
  tenant: 'workspace',
  ticket: 'case',
  task: 'case',
  annotator: 'rater',
  labeler: 'rater',
  labeller: 'rater',
  annotation: 'answer',
  proposal: 'output',
  approval: 'outcome or resolution',
  ruleset: 'policy',
  auditlog: 'event',
  util: 'what it does',
  utils: 'what it does',
  helper: 'what it does',
  helpers: 'what it does',
  manager: 'what it does',
  misc: 'what it is',
};

const wordsOf = (name: string): string[] =>
  name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split('_');

/** The name that a node gives to something. */
function declaredIn(node: Node): string | undefined {
  const declares =
    isInterfaceDeclaration(node) ||
    isTypeAliasDeclaration(node) ||
    isClassDeclaration(node) ||
    isFunctionDeclaration(node) ||
    isVariableDeclaration(node) ||
    isParameterDeclaration(node) ||
    isPropertySignatureDeclaration(node);
  return declares && node.name && isIdentifier(node.name) ? node.name.text : undefined;
}

const betterFor = (name: string): string | undefined => {
  const word = wordsOf(name).find((one) => Object.hasOwn(synonyms, one));
  return word && synonyms[word];
};

function nounFindings(texts: Texts): string[] {
  const found: string[] = [];
  for (const [path, tree] of parse(texts)) {
    walk(tree, (node) => {
      const name = declaredIn(node);
      const better = name && betterFor(name);
      if (better) found.push(`${path}:${lineOf(tree, node)} ${name}: the noun is ${better}`);
    });
  }
  return found;
}

/** Tables and columns whose noun is another. */
const columnFindings = (schema: string): string[] =>
  [...schema.matchAll(/^(?:create table| ) (\w+) /gm)].flatMap(([, name = '']) => {
    const better = betterFor(name);
    return better ? [`${name}: the noun is ${better}`] : [];
  });

// A letter in brackets keeps this file from holding what it looks for.
const unwanted: [string, RegExp][] = [
  ['is not finished', /\b(TO[D]O|FIX[M]E|XX[X])\b/],
  [
    'names a place on one machine',
    /(?<![\w.*-])\/(wor[k]|roo[t]|(hom[e]|User[s])\/\w+)\/|\b[A-Z]:\\+User[s]\b/,
  ],
  [
    'names a package registry',
    /\bregistry\.[\w-]+\.\w|\bnpmmirro[r]\b|\bnpm\.pk[g]\.|\bartifactor[y]\b|\bverdacci[o]\b|\bjfro[g]\b/i,
  ],
  [
    'says what wrote it',
    /co-author[e]d-by|\b(generated|written) (by|with) (an? )?(AI|assistant|copilo[t]|claud[e]|chatgp[t])\b/i,
  ],
];
const left_out =
  /(\b(test|it|describe)\.(only|skip|todo)|(?<!\.)\b(xit|xtest|fit|fdescribe|xdescribe))\s*\(/;

function textFindings(texts: Texts): string[] {
  return Object.entries(texts).flatMap(([path, text]) => {
    const looked: [string, RegExp][] = isTest(path)
      ? [...unwanted, ['leaves a test out', left_out]]
      : unwanted;
    return looked.flatMap(([fault, pattern]) => {
      const at = text.search(pattern);
      return at === -1 ? [] : [`${path}:${text.slice(0, at).split('\n').length} ${fault}`];
    });
  });
}

test('[H6] files and nouns are named as the glossary has them', () => {
  const texts = committedTexts();
  expect(Object.keys(texts).length).toBeGreaterThan(500);
  expect(fileFindings([...Object.keys(texts), ...Object.keys(sourceTexts())])).toEqual([]);
  const own = Object.entries(sourceTexts()).filter(([path]) => !isTest(path));
  expect(nounFindings(Object.fromEntries(own))).toEqual([]);
  expect(columnFindings(readFileSync(join(root, 'server/schema.sql'), 'utf8'))).toEqual([]);
});

test('[H6] nothing committed is unfinished, leaves a test out, or names a machine or a registry', () => {
  expect(textFindings({ ...sourceTexts(), ...committedTexts() })).toEqual([]);
});

test('[H6] another noun, a file left over, an unfinished line and the name of a machine are found', () => {
  const paths = [
    'core/src/utils.ts',
    'web/src/kit/helpers.test.tsx',
    'server/src/store/index.ts',
    'core/src/index.ts',
  ];
  expect(fileFindings(paths).map((one) => one.split(' ')[0])).toEqual(paths.slice(0, 3));
  const nouns = `interface ReviewTask { tenant_id: string; multitasking: number }
    // a task, in words, is none\n const said = 'ticket'; function openTicket(annotator: string) {}`;
  expect(nounFindings({ 'core/src/a.ts': nouns }).map((one) => one.replace(/^\S+ /, ''))).toEqual([
    'ReviewTask: the noun is case',
    'tenant_id: the noun is workspace',
    'openTicket: the noun is case',
    'annotator: the noun is rater',
  ]);
  const schema =
    'create table tickets_open (\n  ticket text,\n  task_id text not null,\n  title text\n);';
  expect(columnFindings(schema)).toEqual(['ticket: the noun is case', 'task_id: the noun is case']);
  const joined = (...pieces: string[]) => pieces.join('');
  const texts = [
    joined('// TO', 'DO: later'),
    joined('cd /wor', 'k/main'),
    joined('open /ho', 'me/ann/notes'),
    joined('"resolved": "https://regi', 'stry.example.com/a.tgz"'),
    joined('Co-Auth', 'ored-By: someone'),
    joined('test.on', 'ly("a", run)'),
    joined('describe.sk', 'ip ("a", run)'),
  ];
  for (const text of texts) {
    expect([text, textFindings({ 'tests/a.test.ts': `one\n${text}` })]).toEqual([
      text,
      [expect.stringMatching(/^tests\/a\.test\.ts:2 /)],
    ]);
  }
  const fine =
    "import('./home/HomePage.tsx'); test.skipIf(absent)('a', run); profit(); '/work'; a.fit(b)";
  expect(textFindings({ 'tests/a.test.ts': fine })).toEqual([]);
});

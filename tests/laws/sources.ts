import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Node, type SourceFile, SyntaxKind } from 'typescript/unstable/ast';
import { createVirtualFileSystem } from 'typescript/unstable/fs';
import { API } from 'typescript/unstable/sync';

/** The repository, with the separator at its end. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

const rooms = ['core', 'sdk', 'plan', 'server', 'web', 'bench']
  .map((workspace) => `${workspace}/src`)
  .concat('adapters', 'tests');

/** Path from the root, with slashes → text. */
export type Texts = Record<string, string>;

/** Every program file of the rooms, tests too. */
export function sourceTexts(): Texts {
  const texts: Texts = {};
  for (const room of rooms) {
    for (const path of filesUnder(room)) {
      if (/\.(tsx?|mjs)$/.test(path)) texts[path] = readFileSync(join(root, path), 'utf8');
    }
  }
  return texts;
}

function filesUnder(folder: string): string[] {
  let names: string[];
  try {
    names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  } catch {
    return [];
  }
  const paths = names.map((name) => `${folder}/${name.split(sep).join('/')}`);
  return paths.filter((path) => !/\/(node_modules|dist)\//.test(path));
}

export const isTest = (path: string): boolean =>
  /\.test\.tsx?$/.test(path) || path.startsWith('tests/');

/** Reads texts as the compiler does, real or made up alike; the whole house takes about a second. */
export function parse(texts: Texts): Map<string, SourceFile> {
  const virtual: Texts = {};
  for (const [path, text] of Object.entries(texts)) virtual[`/${path}`] = text;
  const compilerOptions = {
    noResolve: true,
    noLib: true,
    types: [],
    allowJs: true,
    jsx: 'preserve',
  };
  virtual['/tsconfig.json'] = JSON.stringify({ compilerOptions, files: Object.keys(texts) });
  const api = new API({ cwd: '/', fs: createVirtualFileSystem(virtual) });
  try {
    const [project] = api.updateSnapshot({ openProjects: ['/tsconfig.json'] }).getProjects();
    const parsed = new Map<string, SourceFile>();
    for (const path of Object.keys(texts)) {
      const tree = project?.program.getSourceFile(`/${path}`);
      if (!tree) throw new Error(`the compiler does not read ${path}`);
      parsed.set(path, tree);
    }
    return parsed;
  } finally {
    api.close();
  }
}

/** Visits a node and everything in it. */
export function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  node.forEachChild((child) => walk(child, visit));
}

export const lineOf = (tree: SourceFile, node: Node): number =>
  tree.text.slice(0, node.getStart()).split('\n').length;

export { SyntaxKind };

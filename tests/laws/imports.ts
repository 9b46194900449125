import { dirname, join } from 'node:path/posix';
import {
  isCallExpression,
  isExportDeclaration,
  isImportDeclaration,
  isImportTypeNode,
  isLiteralTypeNode,
  isStringLiteral,
  type Node,
  type SourceFile,
} from 'typescript/unstable/ast';
import { SyntaxKind, walk } from './sources.ts';

export interface Import {
  from: string;
  /** As it is written. */
  specifier: string;
  /** A path from the root, when it names a file; else the package, or `node:…`. */
  to: string;
  is_file: boolean;
  /** Leaves nothing behind once it is compiled. */
  types_only: boolean;
}

/** The files in which each of our packages begins. */
const front_doors: Record<string, string> = {
  '@wheelhouse/core': 'core/src/index.ts',
  '@wheelhouse/core/learn': 'core/src/learn/index.ts',
  '@wheelhouse/core/markdown': 'core/src/markdown.ts',
  '@wheelhouse/plan': 'plan/src/index.ts',
  '@wheelhouse/sdk': 'sdk/src/index.ts',
  '@wheelhouse/server/testing/replay': 'server/src/testing/replay.ts',
};

/** What a file imports, in every way there is. */
export function importsOf(path: string, tree: SourceFile): Import[] {
  const found: Import[] = [];
  walk(tree, (node) => {
    const specifier = specifierOf(node);
    if (specifier === undefined) return;
    const file = front_doors[specifier] ?? fileNamed(path, specifier);
    found.push({
      from: path,
      specifier,
      to: file ?? packageOf(specifier),
      is_file: file !== undefined,
      types_only: isTypesOnly(node),
    });
  });
  return found;
}

function specifierOf(node: Node): string | undefined {
  let at: Node | undefined;
  if (isImportDeclaration(node) || isExportDeclaration(node)) at = node.moduleSpecifier;
  if (isImportTypeNode(node) && isLiteralTypeNode(node.argument)) at = node.argument.literal;
  if (isCallExpression(node) && node.expression.kind === SyntaxKind.ImportKeyword) {
    at = node.arguments[0];
  }
  return at && isStringLiteral(at) ? at.text : undefined;
}

function isTypesOnly(node: Node): boolean {
  if (isImportTypeNode(node)) return true;
  if (isExportDeclaration(node)) return node.isTypeOnly;
  if (!isImportDeclaration(node)) return false;
  return node.importClause?.phaseModifier === SyntaxKind.TypeKeyword;
}

const fileNamed = (from: string, specifier: string): string | undefined =>
  specifier.startsWith('.') ? join(dirname(from), specifier) : undefined;

/** `@noble/hashes/sha2.js` → `@noble/hashes`. */
export function packageOf(specifier: string): string {
  if (specifier.startsWith('node:')) return specifier;
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** The rings that files import each other in, each beginning where it was entered. Types alone make
 *  none: nothing of them is left to be loaded. */
export function rings(imports: readonly Import[]): string[] {
  const next = new Map<string, string[]>();
  for (const { from, to, is_file, types_only } of imports) {
    if (is_file && !types_only) next.set(from, [...(next.get(from) ?? []), to]);
  }
  const found: string[] = [];
  const done = new Set<string>();
  const trail: string[] = [];
  const follow = (path: string) => {
    const at = trail.indexOf(path);
    if (at !== -1) found.push([...trail.slice(at), path].join(' → '));
    if (at !== -1 || done.has(path)) return;
    trail.push(path);
    for (const to of next.get(path) ?? []) follow(to);
    trail.pop();
    done.add(path);
  };
  for (const path of next.keys()) follow(path);
  return found;
}

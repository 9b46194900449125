import {
  type CallExpression,
  type Expression,
  isArrayLiteralExpression,
  isCallExpression,
  isConditionalExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isSpreadElement,
  isStringLiteral,
  isVariableDeclaration,
  type SourceFile,
} from 'typescript/unstable/ast';
import { API, SymbolFlags, type Type, TypeFlags } from 'typescript/unstable/sync';
import { lineOf, root, walk } from './sources.ts';

/** What a row is said to carry in one column. */
export interface Promised {
  name: string;
  /** `string`, `number`, `boolean`, `object`, or `any` when it is left open. */
  kinds: Set<string>;
  nullable: boolean;
  optional: boolean;
}

/** One place where a statement is sent. */
export interface Use {
  /** File and line. */
  place: string;
  /** The statement's name; undefined where its text is put together on the spot. */
  statement: string | undefined;
  /** How many values go with it, where they are written out. */
  values: number | undefined;
  /** What its rows are said to be, unless nobody reads them. */
  row: Promised[] | undefined;
}

type Checker = ReturnType<ReturnType<API['updateSnapshot']>['getProjects']>[number]['checker'];

/** Every `tx.query<Row>(statement, [values])` and `tx.write(statement, [values])` under a folder, as
 *  the compiler understands it. */
export function statementUses(folder: string): Use[] {
  const api = new API({ cwd: root });
  try {
    const snapshot = api.updateSnapshot({ openProjects: [`${root}tsconfig.tests.json`] });
    const [project] = snapshot.getProjects();
    if (!project) throw new Error('the compiler opened no project');
    const { program, checker } = project;
    return program.getSourceFileNames().flatMap((path) => {
      const tree = path.startsWith(root + folder) ? program.getSourceFile(path) : undefined;
      return tree ? usesIn(path.slice(root.length), tree, checker) : [];
    });
  } finally {
    api.close();
  }
}

function usesIn(path: string, tree: SourceFile, checker: Checker): Use[] {
  const named = new Map<string, string>();
  const uses: Use[] = [];
  walk(tree, (node) => {
    if (isVariableDeclaration(node) && isIdentifier(node.name) && node.initializer) {
      const name = nameGiven(node.initializer);
      if (name) named.set(node.name.text, name);
    }
    if (!isCallExpression(node) || !isSending(node)) return;
    const [statement, values] = node.arguments;
    const row = node.typeArguments?.[0];
    const type = row && checker.getTypeFromTypeNode(row);
    for (const sent of statement ? choicesOf(statement) : []) {
      uses.push({
        place: `${path}:${lineOf(tree, node)}`,
        statement: isIdentifier(sent) ? named.get(sent.text) : undefined,
        values: countOf(values),
        row: type && promisesOf(type, checker),
      });
    }
  });
  return uses;
}

/** The name in `statement('name', …)`. */
function nameGiven(node: { kind: number }): string | undefined {
  const call = node as CallExpression;
  if (!isCallExpression(call) || !isIdentifier(call.expression)) return undefined;
  const [name] = call.arguments;
  return call.expression.text === 'statement' && name && isStringLiteral(name)
    ? name.text
    : undefined;
}

/** One statement or another, `is_new ? insert : update`. */
const choicesOf = (sent: Expression): Expression[] =>
  isConditionalExpression(sent) ? [sent.whenTrue, sent.whenFalse] : [sent];

function isSending({ expression: called }: CallExpression): boolean {
  if (!isPropertyAccessExpression(called) || !isIdentifier(called.expression)) return false;
  return called.expression.text === 'tx' && /^(query|write)$/.test(called.name.text);
}

function countOf(values: Expression | undefined): number | undefined {
  if (!values) return 0;
  if (!isArrayLiteralExpression(values) || values.elements.some(isSpreadElement)) return undefined;
  return values.elements.length;
}

const promisesOf = (row: Type, checker: Checker): Promised[] =>
  checker.getPropertiesOfType(row).map((symbol) => {
    const type = checker.getTypeOfSymbol(symbol);
    const parts = type?.isUnionType() ? type.getTypes() : [type];
    const kinds = new Set(parts.map((part) => kindOf(part?.flags ?? TypeFlags.Any)));
    const nullable = kinds.delete('null') || kinds.has('any');
    kinds.delete('undefined');
    const optional = (symbol.flags & SymbolFlags.Optional) !== 0;
    return { name: symbol.name, kinds, nullable, optional };
  });

function kindOf(flags: TypeFlags): string {
  if (flags & TypeFlags.Null) return 'null';
  if (flags & TypeFlags.Undefined) return 'undefined';
  if (flags & TypeFlags.StringLike) return 'string';
  if (flags & TypeFlags.NumberLike) return 'number';
  if (flags & TypeFlags.BooleanLike) return 'boolean';
  return flags & TypeFlags.AnyOrUnknown ? 'any' : 'object';
}

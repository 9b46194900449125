import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isCallExpression, isIdentifier, type Node } from 'typescript/unstable/ast';
import { expect, test } from 'vitest';
import { parse, root, sourceTexts, type Texts, walk } from './sources.ts';

/** The ids of the rules in a text of rules, in its order. */
const rulesIn = (text: string): string[] =>
  [...text.matchAll(/^- \*\*([A-Z]\d+)\*\* /gm)].map(([, id]) => id as string);

/** The letters that a text of rules says it has. */
const lettersIn = (text: string): string[] =>
  [...(/A letter names a room: (.*)\.$/m.exec(text)?.[1] ?? '').matchAll(/(?:^|, )([A-Z]) /g)].map(
    ([, letter]) => letter as string,
  );

/** The rules that titles of tests quote, each with the files that do. */
function quotedIn(texts: Texts): Map<string, string[]> {
  const quoted = new Map<string, string[]>();
  for (const [path, tree] of parse(texts)) {
    walk(tree, (node) => {
      for (const [, id = ''] of titleOf(node).matchAll(/\[([A-Z]\d+)\]/g)) {
        quoted.set(id, [...(quoted.get(id) ?? []), path]);
      }
    });
  }
  return quoted;
}

/** The title in `test('title', …)`, `test.skipIf(…)('title', …)` and their like. */
function titleOf(node: Node): string {
  if (!isCallExpression(node) || node.arguments.length < 2) return '';
  const caller = /^(test|it|describe)\b/.test(node.expression.getText());
  const [title] = node.arguments;
  return caller && title && !isIdentifier(title) ? title.getText() : '';
}

function findings(rules: string, texts: Texts): string[] {
  const known = rulesIn(rules);
  const letters = lettersIn(rules);
  const quoted = quotedIn(texts);
  return [
    ...known.filter((id, at) => known.indexOf(id) !== at).map((id) => `${id} stands twice`),
    ...known.filter((id) => !letters.includes(id.charAt(0))).map((id) => `${id} names no room`),
    ...known.filter((id) => !quoted.has(id)).map((id) => `no test quotes ${id}`),
    ...[...quoted].flatMap(([id, paths]) =>
      known.includes(id) ? [] : [`${paths.join(', ')} quotes ${id}, which is no rule`],
    ),
  ];
}

const testsOf = (texts: Texts): Texts =>
  Object.fromEntries(Object.entries(texts).filter(([path]) => /\.test\.tsx?$/.test(path)));

test('[H8] every rule is quoted by a test, and every rule that is quoted is there', () => {
  const rules = readFileSync(join(root, 'core/RULES.md'), 'utf8');
  expect(rulesIn(rules).length).toBeGreaterThan(100);
  expect(findings(rules, testsOf(sourceTexts()))).toEqual([]);
});

test('[H8] a rule without a test, a quote without a rule and a rule that stands twice are found', () => {
  const rules =
    'A letter names a room: Y yard, Z (zoo).\n\n- **Y1** One.\n- **Y2** Two.\n- **Z1** Three.\n';
  const quotes = (...ids: string[]) => ({
    'tests/a.test.ts': ids.map((id) => `test('${'['}${id}] holds', () => {});`).join('\n'),
  });
  expect(findings(rules, quotes('Y1', 'Y2', 'Z1'))).toEqual([]);
  expect(findings(rules, quotes('Y1', 'Z1'))).toEqual(['no test quotes Y2']);
  expect(findings(rules, quotes('Y1', 'Y2', 'Y3', 'Z1'))).toEqual([
    'tests/a.test.ts quotes Y3, which is no rule',
  ]);
  expect(
    findings(`${rules}- **Y1** Again.\n- **X1** Of no room.\n`, quotes('Y1', 'Y2', 'Z1', 'X1')),
  ).toEqual(['Y1 stands twice', 'X1 names no room']);
  const meant = `test.skipIf(absent)('${'['}Y1] a', run); // test('${'['}Y2] b', run)
    describe(\`${'['}Z1] \${kind}\`, run); expect('${'['}Y2]', 1);`;
  expect(findings(rules, { 'tests/a.test.ts': meant })).toEqual(['no test quotes Y2']);
});

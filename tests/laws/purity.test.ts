import {
  isCallExpression,
  isIdentifier,
  isMetaProperty,
  isNewExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  type Node,
  type SourceFile,
} from 'typescript/unstable/ast';
import { expect, test } from 'vitest';
import { isTest, lineOf, parse, sourceTexts, type Texts, walk } from './sources.ts';

/** What reaches outside, by the name one writes; `new Date()` is one without an argument. */
const clocks = ['Date.now', 'new Date()', 'Date()', 'performance'];
const chances = ['Math.random', 'randomBytes', 'randomUUID', 'randomInt', 'getRandomValues'];
const timers = ['setTimeout', 'setInterval'];
const networks = ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'];
const signals = ['AbortSignal.any', 'AbortSignal.timeout'];
const owned = ['Date.now', 'Math.random', 'process.env', ...signals];
const surroundings = ['process', 'globalThis', 'import.meta', 'setImmediate'];

interface Rule {
  files: RegExp;
  except?: RegExp;
  refused: string[];
}
const commands = /^server\/src\/(main|backup|audit-command|audit-verify|demo\/main)\.ts$/;
const rules: Rule[] = [
  {
    files: /^core\/src\//,
    refused: [...clocks, ...chances, ...timers, ...networks, ...surroundings, 'crypto', 'console'],
  },
  {
    files: /^server\/src\//,
    // A demo's command measures how long it took, and asks the server as strangers do.
    except: /^server\/src\/(world|testing)\/|^server\/src\/demo\/main\.ts$/,
    refused: [...clocks, ...chances, ...timers, ...networks],
  },
  {
    files: /^server\/src\//,
    // The environment is read in one place. The private engine is a child process, which inherits
    // where its programs are found; a test run may name an engine of its own.
    except: /^server\/src\/(config|world\/postgres\/binaries|testing\/engine)\.ts$/,
    refused: ['process.env'],
  },
  { files: /^server\/src\//, except: commands, refused: ['console'] },
  {
    files: /^plan\/src\//,
    except: /^plan\/src\/(main\.ts|command\/)/,
    refused: [...clocks, ...chances, ...timers, ...networks, ...surroundings, 'console'],
  },
  // They hold what they are made of weakly, and never fire once memory was tidied.
  { files: /^(server|sdk)\/src\//, refused: signals },
  {
    files: /^(sdk|web)\/src\//,
    // Who puts the widget into a page reads there what is wrong with its tag.
    except: /^web\/src\/widget\/warning\.ts$/,
    refused: ['console', 'process'],
  },
];

/** What a node reaches for, in the words above. */
function reachOf(node: Node): string | undefined {
  if (isMetaProperty(node)) return 'import.meta';
  if (isNewExpression(node) && nameOf(node.expression) === 'Date' && !node.arguments?.length) {
    return 'new Date()';
  }
  if (isCallExpression(node) && nameOf(node.expression) === 'Date') return 'Date()';
  if (isPropertyAccessExpression(node)) {
    const owner = nameOf(node.expression);
    const whole = `${owner}.${node.name.text}`;
    return owned.includes(whole) ? whole : undefined;
  }
  return isIdentifier(node) && isReference(node) ? node.text : undefined;
}

const nameOf = (node: Node): string | undefined => (isIdentifier(node) ? node.text : undefined);

/** A name that is looked up, rather than the name of a member. */
function isReference(node: Node): boolean {
  const { parent } = node;
  if (isPropertyAccessExpression(parent)) {
    const from = nameOf(parent.expression);
    return parent.name !== node || from === 'crypto' || from === 'globalThis';
  }
  return !(isPropertyAssignment(parent) && parent.name === node);
}

function findings(trees: Map<string, SourceFile>): string[] {
  const found: string[] = [];
  for (const [path, tree] of trees) {
    const refused = new Set(
      rules
        .filter(({ files, except }) => files.test(path) && !except?.test(path))
        .flatMap((rule) => rule.refused),
    );
    walk(tree, (node) => {
      const reach = reachOf(node);
      if (reach && refused.has(reach)) found.push(`${path}:${lineOf(tree, node)} ${reach}`);
    });
  }
  return found;
}

test('[H2] clock, chance, network and environment come in by the ports', () => {
  const sources = Object.entries(sourceTexts()).filter(([path]) => !isTest(path));
  expect(findings(parse(Object.fromEntries(sources)))).toEqual([]);
});

test('[H2] whatever reaches outside is found, and what only looks like it is not', () => {
  const found = (path: string, text: string) =>
    findings(parse({ [path]: text } satisfies Texts)).map((one) => one.replace(/^[^ ]* /, ''));
  const refused: [string, string, string][] = [
    ['core/src/a.ts', 'const at = Date.now();', 'Date.now'],
    ['core/src/a.ts', 'const at = new Date();', 'new Date()'],
    ['core/src/a.ts', 'const at = Date();', 'Date()'],
    ['core/src/a.ts', 'const one = Math.random();', 'Math.random'],
    ['core/src/a.ts', 'await fetch(url);', 'fetch'],
    ['core/src/a.ts', 'const from = import.meta.url;', 'import.meta'],
    ['core/src/a.ts', 'const get = { fetch };', 'fetch'],
    ['core/src/a.ts', 'console.log(1);', 'console'],
    ['server/src/actions/a.ts', 'const salt = randomBytes(8);', 'randomBytes'],
    ['server/src/actions/a.ts', 'const id = crypto.randomUUID();', 'randomUUID'],
    ['server/src/jobs/a.ts', 'setTimeout(run, 5);', 'setTimeout'],
    ['server/src/http/a.ts', 'const { A } = process.env;', 'process.env'],
    ['server/src/http/a.ts', "console.error('no');", 'console'],
  ];
  for (const [path, text, reach] of refused)
    expect([text, found(path, text)]).toEqual([text, [reach]]);
  const fine = `/** Date.now() and fetch */
    const at = new Date(ms); const word = 'Math.random()';
    const fields = { fetch: 1, process: 2 }; queue.process(fields.fetch); Date.parse(word);`;
  expect(found('core/src/a.ts', fine)).toEqual([]);
  expect(found('server/src/world/a.ts', 'Date.now(); fetch(url);')).toEqual([]);
});

import {
  type Condition,
  type GateDefinition,
  type Json,
  type JsonObject,
  type Judgement,
  judge,
  type Output,
  OutputSubmission,
} from '@wheelhouse/core';
import { branchOf } from '../../kit/conditionTree.ts';

/** The fields that a condition reads, each with a value to start from; of lists, the list. */
function fieldsOf(condition: Condition): [string, Json | undefined][] {
  const branch = branchOf(condition);
  switch (branch.kind) {
    case 'compare': {
      const { field, value } = branch.comparison;
      return [[field, Array.isArray(value) ? value[0] : value]];
    }
    case 'list':
      return [[branch.path, undefined]];
    case 'group':
      return branch.items.flatMap(fieldsOf);
  }
}

const isObject = (value: unknown): value is JsonObject =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

function valueAt(root: unknown, path: string): Json | undefined {
  let here = root;
  for (const step of path.split('.')) {
    if (!isObject(here) || !Object.hasOwn(here, step)) return undefined;
    here = here[step];
  }
  return here as Json | undefined;
}

function withValue(root: JsonObject, [step = '', ...rest]: string[], value: Json): JsonObject {
  const inner = Object.hasOwn(root, step) && isObject(root[step]) ? root[step] : {};
  return { ...root, [step]: rest.length ? withValue(inner, rest, value) : value };
}

/** An output with just what the rules read: as the newest one had it, or as the rules say it. */
export function startingPoint(definition: GateDefinition, newest: Output | undefined): JsonObject {
  const { policy, action } = definition;
  const rules = policy.mode === 'rules' ? policy.rules : [];
  let found: JsonObject = action ? { action: { name: action.name, arguments: {} } } : {};
  for (const [path, said] of rules.flatMap(({ when }) => fieldsOf(when))) {
    if (path === '' || path === 'action.name') continue;
    const value = valueAt(newest, path) ?? valueAt(found, path) ?? said;
    if (value !== undefined) found = withValue(found, path.split('.'), value);
  }
  return action || 'content' in found ? found : { ...found, content: '…' };
}

export type Tried = { judged: Judgement } | { fault: string };

/** What the gate would say of an output, by the same judgement that the server makes. */
export function tryOut({ policy }: GateDefinition, document: unknown): Tried {
  const read = OutputSubmission.safeParse(document);
  const [issue] = read.error?.issues ?? [];
  if (issue) return { fault: `${issue.path.join('.') || 'The output'}: ${issue.message}` };
  return { judged: judge(policy, read.data as OutputSubmission, 1) };
}

import type { Statement } from '../ports.ts';

const all = new Map<string, Statement>();

/** Names a statement once. A test prepares every one of them against the migrated schema. */
export function statement(name: string, text: string): Statement {
  if (all.has(name)) throw new Error(`two statements are named ${name}`);
  const made = { name, text };
  all.set(name, made);
  return made;
}

export const everyStatement = (): readonly Statement[] => [...all.values()];

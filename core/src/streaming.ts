import type { Condition } from './condition.ts';
import { judge, type Policy } from './gate.ts';
import type { OutputSubmission } from './output.ts';

/** What of an output is known only when its last word is. */
const known_last = ['content', 'metadata.citations'];

/** Whether a gate lets a customer see the first part of a reply whose rest is still being written
 *  (rule W13): it would pass as it stands, and no rule reads words, so that none to come can make the
 *  part that was seen one that is held. A spot check holds nothing back. */
export function mayBeSeen(policy: Policy, part: OutputSubmission): boolean {
  if (policy.mode === 'rules' && policy.rules.some(({ when }) => readsWords(when))) return false;
  return judge(policy, part, 1).verdict === 'pass';
}

function readsWords(condition: Condition): boolean {
  if ('all' in condition) return condition.all.some(readsWords);
  if ('any' in condition) return condition.any.some(readsWords);
  if ('not' in condition) return readsWords(condition.not);
  const path =
    'field' in condition ? condition.field : 'some' in condition ? condition.some : condition.every;
  // A rule over all of "metadata" reads what is in it, and one over "content.text" reads content.
  return known_last.some((known) => within(known, path) || within(path, known));
}

const within = (path: string, other: string) => path === other || path.startsWith(`${other}.`);

import type { Part } from '@wheelhouse/core';

/** Who speaks or acts. A person is never mistaken for a machine: told apart by shape and word. */
export type Who = 'person' | 'customer' | 'ai' | 'ai_approved' | 'system' | 'unknown';

type Said = Extract<Part, { kind: 'messages' }>['messages'][number];

/** Who said a message that is shown as evidence, as the message itself says it. Where it does not, a role
 *  in place of a name says it too; a name of its own says nothing (rule W72). */
export function whoOf({
  from,
  author_kind,
  approved,
}: Pick<Said, 'from' | 'author_kind' | 'approved'>): Who {
  switch (author_kind) {
    case 'contact':
      return 'customer';
    case 'bot':
      return approved ? 'ai_approved' : 'ai';
    case 'member':
      return 'person';
    case 'system':
      return 'system';
  }
  const role = from.trim().toLowerCase();
  if (/^(assistant|ai|bot|agent|model|chatbot)$/.test(role)) return 'ai';
  if (/^(customer|user|client|contact|visitor)$/.test(role)) return 'customer';
  if (/^(system|tool|function)$/.test(role)) return 'system';
  return /^(person|human|member|colleague)$/.test(role) ? 'person' : 'unknown';
}

import type * as z from 'zod';
import { Form, verdictForm } from './form.ts';
import { ActionSpec, formOf, Gate, GateDefinition } from './gate.ts';
import { canonical, type Json } from './json.ts';

/** What a gate is to be: a definition, or a gate as it was read and changed. What nobody writes is met
 *  there and not looked at (rule W130). */
export const GateSubmission = GateDefinition.extend({
  description: GateDefinition.shape.description.nullable(),
  action: ActionSpec.nullish(),
  ...Gate.pick({
    name: true,
    policy_version: true,
    created_at: true,
    updated_at: true,
    updated_by: true,
  }).partial().shape,
});
export type GateSubmission = z.infer<typeof GateSubmission>;

/** The definition in what was submitted. A form that the gate would ask without one is none of its own:
 *  read and written back, it would stay in shadow, where nobody sees what there is to approve. */
export function definitionIn({
  title,
  description,
  queue,
  policy,
  form,
  action,
}: GateSubmission): GateDefinition {
  const guarded = action ? { action } : {};
  const asked = [formOf({ policy, ...guarded }), verdictForm(action ? 'arguments' : 'content')];
  const own = form && !asked.some((one) => isSame(form, one));
  return {
    ...(title === undefined ? {} : { title }),
    ...(typeof description === 'string' ? { description } : {}),
    queue,
    policy,
    ...(own ? { form } : {}),
    ...guarded,
  };
}
const isSame = (one: Form, other: Form): boolean =>
  canonical(one as unknown as Json) === canonical(Form.parse(other) as unknown as Json);

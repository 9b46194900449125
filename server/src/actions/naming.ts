import { isRefusal, Owner, type Principal, type Refusal, refusals, refuse } from '@wheelhouse/core';
import type { Ports } from '../ports.ts';
import { namesOf } from '../store/members.ts';

/** Does what is asked; whoever is refused because another member has the wheel is told that member's name
 *  (rule W88), which what refuses does not know. */
export async function namingOwner<Done>(
  ports: Ports,
  by: Principal | null,
  run: () => Promise<Done>,
): Promise<Done> {
  try {
    return await run();
  } catch (thrown) {
    if (!by || !isRefusal(thrown) || thrown.code !== 'wheel_taken') throw thrown;
    throw await named(ports, by, thrown);
  }
}

async function named(ports: Ports, by: Principal, refusal: Refusal): Promise<Refusal> {
  const owner = Owner.safeParse(refusal.facts.owner).data;
  if (owner?.kind !== 'member') return refusal;
  const names = await ports.database.transact(by, (tx) => namesOf(tx, by, [owner.id]));
  const name = names.get(owner.id);
  if (name === undefined) return refusal;
  const plain = refusal.message === refusals.wheel_taken[1];
  const words = plain ? `${name} has the wheel of this conversation.` : refusal.message;
  const told = refuse('wheel_taken', { ...refusal.facts, owner: { ...owner, name } }, words);
  told.cause = refusal;
  return told;
}

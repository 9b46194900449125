import type { RulingsCache } from '../actions/definition.ts';
import { dueCases } from '../actions/due.ts';
import { stepLadder } from '../actions/ladder.ts';
import type { Ports } from '../ports.ts';

/** Climbs ladders and expires cases whose time has come. A case that cannot be stepped is logged
 *  and does not hold up the others. */
export async function climb(ports: Ports, rulings: RulingsCache): Promise<number> {
  const due = await dueCases(ports);
  let stepped = 0;
  for (const { workspace_id, id } of due) {
    try {
      if (await stepLadder(ports, rulings, workspace_id, id)) stepped += 1;
    } catch (error) {
      ports.log.error({ error: String(error), case_id: id }, 'a case could not take its next step');
    }
  }
  return stepped;
}

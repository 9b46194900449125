import type { TestServer } from '../../server/src/testing/start.ts';
import { asOwner } from '../invariants/promise-talk.ts';

/** All that happened at a gate so far is as if it had been a day earlier. */
export const dayPasses = (server: Pick<TestServer, 'database_url'>, gate: string) =>
  asOwner(server, async (client) => {
    const day = "interval '1 day'";
    await client.query('set session_replication_role = replica');
    for (const change of [
      // Row by row from the oldest, so that no hour meets the one it takes the place of.
      `update gate_hours set hour = hour - interval '100 days' where gate = $1`,
      `update gate_hours set hour = hour + interval '99 days' where gate = $1`,
      `update events set at = at - ${day} where subject = $1 and type like 'gate.%'`,
      `update gate_epochs set began_at = began_at - ${day}, ended_at = ended_at - ${day} where gate = $1`,
      `update certificates set issued_at = issued_at - ${day}, ended_at = ended_at - ${day} where gate = $1`,
      ...["- interval '100 days'", "+ interval '99 days'"].map(
        (by) => `update gate_check_hours h set hour = h.hour ${by} from gate_epochs e
          where e.workspace_id = h.workspace_id and e.id = h.epoch_id and e.gate = $1`,
      ),
      ...['- 100', '+ 99'].map(
        (by) => `update gate_days d set day = d.day ${by} from gate_epochs e
          where e.workspace_id = d.workspace_id and e.id = d.epoch_id and e.gate = $1`,
      ),
    ]) {
      await client.query(change, [gate]);
    }
  });

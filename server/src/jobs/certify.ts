import { certifyEpoch, epochsToCertify } from '../actions/certify.ts';
import type { Ports } from '../ports.ts';
import type { Job } from './run.ts';

/** Looks at labels that came since, so seldom that a burst of decisions is one look. An epoch that cannot
 *  be looked at is logged and does not hold up the others. */
export const certifier = (ports: Ports): Job => ({
  name: 'certify',
  every_ms: 1_000,
  async run() {
    for (const { workspace_id, epoch_id } of await epochsToCertify(ports)) {
      try {
        if (await certifyEpoch(ports, { workspace_id }, epoch_id)) ports.database.wake();
      } catch (error) {
        ports.log.error({ error: String(error), epoch_id }, 'a promise could not be looked at');
      }
    }
    return 0;
  },
});

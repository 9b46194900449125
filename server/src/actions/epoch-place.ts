import type { EpochNamed } from '../store/epochs.ts';

/** Which version an event of a promise is of, by what was named of it: a line of the record is read alone,
 *  where an epoch's id says nothing (rule K151). */
export function epochPlace(
  epoch: EpochNamed & { gate: string; id: string },
): Record<string, unknown> {
  const { gate, id: epoch_id, model, model_version, prompt_version } = epoch;
  const { score_version, population } = epoch;
  const named = { model, model_version, prompt_version, score_version, population };
  const told = Object.entries(named).filter(([, name]) => name !== null);
  return { gate, epoch_id, ...Object.fromEntries(told) };
}

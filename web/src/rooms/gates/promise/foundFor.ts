import type { GatePromise } from '@wheelhouse/core';
import type { PromiseFound } from '@wheelhouse/plan';
import { epochWords } from '../../../kit/promiseWords.ts';
import { api } from '../../../live/api.ts';
import { calibrationOf, calibrationWords, least_decisions } from './calibration.ts';
import { groupName, tellsWords } from './groupWords.ts';
import { groundWords, rightWords } from './qualityWords.ts';
import { provenWords, untoldWords } from './whatIfWords.ts';

/** So many versions are told of one by one; each is a question to the server. */
const most_versions = 6;

/** What the report tells beside the promise: all that the page asks for, as it stands now. */
export async function foundFor({ gate, alpha, epochs }: GatePromise): Promise<PromiseFound> {
  const open = epochs.filter(({ ended_at }) => ended_at === null);
  const told = (open.length ? open : epochs.slice(0, 1)).slice(0, most_versions);
  const [quality, what_if, ...groups] = await Promise.all([
    api.gates.quality(gate, {}),
    api.gates.whatIf(gate, { alpha }),
    ...told.map(({ id }) => api.gates.groups(gate, { epoch: id })),
  ]);
  return {
    versions: told.flatMap((epoch, at) => {
      const found = groups[at];
      if (!found) return [];
      const score = epoch.agreement ? 'agreement' : 'confidence';
      const { bins, ...whole } = calibrationOf(epoch);
      const calibration = {
        say: calibrationWords(whole, score),
        bins: whole.n >= least_decisions ? bins : [],
      };
      return [{ name: epochWords(epoch), groups: found, calibration }];
    }),
    left_out: Math.max(0, open.length - most_versions),
    quality,
    quality_says: groundWords(quality),
    what_if,
    what_if_says: [...provenWords(what_if, epochs), ...untoldWords(what_if, epochs)],
    group: groupName,
    tells: tellsWords,
    right: rightWords,
  };
}

import { type Scope, systemOf, traitsOf } from '@wheelhouse/core';
import {
  agreementOf,
  areaUnderRiskCurve,
  blocksOf,
  fitAgreement,
  type JudgedTraits,
  labelsToLearn,
  score_bins,
  startsAsKept,
  startsOf,
  talliesOf,
} from '@wheelhouse/core/learn';
import type { Ports, Tx } from '../ports.ts';
import { lockTiers, type TierRow } from '../store/certificates.ts';
import type { EpochRow } from '../store/epochs.ts';
import { appendEvents } from '../store/events.ts';
import { countToLearn, headsBy, insertHead, labelsToLearnFrom } from '../store/heads.ts';
import { epochPlace } from './epoch-place.ts';

/** Learning from more takes longer than a job may hold up others, and tells little more. */
export const most_to_learn = 1_000;

/** Learns an epoch's score once enough is judged, where that is to be learned (rule G80): from labels that
 *  are evidence of nothing afterwards, and once for as long as the version lasts. The same labels tell where
 *  to begin, each by what had not seen it.
 *  @returns the tiers to look at, and whether they still learn */
export async function withHead(
  ports: Ports,
  tx: Tx,
  scope: Scope,
  epoch: EpochRow,
  tiers: TierRow[],
): Promise<{ tiers: TierRow[]; learns: boolean }> {
  const learned = { tiers, learns: false };
  if (epoch.terms.score !== 'agreement' || !tiers.length) return learned;
  if ((await headsBy(tx, scope, [epoch.id])).length) return learned;
  const all = await lockTiers(tx, scope, epoch.id);
  const enough = Math.max(...all.map(labelsToLearn));
  if ((await countToLearn(tx, scope, epoch.id)) < enough) return { tiers, learns: true };
  const labels = await labelsToLearnFrom(tx, scope, epoch.id, most_to_learn);
  const judged = labels.map(
    ({ submission, wrong }): JudgedTraits => ({ ...traitsOf(submission), loss: Number(wrong) }),
  );
  const seed = Math.floor(ports.chance.fraction() * 2 ** 31);
  const { model, out_of_fold, log_loss, gain, gain_low } = fitAgreement(judged, seed);
  const scored = judged.map((traits, at) => {
    const score = out_of_fold[at] as number;
    return { tier: labels[at]?.tier, traits, score, loss: traits.loss, weight: 1 };
  });
  const wrong = judged.reduce((sum, { loss }) => sum + loss, 0);
  const figures = {
    ...{ kind: model.kind, labels: judged.length, wrong, seed, log_loss, gain, gain_low },
    aurc: {
      confidence: areaUnderRiskCurve(blocksOf(judged)).aurc,
      agreement: areaUnderRiskCurve(blocksOf(scored)).aurc,
    },
  };
  insertHead(tx, scope, epoch.id, model, figures);
  const data = { ...epochPlace(epoch), ...figures };
  appendEvents(tx, scope, systemOf(scope.workspace_id), [
    { type: 'gate.head_learned', subject: epoch.gate, data },
  ]);
  const begun = all.map((tier) => {
    const own = scored.filter((one) => one.tier === tier.tier);
    const told = talliesOf(own, score_bins);
    const starts = startsOf(told, tier);
    if (!starts) return { ...tier, starts };
    const kept = own.map((one) => ({ ...one, score: agreementOf(model, one.traits) }));
    return { ...tier, starts: startsAsKept(starts, told, talliesOf(kept, score_bins)) };
  });
  return { tiers: begun, learns: false };
}

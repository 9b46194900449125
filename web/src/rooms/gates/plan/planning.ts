import type { Policy, ScoredFile, WantedColumns } from '@wheelhouse/core';
import {
  alpha_steps,
  type Certificate,
  type CurvePoint,
  type GatePlan,
  type PlanSetup,
  plan_defaults,
} from '@wheelhouse/core/learn';

/** What is read of a file, without the outputs themselves, which stay in the worker. */
export interface ReadFile extends Omit<ScoredFile, 'outputs'> {
  name: string;
  digest: string;
  n: number;
}

/** What a file shows before anybody says what a day is like. */
export interface Study {
  file: ReadFile;
  /** Null where there are too few outputs to plan with. */
  shown: { curve: CurvePoint[]; certificates: Certificate[] } | null;
}

/** What the page asks of the worker. */
export type Ask =
  | {
      kind: 'study';
      file: File;
      columns: WantedColumns;
      only: string | null;
      setup: Pick<PlanSetup, 'delta' | 'seed'>;
    }
  | { kind: 'plan'; ask: number; setup: PlanSetup };

/** What the worker tells. */
export type Told =
  | { kind: 'progress'; what: string; share: number }
  | { kind: 'studied'; study: Study }
  | { kind: 'planned'; ask: number; plan: GatePlan }
  | { kind: 'failed'; message: string };

/** The place among `alpha_steps` that is nearest. */
export const stepNear = (alpha: number): number =>
  alpha_steps.reduce(
    (best, each, at) =>
      Math.abs(each - alpha) < Math.abs((alpha_steps[best] as number) - alpha) ? at : best,
    0,
  );

/** What somebody plans with: it outlives the tab, and not the page. */
export interface Planning {
  file: File | null;
  columns: WantedColumns;
  /** One model version of the file; null takes all of them together. */
  only: string | null;
  setup: PlanSetup;
}

/** A plan begins with what its gate promises, at the steps that are tried: the next stricter one where it
 *  is none of them. */
export function planningOf(policy: Policy): Planning {
  const none = { file: null, columns: {}, only: null };
  if (policy.mode !== 'guaranteed') return { ...none, setup: plan_defaults };
  const { alpha, delta, spot_check, label_noise } = policy;
  const step = alpha_steps.findLast((each) => each <= alpha) ?? alpha_steps[0];
  const promised = { alpha: step ?? alpha, delta, spot_check, label_noise };
  return { ...none, setup: { ...plan_defaults, ...promised } };
}

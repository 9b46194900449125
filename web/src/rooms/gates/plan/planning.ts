import type { ScoredColumns, ScoredFile } from '@wheelhouse/core';
import {
  alpha_steps,
  type Certificate,
  type CurvePoint,
  type GatePlan,
  type PlanSetup,
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
      columns: Partial<ScoredColumns>;
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

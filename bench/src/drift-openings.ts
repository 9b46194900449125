import { certify, planThresholds } from '@wheelhouse/core/learn';
import type { Opening } from './drift-gates.ts';
import { drawOutput, type Mix, type Random, randomOf, type Traffic } from './drifting.ts';

const calibration = 3_000;
const delta = 0.05;
/** What traffic is made of until it changes, and then. */
export const before: Mix = { strange: 0.03, hard: 0.2 };
export const after: Mix = { ...before, strange: 0.25 };

/** Certificates to begin with, of seeds from 1. */
export const openingsOf = (met: Traffic, planned: Traffic, alpha: number, runs: number) =>
  Array.from({ length: runs }, (_none, at) => open(met, planned, alpha, randomOf(1 + at)));

/** A certificate, planned on validation texts, from a sample of the traffic before the change. */
function open(met: Traffic, planned: Traffic, alpha: number, random: Random): Opening {
  const draw = (traffic: Traffic) =>
    Array.from({ length: calibration }, () => drawOutput(traffic, before, random));
  const plan = planThresholds(draw(planned), { alpha, delta, n: calibration });
  const sample = draw(met);
  const { threshold } = certify(plan, sample, { alpha, delta });
  return {
    ...{ alpha, delta, checks: 0.05, threshold: threshold ?? Number.POSITIVE_INFINITY },
    scores: sample.map(({ score }) => score),
  };
}

/** The front door of `@wheelhouse/core/learn`: pure, seeded learning for Node and the browser. */
export { bettingPValue, hoeffdingBentkus } from './betting.ts';
export { checksNeeded, exactBounds, lowerTail, mostErrors } from './binomial.ts';
export type { Calibration } from './calibrate.ts';
export {
  type Certificate,
  certify,
  countAt,
  type RiskTarget,
  type ThresholdPlan,
  type TriedThreshold,
} from './certificate.ts';
export { type Chance, seededChance, shuffle } from './chance.ts';
export {
  Classifier,
  type LabelProbability,
  type Prediction,
  restoreClassifier,
} from './classify.ts';
export {
  areaUnderRiskCurve,
  blocksOf,
  type CurvePoint,
  coverageAtRisk,
  type PassedAt,
  riskCurve,
  type ScoreBlock,
} from './curve.ts';
export { type Detector, detectorEvidence, detectorOf, detectorStep } from './detector.ts';
export {
  type FirstWeeks,
  type FirstWeeksSetup,
  type PlannedDay,
  playFirstWeeks,
  type Spread,
} from './first-weeks.ts';
export {
  alpha_steps,
  certificatesBy,
  type GatePlan,
  type GroupFigures,
  groupFigures,
  type PeopleNeeded,
  type PlanSetup,
  peopleNeeded,
  plan_defaults,
  planGate,
} from './gate-plan.ts';
export { intentConfidence, KnownWords } from './known-words.ts';
export { coverageOf, likenessOf } from './likeness.ts';
export { areaUnderRoc, expectedCalibrationError, matthewsCorrelation } from './metrics.ts';
export {
  holdMonitor,
  holdStep,
  type Monitor,
  monitorEvidence,
  monitorStep,
  scoreMonitor,
} from './monitor.ts';
export {
  binOf,
  certifyFromTallies,
  kindsOfWeight,
  likelyStart,
  type OperationalCertificate,
  type Tally,
  type ThresholdEvidence,
  talliesOf,
  thresholdOf,
} from './operational.ts';
export { longest_passage, passagesOf } from './passages.ts';
export {
  confidenceOf,
  type Evidence,
  type Found,
  type Passage,
  type Retrieval,
  Retriever,
} from './retrieve.ts';
export type { ScoredOutput } from './scored.ts';
export { anytimeBounds } from './sequence.ts';
export { SoleIntent } from './sole-intent.ts';
export { cleanLabels, design_share, score_bins, startsOf } from './starts.ts';
export {
  certifyEach,
  certifySplit,
  type PlanningOptions,
  planThresholds,
} from './threshold-plan.ts';
export { type Tracker, trackerBound, trackerStep } from './tracker.ts';
export {
  type LabelledText,
  type TrainingOptions,
  type TrainingProgress,
  trainClassifier,
} from './train.ts';

/** The front door of `@wheelhouse/core/learn`: pure, seeded learning for Node and the browser. */
export {
  type AgreementHead,
  type AgreementModel,
  agreementOf,
  fitAgreement,
  type JudgedTraits,
  type OutputTraits,
} from './agreement.ts';
export {
  beginAnewFrom,
  decisionsFor,
  firstBlock,
  isUnlikely,
  type RecentTally,
  recent_blocks,
} from './attempts.ts';
export { backed } from './backed.ts';
export { bettingPValue, hoeffdingBentkus } from './betting.ts';
export { checksNeeded, exactBounds, lowerTail, mostErrors } from './binomial.ts';
export { type Calibration, calibrated, fitCalibration, uncalibrated } from './calibrate.ts';
export {
  type Certificate,
  certify,
  countAt,
  isPartial,
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
export { type CountedTally, certifyCounted, type ProofAttempt } from './counted.ts';
export { controlMarginalLoss, controlMarginalRisk, type MarginalThreshold } from './crc.ts';
export {
  areaUnderRiskCurve,
  blocksOf,
  type CurvePoint,
  coverageAtRisk,
  type PassedAt,
  riskCurve,
  type ScoreBlock,
} from './curve.ts';
export {
  type Detector,
  detectorAnew,
  detectorEvidence,
  detectorOf,
  detectorRun,
  detectorStep,
} from './detector.ts';
export {
  type FirstWeeks,
  type FirstWeeksSetup,
  type Opening,
  type PlannedDay,
  playFirstWeeks,
  type Spread,
} from './first-weeks.ts';
export {
  alpha_steps,
  certificatesBy,
  curve_points,
  type GatePlan,
  type GroupFigures,
  groupFigures,
  type PeopleNeeded,
  type PlannedOutput,
  type PlanSetup,
  peopleNeeded,
  plan_defaults,
  planGate,
  type TierPlan,
} from './gate-plan.ts';
export { errorsKnown, knownUnder, type PassingTally, passingFrom } from './known-under.ts';
export { intentConfidence, KnownWords } from './known-words.ts';
export { coverageOf, likenessOf } from './likeness.ts';
export { errorsBorne } from './margin.ts';
export { areaUnderRoc, expectedCalibrationError, matthewsCorrelation } from './metrics.ts';
export {
  holdMonitor,
  holdStep,
  type Monitor,
  monitorEvidence,
  monitorStep,
  scoreMonitor,
} from './monitor.ts';
export { type LoggedTally, type RiskAmong, riskAmong, type WhatIf, whatIf } from './off-policy.ts';
export {
  certifyFromTallies,
  likelyStart,
  type OperationalCertificate,
  type Tally,
  type ThresholdEvidence,
} from './operational.ts';
export { longest_passage, passagesOf } from './passages.ts';
export {
  byTier,
  type DividedTarget,
  type TieredOutput,
  type TierLimit,
  targetsOf,
} from './planned-tiers.ts';
export {
  chanceOfProof,
  checksForProof,
  type ProofSetup,
  type ProofTime,
  weeksUntilProof,
} from './planning.ts';
export { type MeanEstimate, type PredictedAndSeen, predictionPoweredMean } from './ppi.ts';
export { type Quality, type QualityCell, type QualityInterval, qualityOf } from './quality.ts';
export {
  fitIsotonic,
  fitPlatt,
  type IsotonicScaling,
  type PlattScaling,
  type Recalibration,
  rightnessOf,
} from './recalibrate.ts';
export {
  calibrationError,
  type Forecast,
  type ReliabilityBin,
  reliabilityBins,
} from './reliability.ts';
export { type LoggedPart, type PartReplay, type ReplayState, replayAlpha } from './replay-alpha.ts';
export {
  confidenceOf,
  type Evidence,
  type Found,
  type Passage,
  type Retrieval,
  Retriever,
} from './retrieve.ts';
export { binOf, middleOf, thresholdOf } from './score-grid.ts';
export type { ScoredOutput } from './scored.ts';
export { anytimeBounds } from './sequence.ts';
export { SoleIntent } from './sole-intent.ts';
export {
  estimateFromChecks,
  inclusionProbability,
  type QualityEstimate,
  type SpotCheckDesign,
  type SpotChecked,
  spotCheckDesign,
  uncertaintyOf,
} from './spot-check.ts';
export {
  cleanLabels,
  design_share,
  labelsToLearn,
  score_bins,
  startsAsKept,
  startsFrom,
  startsOf,
} from './starts.ts';
export { type ErrorEstimate, type Stratum, stratifiedErrors } from './strata.ts';
export { kindsOfWeight, talliesOf } from './tallies.ts';
export { attemptDelta, isLeft, least_promised, type RiskTarget } from './target.ts';
export {
  certifyEach,
  certifySplit,
  type PlanningOptions,
  planThresholds,
} from './threshold-plan.ts';
export { most_recent, trackedThreshold, trackerFrom, withRecent } from './tracked.ts';
export { type Tracker, trackerBound, trackerStep } from './tracker.ts';
export {
  most_latest,
  type ShareChange,
  type TrafficChange,
  trafficChange,
} from './traffic-change.ts';
export {
  type LabelledText,
  type TrainingOptions,
  type TrainingProgress,
  trainClassifier,
} from './train.ts';
export { type JudgedChecks, mayHideAlarm } from './unjudged.ts';
export { alarmLimit, type Calm, isCalm, raisedCheck, warn_at } from './watching.ts';

export type {
  Case,
  ClaimedAction,
  ClaimedCase,
  Event,
  Gate,
  Outcome,
  Output,
  SubmissionResult,
} from '@wheelhouse/core';
export {
  type AnswerInput,
  type CallOptions,
  type GateInput,
  newOutputId,
  type WaitOptions,
  Wheelhouse,
  type WheelhouseOptions,
} from './client.ts';
export { NotApproved, WheelhouseError } from './fault.ts';
export { checkClaim, type Guarded, type GuardOptions, guard } from './guard.ts';
export type { EventsOptions } from './live.ts';

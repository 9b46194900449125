export type {
  Case,
  ClaimedAction,
  ClaimedCase,
  Event,
  Gate,
  Outcome,
  Output,
  SubmissionResult,
  WebhookMessage,
} from '@wheelhouse/core';
export {
  type Decided,
  type RefusedLine,
  type Submission,
  type WaitOptions,
  Wheelhouse,
} from './client.ts';
export { type Denial, NotApproved, WheelhouseError } from './fault.ts';
export { type Frame, frameReader } from './frames.ts';
export { checkClaim, type Guarded, type GuardOptions, guard } from './guard.ts';
export { newOutputId, outputIdFor } from './id.ts';
export type { EventsOptions } from './live.ts';
export type { CallOptions, WheelhouseOptions } from './request.ts';
export type { Options } from './rooms.ts';
export { type ReceivedHeaders, verifyWebhook } from './webhook.ts';

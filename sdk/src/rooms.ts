import type {
  AnswerSubmission,
  Assignment,
  AuditLine,
  AuditProof,
  AuditVerification,
  BatchDecision,
  BatchResult,
  CallbackSecret,
  CallReport,
  CallView,
  Case,
  CaseFilter,
  CaseRow,
  CaseSubmission,
  Certificate,
  CertificateFilter,
  Checkpoint,
  ClaimedCase,
  CorrectionResult,
  CorrectionSubmission,
  Delivery,
  DeliveryFilter,
  Feedback,
  FeedbackSubmission,
  Gate,
  GateDefinition,
  GatePromise,
  GateSubmission,
  GateVersion,
  GroupsFilter,
  Key,
  KeySubmission,
  Note,
  NoteSubmission,
  Output,
  OutputFilter,
  OutputLife,
  OverridePreview,
  OverridePreviewFilter,
  Page,
  Preview,
  PromiseFilter,
  PromiseGroups,
  PromiseQuality,
  PromiseWhatIf,
  QualityFilter,
  Queue,
  QueueDefinition,
  Resolution,
  Webhook,
  WebhookChange,
  WebhookSubmission,
  WhatIfFilter,
} from '@wheelhouse/core';
import {
  articleCalls,
  botCalls,
  cannedReplyCalls,
  contactCalls,
  conversationCalls,
  crawlCalls,
  fileCalls,
  liveCalls,
  messageCalls,
  reportCalls,
} from './conversations.ts';
import { type CallOptions, path, type Transport } from './request.ts';

/** What a caller writes for a schema of core, defaults left out. */
export type Input<Schema extends { _zod: { input: unknown } }> = Schema['_zod']['input'];
/** What every call takes beside its own arguments. */
export type Options = Pick<CallOptions, 'idempotency_key' | 'signal'>;
interface Rows<Row> {
  rows: Row[];
}

/** Every address by its noun and verb, over the one `call`: what needs the permission
 *  `cases.answer` is `cases.answer`. */
export const roomsOf = (transport: Transport) => ({
  gates: gateCalls(transport),
  outputs: outputCalls(transport),
  queues: queueCalls(transport),
  cases: caseCalls(transport),
  keys: keyCalls(transport),
  webhooks: webhookCalls(transport),
  audit: auditCalls(transport),
  conversations: conversationCalls(transport),
  contacts: contactCalls(transport),
  messages: messageCalls(transport),
  files: fileCalls(transport),
  live: liveCalls(transport),
  reports: reportCalls(transport),
  articles: articleCalls(transport),
  bots: botCalls(transport),
  crawls: crawlCalls(transport),
  canned_replies: cannedReplyCalls(transport),
});
export type Rooms = ReturnType<typeof roomsOf>;

const gateCalls = ({ call }: Transport) => ({
  list: (options?: Options) => call<Rows<Gate>>('GET', '/gates', options),
  read: (gate: string, options?: Options) => call<Gate>('GET', path`/gates/${gate}`, options),
  /** Creates a gate, or changes it: a new policy version. */
  change: (gate: string, body: Input<typeof GateSubmission>, options?: Options) =>
    call<Gate>('PUT', path`/gates/${gate}`, { body, ...options }),
  /** Every version there was, newest first. */
  versions: (gate: string, options?: Options) =>
    call<Rows<GateVersion>>('GET', path`/gates/${gate}/versions`, options),
  /** Replays a changed definition over past outputs, before it is saved. */
  preview: (gate: string, definition: Input<typeof GateDefinition>, limit?: number) =>
    call<Preview>('POST', path`/gates/${gate}/preview`, { body: { definition, limit } }),
  /** How a guaranteed gate's promise stands, on what evidence, and how it came to that. */
  promise: (gate: string, filter: Input<typeof PromiseFilter> = {}, options?: Options) =>
    call<GatePromise>('GET', path`/gates/${gate}/promise`, { query: filter, ...options }),
  /** What an override would let pass, and how much of that was wrong so far. */
  overridePreview: (gate: string, filter: Input<typeof OverridePreviewFilter>, options?: Options) =>
    call<OverridePreview>('GET', path`/gates/${gate}/override/preview`, {
      query: filter as CallOptions['query'],
      ...options,
    }),
  /** Ends what a person lets pass beyond what is certified, before its time. */
  endOverride: (gate: string, options?: Options) =>
    call<void>('DELETE', path`/gates/${gate}/override`, options),
  /** How a guaranteed gate treats each group of outputs. */
  groups: (gate: string, filter: Input<typeof GroupsFilter> = {}, options?: Options) =>
    call<PromiseGroups>('GET', path`/gates/${gate}/groups`, {
      query: filter as CallOptions['query'],
      ...options,
    }),
  /** What another alpha would have done to the outputs of a time, by the labels that there were. */
  whatIf: (gate: string, filter: Input<typeof WhatIfFilter>, options?: Options) =>
    call<PromiseWhatIf>('GET', path`/gates/${gate}/what-if`, {
      query: filter as CallOptions['query'],
      ...options,
    }),
  /** How often the AI was right at a guaranteed gate in a time: an estimate, and no certificate. */
  quality: (gate: string, filter: Input<typeof QualityFilter> = {}, options?: Options) =>
    call<PromiseQuality>('GET', path`/gates/${gate}/quality`, {
      query: filter as CallOptions['query'],
      ...options,
    }),
  /** Every certificate a gate ever had, newest first. */
  certificates: (gate: string, filter: Input<typeof CertificateFilter> = {}, options?: Options) =>
    call<Page<Certificate>>('GET', path`/gates/${gate}/certificates`, {
      query: filter as CallOptions['query'],
      ...options,
    }),
});

const outputCalls = ({ call }: Transport) => ({
  list: (filter: Input<typeof OutputFilter> = {}, options?: Options) =>
    call<Page<Output>>('GET', '/outputs', {
      query: filter as CallOptions['query'],
      ...options,
    }),
  read: (id: string, options?: Options) => call<Output>('GET', path`/outputs/${id}`, options),
  /** What happened, what was decided, what was said about it. */
  life: (id: string, options?: Options) =>
    call<OutputLife>('GET', path`/outputs/${id}/life`, options),
  /** Withdraws an output that nobody has decided. */
  /** What came of a bot's tool call that you claimed. */
  report: (id: string, body: Input<typeof CallReport>, options?: Options) =>
    call<CallView>('POST', path`/outputs/${id}/result`, { body, ...options }),
  cancel: (id: string, reason?: string, options?: Options) =>
    call<Output>('POST', path`/outputs/${id}/cancel`, { body: { reason }, ...options }),
  /** Erases an output's content for good; its verdict and record stay. */
  erase: (id: string, options?: Options) =>
    call<Output>('POST', path`/outputs/${id}/erase`, options),
  /** Says or shows how good an output was. */
  giveFeedback: (id: string, body: Input<typeof FeedbackSubmission>, options?: Options) =>
    call<Feedback>('POST', path`/outputs/${id}/feedback`, { body, ...options }),
});

const queueCalls = ({ call }: Transport) => ({
  list: (options?: Options) => call<Rows<Queue>>('GET', '/queues', options),
  change: (queue: string, body: Input<typeof QueueDefinition> = {}, options?: Options) =>
    call<Queue>('PUT', path`/queues/${queue}`, { body, ...options }),
});

const caseCalls = ({ call }: Transport) => ({
  open: (body: Input<typeof CaseSubmission>, options?: Options) =>
    call<Case>('POST', '/cases', { body, ...options }),
  list: (query: Input<typeof CaseFilter> = {}, options?: Options) =>
    call<Page<CaseRow>>('GET', '/cases', { query: query as CallOptions['query'], ...options }),
  read: (id: string, options?: Options) => call<Case>('GET', path`/cases/${id}`, options),
  /** Takes the next cases under a lease; none when there are none. `*` takes from every queue. */
  claim: async (queue = '*', limit = 1, options?: Options): Promise<ClaimedCase[]> => {
    const ask = { body: { limit }, ...options };
    return (await call<{ cases: ClaimedCase[] }>('POST', path`/queues/${queue}/claim`, ask)).cases;
  },
  answer: (id: string, body: Input<typeof AnswerSubmission>, options?: Options) =>
    call<{ case: Case; resolution: Resolution | null; answer_id: string }>(
      'POST',
      path`/cases/${id}/answers`,
      { body, ...options },
    ),
  /** Holds a case for longer. */
  heartbeat: (id: string, epoch: number, options?: Options) =>
    call<{ epoch: number; expires_at: string }>('POST', path`/cases/${id}/lease`, {
      body: { epoch },
      idempotency_key: '',
      ...options,
    }),
  /** Gives a case back unanswered. */
  release: (id: string, epoch: number, options?: Options) =>
    call<void>('DELETE', path`/cases/${id}/lease`, { query: { epoch }, ...options }),
  /** Takes a decision back whose effect has not left. */
  undo: (id: string, options?: Options) => call<Case>('POST', path`/cases/${id}/undo`, options),
  /** Corrects a decision whose effect has left. What was claimed is not run again; what was not
   *  can be claimed only as corrected. */
  correct: (id: string, body: Input<typeof CorrectionSubmission>, options?: Options) =>
    call<CorrectionResult>('POST', path`/cases/${id}/corrections`, { body, ...options }),
  /** Erases what a case shows and holds for good, with the output behind it; its record stays. */
  erase: (id: string, options?: Options) => call<Case>('POST', path`/cases/${id}/erase`, options),
  assign: (id: string, body: Input<typeof Assignment>, options?: Options) =>
    call<Case>('PUT', path`/cases/${id}/assignment`, { body, ...options }),
  notes: (id: string, options?: Options) =>
    call<Rows<Note>>('GET', path`/cases/${id}/notes`, options),
  note: (id: string, body: Input<typeof NoteSubmission>, options?: Options) =>
    call<Note>('POST', path`/cases/${id}/notes`, { body, ...options }),
  /** Decides many alike, each with its own line in the record. */
  decide: (body: Input<typeof BatchDecision>, options?: Options) =>
    call<BatchResult>('POST', '/cases/batch', { body, ...options }),
});

const keyCalls = ({ call }: Transport) => ({
  list: (options?: Options) => call<Rows<Key>>('GET', '/keys', options),
  /** Makes a key; `key` is in this answer and nowhere else. Should the answer be lost on the way,
   *  trying again brings the row without it: revoke that one and make another. */
  create: (body: Input<typeof KeySubmission>, options?: Options) =>
    call<Key>('POST', '/keys', { body, ...options }),
  revoke: (id: string, options?: Options) => call<void>('DELETE', path`/keys/${id}`, options),
});

const webhookCalls = ({ call }: Transport) => ({
  list: (options?: Options) => call<Rows<Webhook>>('GET', '/webhooks', options),
  /** Makes a webhook; `secret` is in this answer and nowhere else. */
  create: (body: Input<typeof WebhookSubmission>, options?: Options) =>
    call<Webhook>('POST', '/webhooks', { body, ...options }),
  /** Another address gets another secret, in this answer. */
  change: (id: string, body: Input<typeof WebhookChange>, options?: Options) =>
    call<Webhook>('PATCH', path`/webhooks/${id}`, { body, ...options }),
  remove: (id: string, options?: Options) => call<void>('DELETE', path`/webhooks/${id}`, options),
  /** Sends it a message of its own, whatever events it asked for. */
  test: (id: string, options?: Options) =>
    call<Webhook>('POST', path`/webhooks/${id}/test`, options),
  /** A new secret; the old one signs as well for 24 hours. */
  rotateSecret: (id: string, options?: Options) =>
    call<Webhook>('POST', path`/webhooks/${id}/secret`, options),
  /** A new secret for callbacks; the old one signs as well for 24 hours. */
  rotateCallbackSecret: (options?: Options) =>
    call<CallbackSecret>('POST', '/callback-secret', options),
  /** What was sent to one webhook; without an id everything that was sent, callbacks too. */
  deliveries: (id?: string, query: Input<typeof DeliveryFilter> = {}, options?: Options) =>
    call<Page<Delivery>>('GET', id ? path`/webhooks/${id}/deliveries` : '/deliveries', {
      query: query as CallOptions['query'],
      ...options,
    }),
  redeliver: (delivery_id: string, options?: Options) =>
    call<Delivery>('POST', path`/deliveries/${delivery_id}/redeliver`, options),
});

const auditCalls = ({ call }: Transport) => ({
  /** The record, newest first. */
  list: (query: CallOptions['query'] = {}, options?: Options) =>
    call<Page<AuditLine>>('GET', '/audit', { query, ...options }),
  verify: (options?: Options) => call<AuditVerification>('GET', '/audit/verify', options),
  /** That an event (by its `leaf`) is in the record, or that it only grew `since` a size. */
  proof: (query: { leaf: number } | { since: number }, options?: Options) =>
    call<AuditProof>('GET', '/audit/proof', { query, ...options }),
  /** The signed tree head, to keep outside the server. */
  checkpoint: (options?: Options) => call<Checkpoint>('GET', '/audit/checkpoint', options),
});

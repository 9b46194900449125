import type * as core from '@wheelhouse/core';
import { type Query, type RequestOptions, request } from './request.ts';

/** Input shapes as zod takes them, before defaults are filled in. */
type In<Schema> = Schema extends { _zod: { input: infer Input } } ? Input : never;
type Rows<Row> = { rows: Row[] };
type Options = Pick<RequestOptions, 'signal' | 'once' | 'keepalive'>;

const get = <T>(path: string, query?: Query, options?: Options) =>
  request<T>('GET', path, { ...options, ...(query ? { query } : {}) });
const post = <T>(path: string, body?: unknown, options?: Options) =>
  request<T>('POST', path, { ...options, body: body ?? {} });
const put = <T>(path: string, body: unknown, query?: Query) =>
  request<T>('PUT', path, { body, ...(query ? { query } : {}) });
const patch = <T>(path: string, body: unknown) => request<T>('PATCH', path, { body });
const remove = <T = void>(path: string, query?: Query, options?: Options) =>
  request<T>('DELETE', path, { ...options, ...(query ? { query } : {}) });

export interface AnswerResult {
  case: core.Case;
  resolution: core.Resolution | null;
  answer_id: string;
}
export type GateVersion = core.GateVersion;
export interface AuditFilter extends Query {
  subject?: string | undefined;
  actor?: string | undefined;
  type?: string | undefined;
  since?: string | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
}

/** Every call of the public surface, under the word pair that names its action. */
export const api = {
  me: {
    get: (options?: Options) => get<core.Me>('/me', undefined, options),
    signIn: (body: In<typeof core.SignIn>) => post<core.Me>('/session', body),
    signOut: () => remove('/session'),
    changePassword: (body: In<typeof core.PasswordChange>) => post<void>('/me/password', body),
    sessions: () => get<Rows<core.Session>>('/me/sessions'),
    endSession: (id: string) => remove(`/me/sessions/${id}`),
    setPresence: (body: In<typeof core.PresenceChange>) => put<core.Member>('/me/presence', body),
    beHere: () => post<void>('/me/here'),
    setAbsence: (body: In<typeof core.Absence>) => put<core.Member>('/me/absence', body),
  },
  enrolments: {
    get: (token: string) => get<core.EnrolmentView>(`/enrolments/${encodeURIComponent(token)}`),
    accept: (body: In<typeof core.Enrolment>) => post<core.Me>('/enrolments', body),
    resetPassword: (body: In<typeof core.PasswordReset>) => post<core.Me>('/password-resets', body),
  },
  members: {
    list: () => get<Rows<core.Member>>('/members'),
    change: (id: string, body: In<typeof core.MemberChange>) =>
      patch<core.Member>(`/members/${id}`, body),
    enable: (id: string, body: In<typeof core.AbilitiesChange>) =>
      patch<core.Member>(`/members/${id}/abilities`, body),
    remove: (id: string) => remove(`/members/${id}`),
    resetPassword: (id: string) => post<core.ResetLink>(`/members/${id}/password-reset`),
  },
  invitations: {
    list: () => get<Rows<core.Invitation>>('/invitations'),
    make: (body: In<typeof core.InvitationSubmission>) =>
      post<core.Invitation>('/invitations', body),
    revoke: (id: string) => remove(`/invitations/${id}`),
  },
  keys: {
    list: () => get<Rows<core.Key>>('/keys'),
    make: (body: In<typeof core.KeySubmission>) => post<core.Key>('/keys', body),
    revoke: (id: string) => remove(`/keys/${id}`),
  },
  queues: {
    list: () => get<Rows<core.Queue>>('/queues'),
    save: (queue: string, body: In<typeof core.QueueDefinition>) =>
      put<core.Queue>(`/queues/${queue}`, body),
    claim: (queue: string, body: In<typeof core.ClaimSubmission>, options?: Options) =>
      post<{ cases: core.ClaimedCase[] }>(
        `/queues/${encodeURIComponent(queue)}/claim`,
        body,
        options,
      ),
  },
  gates: {
    list: () => get<Rows<core.Gate>>('/gates'),
    get: (gate: string) => get<core.Gate>(`/gates/${gate}`),
    save: (gate: string, body: In<typeof core.GateDefinition>) =>
      put<core.Gate>(`/gates/${gate}`, body),
    versions: (gate: string) => get<Rows<GateVersion>>(`/gates/${gate}/versions`),
    preview: (gate: string, body: In<typeof core.PreviewSubmission>, options?: Options) =>
      post<core.Preview>(`/gates/${gate}/preview`, body, options),
    promise: (gate: string, filter: Query, options?: Options) =>
      get<core.GatePromise>(`/gates/${gate}/promise`, filter, options),
    override: (gate: string, body: In<typeof core.OverrideSubmission>) =>
      post<core.GateOverride>(`/gates/${gate}/override`, body),
    overridePreview: (gate: string, filter: Query, options?: Options) =>
      get<core.OverridePreview>(`/gates/${gate}/override/preview`, filter, options),
    endOverride: (gate: string) => remove(`/gates/${gate}/override`),
    groups: (gate: string, filter: Query, options?: Options) =>
      get<core.PromiseGroups>(`/gates/${gate}/groups`, filter, options),
    whatIf: (gate: string, filter: Query, options?: Options) =>
      get<core.PromiseWhatIf>(`/gates/${gate}/what-if`, filter, options),
    quality: (gate: string, filter: Query, options?: Options) =>
      get<core.PromiseQuality>(`/gates/${gate}/quality`, filter, options),
    certificates: (gate: string, filter: Query, options?: Options) =>
      get<core.Page<core.Certificate>>(`/gates/${gate}/certificates`, filter, options),
  },
  outputs: {
    list: (filter: Query, options?: Options) =>
      get<core.Page<core.Output>>('/outputs', filter, options),
    get: (id: string, options?: Options) => get<core.Output>(`/outputs/${id}`, undefined, options),
    life: (id: string) => get<core.OutputLife>(`/outputs/${id}/life`),
    cancel: (id: string, reason?: string) =>
      post<core.Output>(`/outputs/${id}/cancel`, reason ? { reason } : {}),
    giveFeedback: (id: string, body: In<typeof core.FeedbackSubmission>) =>
      post<core.Feedback>(`/outputs/${id}/feedback`, body),
  },
  cases: {
    list: (filter: Query, options?: Options) =>
      get<core.Page<core.CaseRow>>('/cases', filter, options),
    get: (id: string, options?: Options) => get<core.Case>(`/cases/${id}`, undefined, options),
    answer: (id: string, body: In<typeof core.AnswerSubmission>, options?: Options) =>
      post<AnswerResult>(`/cases/${id}/answers`, body, options),
    renew: (id: string, epoch: number) =>
      post<core.ClaimedCase['lease']>(`/cases/${id}/lease`, { epoch }),
    giveBack: (id: string, epoch: number, options?: Options) =>
      remove(`/cases/${id}/lease`, { epoch }, options),
    undo: (id: string) => post<core.Case>(`/cases/${id}/undo`),
    correct: (id: string, body: In<typeof core.CorrectionSubmission>) =>
      post<core.CorrectionResult>(`/cases/${id}/corrections`, body),
    assign: (id: string, assigned_to: string | null) =>
      put<core.Case>(`/cases/${id}/assignment`, { assigned_to }),
    notes: (id: string) => get<Rows<core.Note>>(`/cases/${id}/notes`),
    note: (id: string, body: In<typeof core.NoteSubmission>) =>
      post<core.Note>(`/cases/${id}/notes`, body),
    decideBatch: (body: In<typeof core.BatchDecision>, options?: Options) =>
      post<core.BatchResult>('/cases/batch', body, options),
  },
  contacts: {
    change: (id: string, body: In<typeof core.ContactChange>) =>
      patch<core.ContactView>(`/contacts/${id}`, body),
    erase: (id: string) => post<core.Contact>(`/contacts/${id}/erase`),
  },
  conversations: {
    list: (filter: Query, options?: Options) =>
      get<core.Page<core.ConversationRow>>('/conversations', filter, options),
    counts: () => get<core.ConversationCounts>('/conversation-counts'),
    read: (id: string, place: { after?: number; before?: number } = {}, options?: Options) =>
      get<core.Transcript>(`/conversations/${id}`, { ...place }, options),
    brief: (id: string, options?: Options) =>
      get<core.BriefView>(`/conversations/${id}/brief`, {}, options),
    knowledge: (id: string, query: { q?: string; model?: boolean }, options?: Options) =>
      get<core.Knowledge>(`/conversations/${id}/knowledge`, { ...query }, options),
    translate: (body: In<typeof core.TranslationSubmission>, options?: Options) =>
      post<core.Translation>('/translations', body, options),
    summary: (id: string, model: boolean, options?: Options) =>
      get<core.Summary>(`/conversations/${id}/summary`, { model }, options),
    send: (id: string, body: In<typeof core.MessageSubmission>) =>
      post<core.Message>(`/conversations/${id}/messages`, body),
    take: (id: string, body: In<typeof core.TakeSubmission> = {}) =>
      post<core.Conversation>(`/conversations/${id}/take`, body),
    whisper: (id: string, body: In<typeof core.WhisperSubmission>) =>
      post<core.Message>(`/conversations/${id}/whisper`, body),
    handBack: (id: string, summary?: string) =>
      post<core.Conversation>(
        `/conversations/${id}/hand-back`,
        summary === undefined ? {} : { summary },
      ),
    handOff: (id: string, body: In<typeof core.HandOffSubmission>) =>
      post<core.Conversation>(`/conversations/${id}/hand-off`, body),
    resolve: (id: string, body: In<typeof core.ResolveSubmission>) =>
      post<core.Conversation>(`/conversations/${id}/resolve`, body),
    merge: (id: string, into: string) =>
      post<core.Conversation>(`/conversations/${id}/merge`, { into }),
    erase: (id: string) => post<core.Conversation>(`/conversations/${id}/erase`),
    search: (q: string, limit: number, options?: Options) =>
      get<Rows<core.SearchHit>>('/conversation-search', { q, limit }, options),
    snooze: (id: string, until: string) =>
      post<core.Conversation>(`/conversations/${id}/snooze`, { until }),
    unsnooze: (id: string) => post<core.Conversation>(`/conversations/${id}/unsnooze`),
    change: (id: string, body: In<typeof core.ConversationChange>) =>
      patch<core.Conversation>(`/conversations/${id}`, body),
    look: (id: string, typing: boolean, options?: Options) =>
      post<core.Looking>(`/conversations/${id}/looking`, { typing }, options),
    readUpTo: (id: string, seq: number) => post<void>(`/conversations/${id}/read`, { seq }),
  },
  reports: {
    conversations: (filter: Query, options?: Options) =>
      get<core.ConversationReport>('/reports/conversations', filter, options),
    preferences: (filter: Query, options?: Options) =>
      get<core.Page<core.Preference>>('/preferences', filter, options),
  },
  live: { get: (options?: Options) => get<core.LiveView>('/live', undefined, options) },
  canned_replies: {
    list: () => get<Rows<core.CannedReply>>('/canned-replies'),
    save: (name: string, body: In<typeof core.CannedReplyDefinition>) =>
      put<core.CannedReply>(`/canned-replies/${name}`, body),
    remove: (name: string) => remove(`/canned-replies/${name}`),
  },
  bots: {
    list: () => get<Rows<core.Bot>>('/bots'),
    get: (bot: string) => get<core.Bot>(`/bots/${bot}`),
    save: (bot: string, body: In<typeof core.BotDefinition>, if_version: number) =>
      put<core.Bot>(`/bots/${bot}`, body, { if_version }),
    try: (bot: string, body: In<typeof core.TrialSubmission>, options?: Options) =>
      post<core.Trial>(`/bots/${bot}/try`, body, options),
    stop: (bot?: string) => post<{ bots: string[] }>('/stop-bots', bot ? { bot } : {}),
    resume: (bot?: string) => post<{ bots: string[] }>('/resume-bots', bot ? { bot } : {}),
    makeIdentitySecret: (bot: string) => post<core.IdentitySecret>(`/bots/${bot}/identity-secret`),
    makeToolSecret: (bot: string, tool: string) =>
      post<core.ToolSecret>(`/bots/${bot}/tools/${tool}/secret`),
  },
  articles: {
    list: (bot: string, filter: Query, options?: Options) =>
      get<core.Page<core.ArticleRow>>(`/bots/${bot}/articles`, filter, options),
    get: (bot: string, article: string) => get<core.Article>(`/bots/${bot}/articles/${article}`),
    save: (
      bot: string,
      article: string,
      body: In<typeof core.ArticleSubmission>,
      if_version: number,
    ) => put<core.Article>(`/bots/${bot}/articles/${article}`, body, { if_version }),
    upload: (bot: string, file: File, content_type: string) =>
      request<core.ArticleFileReport>('POST', `/bots/${bot}/articles`, {
        query: { file: file.name },
        file: { content: file, content_type },
      }),
    accept: (bot: string, article: string) =>
      post<core.Article>(`/bots/${bot}/articles/${article}/accept`),
    remove: (bot: string, article: string) =>
      remove<core.Article>(`/bots/${bot}/articles/${article}`),
  },
  crawls: {
    list: (bot: string) => get<Rows<core.Crawl>>(`/bots/${bot}/crawls`),
    get: (bot: string, crawl: string) => get<core.CrawlReport>(`/bots/${bot}/crawls/${crawl}`),
    start: (bot: string, addresses: string[]) =>
      post<core.Crawl>(`/bots/${bot}/crawls`, { addresses }),
    cancel: (bot: string, crawl: string) => post<core.Crawl>(`/bots/${bot}/crawls/${crawl}/cancel`),
  },
  home: { get: () => get<core.HomeSummary>('/home') },
  audit: {
    list: (filter: AuditFilter) => get<core.Page<core.AuditLine>>('/audit', filter),
    verify: () => get<core.AuditVerification>('/audit/verify'),
    checkpoint: () => get<core.Checkpoint>('/audit/checkpoint'),
  },
  webhooks: {
    list: () => get<Rows<core.Webhook>>('/webhooks'),
    make: (body: In<typeof core.WebhookSubmission>) => post<core.Webhook>('/webhooks', body),
    change: (id: string, body: In<typeof core.WebhookChange>) =>
      patch<core.Webhook>(`/webhooks/${id}`, body),
    remove: (id: string) => remove(`/webhooks/${id}`),
    test: (id: string) => post<core.Webhook>(`/webhooks/${id}/test`),
    rotate: (id: string) => post<core.Webhook>(`/webhooks/${id}/secret`),
    deliveries: (id: string, query?: Query) =>
      get<core.Page<core.Delivery>>(`/webhooks/${id}/deliveries`, query),
    redeliver: (delivery_id: string) => post<core.Delivery>(`/deliveries/${delivery_id}/redeliver`),
  },
} as const;

import {
  type AnswerSubmission,
  type Case,
  type CaseFilter,
  type CaseRow,
  type CaseSubmission,
  type ClaimedAction,
  type ClaimedCase,
  type Feedback,
  type FeedbackSubmission,
  type Gate,
  type GateDefinition,
  type HomeSummary,
  type Key,
  type KeySubmission,
  type Me,
  makeId,
  type Output,
  type OutputFilter,
  type OutputLife,
  type OutputSubmission,
  type Page,
  type Preview,
  type Resolution,
  type SubmissionResult,
} from '@wheelhouse/core';
import type * as z from 'zod';
import { WheelhouseError } from './fault.ts';
import { type EventsOptions, followEvents } from './live.ts';

export interface WheelhouseOptions {
  /** Where the server is, such as `http://127.0.0.1:4173`. */
  url: string;
  /** A key (`wh_…`); in the web app's own pages the session cookie serves instead. */
  key?: string;
  /** Replaces the platform's fetch. */
  fetch?: typeof fetch;
}

export interface CallOptions {
  body?: unknown;
  query?: Record<string, string | number | boolean | undefined>;
  idempotency_key?: string;
  signal?: AbortSignal;
}

export interface WaitOptions {
  /** Gives up after this long; without it, it waits as long as it takes. */
  timeout_ms?: number;
  signal?: AbortSignal;
}

type Input<Schema extends z.ZodType> = z.input<Schema>;
export type GateInput = Input<typeof GateDefinition>;
export type AnswerInput = Partial<z.input<typeof AnswerSubmission>>;

/** One request holds this long; a wait asks again and again. */
const hold_ms = 25_000;
const first_retry_ms = 250;
const longest_retry_ms = 10_000;
/** No answer at all, and the server's own "try again": nothing was done, or the id makes it safe. */
const passing = new Set([0, 429, 502, 503, 504]);

/** A thin client over the public API: one method an action, named as the action is. */
export class Wheelhouse {
  readonly url: string;
  readonly #key: string | undefined;
  readonly #fetch: typeof fetch;

  constructor({ url, key, fetch: given }: WheelhouseOptions) {
    this.url = url.replace(/\/+$/, '');
    this.#key = key;
    this.#fetch = given ?? ((input, init) => fetch(input, init));
  }

  readonly gates = {
    list: () => this.call<{ rows: Gate[] }>('GET', '/gates'),
    read: (gate: string) => this.call<Gate>('GET', `/gates/${gate}`),
    put: (gate: string, definition: GateInput) =>
      this.call<Gate>('PUT', `/gates/${gate}`, { body: definition }),
    preview: (gate: string, definition: GateInput, limit?: number) =>
      this.call<Preview>('POST', `/gates/${gate}/preview`, {
        body: { definition, ...(limit ? { limit } : {}) },
      }),
  };

  readonly outputs = {
    list: (filter: Partial<z.infer<typeof OutputFilter>> = {}) =>
      this.call<Page<Output>>('GET', '/outputs', { query: filter as CallOptions['query'] }),
    read: (id: string) => this.call<Output>('GET', `/outputs/${id}`),
    life: (id: string) => this.call<OutputLife>('GET', `/outputs/${id}/life`),
    cancel: (id: string, reason?: string) =>
      this.call<Output>('POST', `/outputs/${id}/cancel`, { body: reason ? { reason } : {} }),
    feedback: (id: string, feedback: z.input<typeof FeedbackSubmission>) =>
      this.call<Feedback>('POST', `/outputs/${id}/feedback`, { body: feedback }),
  };

  readonly cases = {
    open: (body: z.input<typeof CaseSubmission>) => this.call<Case>('POST', '/cases', { body }),
    list: (filter: Partial<z.infer<typeof CaseFilter>> = {}) =>
      this.call<Page<CaseRow>>('GET', '/cases', { query: filter as CallOptions['query'] }),
    read: (id: string) => this.call<Case>('GET', `/cases/${id}`),
    claim: async (queue = '*', limit = 1) =>
      (
        await this.call<{ cases: ClaimedCase[] }>('POST', `/queues/${queue}/claim`, {
          body: { limit },
        })
      ).cases,
    answer: (id: string, body: AnswerInput, idempotency_key?: string) =>
      this.call<{ case: Case; resolution: Resolution | null; answer_id: string }>(
        'POST',
        `/cases/${id}/answers`,
        { body, ...(idempotency_key ? { idempotency_key } : {}) },
      ),
    heartbeat: (id: string, epoch: number) =>
      this.call<{ epoch: number; expires_at: string }>('POST', `/cases/${id}/lease`, {
        body: { epoch },
      }),
    release: (id: string, epoch: number) =>
      this.call<null>('DELETE', `/cases/${id}/lease`, { query: { epoch } }),
    undo: (id: string) => this.call<Case>('POST', `/cases/${id}/undo`),
  };

  readonly keys = {
    list: () => this.call<{ rows: Key[] }>('GET', '/keys'),
    create: (body: z.input<typeof KeySubmission>) => this.call<Key>('POST', '/keys', { body }),
    revoke: (id: string) => this.call<null>('DELETE', `/keys/${id}`),
  };

  me(): Promise<Me> {
    return this.call<Me>('GET', '/me');
  }

  home(): Promise<HomeSummary> {
    return this.call<HomeSummary>('GET', '/home');
  }

  /** Submits one output. Its id is made here, before the send, so trying again after a broken
   *  connection meets the same row and nothing is judged twice.
   *  @throws WheelhouseError */
  async submit(
    gate: string,
    body: z.input<typeof OutputSubmission>,
    options: Pick<CallOptions, 'signal'> = {},
  ): Promise<SubmissionResult> {
    const id = body.id ?? newOutputId();
    return this.#persist(
      () =>
        this.call<SubmissionResult>('POST', `/gates/${gate}/outputs`, {
          body: { ...body, id },
          ...options,
        }),
      { ...options, tries: 6 },
    );
  }

  /** Submits many outputs in one request, judged and kept in order; a bad one fails alone. */
  async submitMany(
    gate: string,
    bodies: z.input<typeof OutputSubmission>[],
  ): Promise<(SubmissionResult | { line: number; code: string; detail: string })[]> {
    const lines = bodies
      .map((body) => JSON.stringify({ ...body, id: body.id ?? newOutputId() }))
      .join('\n');
    const { results } = await this.#send<{
      results: (SubmissionResult | { line: number; code: string; detail: string })[];
    }>('POST', `/gates/${gate}/outputs`, { text: lines, type: 'application/x-ndjson' });
    return results;
  }

  /** Waits until an output is decided. It only reads, again and again, so it survives restarts of
   *  the server and lost connections, and may go on for a year.
   *  @throws WheelhouseError `timeout` when `timeout_ms` is over; what the server refuses for good */
  async wait(
    id: string,
    { timeout_ms, signal }: WaitOptions = {},
  ): Promise<Output & { outcome: NonNullable<Output['outcome']> }> {
    const end_ms = timeout_ms === undefined ? Number.POSITIVE_INFINITY : Date.now() + timeout_ms;
    for (;;) {
      const left_ms = end_ms - Date.now();
      const wait_ms = Math.max(0, Math.min(hold_ms, left_ms));
      const output = await this.#persist(
        () =>
          this.call<Output>('GET', `/outputs/${id}`, {
            query: { wait_ms: Math.floor(wait_ms) },
            ...(signal ? { signal } : {}),
          }),
        { ...(signal ? { signal } : {}), end_ms },
      );
      if (output.outcome) return output as Output & { outcome: NonNullable<Output['outcome']> };
      if (Date.now() >= end_ms)
        throw new WheelhouseError('timeout', 0, `${id} was not decided in ${timeout_ms} ms.`);
    }
  }

  /** Takes the one-time right to act on an approved action.
   *  @throws WheelhouseError already_claimed, not_decided, not_approved, integrity */
  claim(id: string): Promise<ClaimedAction> {
    return this.call<ClaimedAction>('POST', `/outputs/${id}/claim`);
  }

  /** Everything that happens, in commit order, resumed by itself after a lost connection. */
  events(options: EventsOptions = {}) {
    return followEvents({ url: this.url, headers: this.#headers(), fetch: this.#fetch }, options);
  }

  /** Any call of the API. @throws WheelhouseError */
  call<Result>(
    method: string,
    path: string,
    { body, query, idempotency_key, signal }: CallOptions = {},
  ): Promise<Result> {
    const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined);
    const search = given.length
      ? `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`
      : '';
    return this.#send<Result>(method, `${path}${search}`, {
      ...(body === undefined ? {} : { text: JSON.stringify(body), type: 'application/json' }),
      ...(idempotency_key ? { idempotency_key } : {}),
      ...(signal ? { signal } : {}),
    });
  }

  async #send<Result>(
    method: string,
    path: string,
    {
      text,
      type,
      idempotency_key,
      signal,
    }: { text?: string; type?: string; idempotency_key?: string; signal?: AbortSignal },
  ): Promise<Result> {
    const response = await this.#fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: {
        ...this.#headers(),
        ...(type ? { 'content-type': type } : {}),
        ...(idempotency_key ? { 'idempotency-key': idempotency_key } : {}),
      },
      ...(text === undefined ? {} : { body: text }),
      ...(signal ? { signal } : {}),
    }).catch((cause: Error) => {
      if (signal?.aborted) throw signal.reason;
      throw new WheelhouseError(
        'unreachable',
        0,
        `Nothing answers at ${this.url}: ${cause.message}`,
      );
    });
    const said = await response.text().catch(() => {
      throw new WheelhouseError(
        'unreachable',
        0,
        'The connection broke off in the middle of the answer.',
      );
    });
    if (response.ok) return (said ? JSON.parse(said) : null) as Result;
    throw problemOf(response.status, said);
  }

  #headers(): Record<string, string> {
    return this.#key ? { authorization: `Bearer ${this.#key}` } : { 'x-wheelhouse': '1' };
  }

  /** Tries again what failed in passing, with growing pauses. */
  async #persist<Result>(
    run: () => Promise<Result>,
    {
      signal,
      end_ms = Number.POSITIVE_INFINITY,
      tries = Number.POSITIVE_INFINITY,
    }: { signal?: AbortSignal; end_ms?: number; tries?: number },
  ): Promise<Result> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await run();
      } catch (thrown) {
        signal?.throwIfAborted();
        const again = thrown instanceof WheelhouseError && passing.has(thrown.status);
        if (!again || attempt >= tries || Date.now() >= end_ms) throw thrown;
        const pause_ms = Math.min(longest_retry_ms, first_retry_ms * 2 ** (attempt - 1));
        await pause(Math.min(pause_ms, Math.max(0, end_ms - Date.now())), signal);
      }
    }
  }
}

function problemOf(status: number, said: string): WheelhouseError {
  try {
    const { code, detail, ...facts } = JSON.parse(said) as { code: string; detail: string };
    return new WheelhouseError(code ?? 'unknown', status, detail ?? said.slice(0, 200), facts);
  } catch {
    return new WheelhouseError(
      'unknown',
      status,
      `The answer was ${status}: ${said.slice(0, 200)}`,
    );
  }
}

/** An id for an output, made before it is sent. */
export const newOutputId = (): string =>
  makeId('output', Date.now(), crypto.getRandomValues(new Uint8Array(10)));

/** Resolves after `ms`; rejects at once when the signal is aborted. */
export const pause = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal?.addEventListener('abort', stop, { once: true });
  });

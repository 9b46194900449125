import type {
  ClaimedAction,
  FieldFault,
  HomeSummary,
  Me,
  Outcome,
  Output,
  OutputSubmission,
  SubmissionResult,
} from '@wheelhouse/core';
import { WheelhouseError } from './fault.ts';
import { newOutputId } from './id.ts';
import { type EventsOptions, follow } from './live.ts';
import {
  type CallOptions,
  type Method,
  path,
  pause,
  pauseAfter,
  type Transport,
  transport,
  type WheelhouseOptions,
} from './request.ts';
import { type Input, type Options, type Rooms, roomsOf } from './rooms.ts';

export type Submission = Input<typeof OutputSubmission>;
/** One line of many that was refused; the others went in. */
export interface RefusedLine {
  /** From 1, over the whole of what was given. */
  line: number;
  code: string;
  detail: string;
  errors?: FieldFault[];
}
export type Decided = Output & { outcome: Outcome };
export interface WaitOptions {
  /** How long to wait at all; without it, until it is decided. */
  timeout_ms?: number;
  signal?: AbortSignal;
}

/** One request waits this long; a proxy in between rarely cuts off below half a minute. */
const poll_ms = 25_000;
const slack_ms = 5_000;
const least_between_ms = 250;
const batch_lines = 500;
const batch_characters = 1_000_000;

/** The way to one Wheelhouse server. Every call is tried again while its error passes, under an id
 *  or an Idempotency-Key that makes it count once.
 *
 *  ```ts
 *  const wheelhouse = new Wheelhouse({ url: 'http://127.0.0.1:4173', key: 'wh_…' });
 *  const { id } = await wheelhouse.submit('replies', { content: { text: 'Hello' } });
 *  const { outcome } = await wheelhouse.wait(id);
 *  ``` */
export class Wheelhouse {
  readonly #transport: Transport;
  readonly gates: Rooms['gates'];
  readonly outputs: Rooms['outputs'];
  readonly queues: Rooms['queues'];
  readonly cases: Rooms['cases'];
  readonly keys: Rooms['keys'];
  readonly webhooks: Rooms['webhooks'];
  readonly audit: Rooms['audit'];
  readonly conversations: Rooms['conversations'];
  readonly contacts: Rooms['contacts'];
  readonly messages: Rooms['messages'];
  readonly articles: Rooms['articles'];
  readonly live: Rooms['live'];
  readonly reports: Rooms['reports'];
  readonly bots: Rooms['bots'];
  readonly crawls: Rooms['crawls'];
  readonly files: Rooms['files'];
  readonly canned_replies: Rooms['canned_replies'];

  constructor(options: WheelhouseOptions) {
    this.#transport = transport(options);
    const rooms = roomsOf(this.#transport);
    const { gates, outputs, queues, cases, keys, webhooks, audit } = rooms;
    this.gates = gates;
    this.outputs = outputs;
    this.queues = queues;
    this.cases = cases;
    this.keys = keys;
    this.webhooks = webhooks;
    this.audit = audit;
    this.conversations = rooms.conversations;
    this.contacts = rooms.contacts;
    this.messages = rooms.messages;
    this.live = rooms.live;
    this.reports = rooms.reports;
    this.articles = rooms.articles;
    this.bots = rooms.bots;
    this.crawls = rooms.crawls;
    this.files = rooms.files;
    this.canned_replies = rooms.canned_replies;
  }

  /** Any address below /api/v1, for what has no method here. */
  call<Answer>(method: Method, path: string, options?: CallOptions): Promise<Answer> {
    return this.#transport.call<Answer>(method, path, options);
  }

  /** Submits one output. Its id is made here unless it brings one, so a retry meets its own row.
   *  @throws WheelhouseError not_found (no such gate), invalid, id_taken, key_reused */
  submit(gate: string, output: Submission, options?: Options): Promise<SubmissionResult> {
    // Under a key of the caller's the body must stay the same from call to call: no new id then.
    // An id does all that a key does, and keeps no copy of the answer, so one of them is enough.
    const ask = options?.idempotency_key
      ? { body: output, ...options }
      : { body: { id: newOutputId(), ...output }, ...options, idempotency_key: '' };
    return this.call('POST', path`/gates/${gate}/outputs`, ask);
  }

  /** Submits as many as there are, some hundreds to a request, and gives one result each in the
   *  same order. Memory stays flat however many come. */
  async *submitMany(
    gate: string,
    outputs: Iterable<Submission> | AsyncIterable<Submission>,
    { signal }: { signal?: AbortSignal } = {},
  ): AsyncGenerator<SubmissionResult | RefusedLine> {
    let lines: string[] = [];
    let characters = 0;
    let sent = 0;
    const send = async () => {
      const first = sent;
      sent += lines.length;
      const body = lines.join('\n');
      lines = [];
      characters = 0;
      const ask = { body, content_type: 'application/x-ndjson', idempotency_key: '', signal };
      const { results } = await this.call<{ results: (SubmissionResult | RefusedLine)[] }>(
        'POST',
        path`/gates/${gate}/outputs`,
        ask,
      );
      return results.map((one) => ('line' in one ? { ...one, line: first + one.line } : one));
    };
    for await (const output of outputs) {
      const line = JSON.stringify({ id: newOutputId(), ...output });
      lines.push(line);
      characters += line.length;
      if (lines.length >= batch_lines || characters >= batch_characters) yield* await send();
    }
    if (lines.length) yield* await send();
  }

  /** Waits until an output is decided, however long that takes: it asks again and again, through
   *  restarts, resets and overload. One that is decided already is answered at once.
   *  @throws WheelhouseError timeout when `timeout_ms` is over, not_found, unauthenticated,
   *  forbidden; or the reason of an aborted signal */
  async wait(id: string, { timeout_ms = Number.POSITIVE_INFINITY, signal }: WaitOptions = {}) {
    const until = Date.now() + timeout_ms;
    for (let failures = 0; ; ) {
      const began = Date.now();
      const wait_ms = Math.floor(Math.max(0, Math.min(poll_ms, until - began)));
      const ask = { query: { wait_ms }, tries: 1, timeout_ms: wait_ms + slack_ms, signal };
      let next_ms = 0;
      try {
        const output = await this.call<Output>('GET', path`/outputs/${id}`, ask);
        if (output.outcome) return output as Decided;
        failures = 0;
        next_ms = began + least_between_ms - Date.now();
      } catch (thrown) {
        if (!(thrown instanceof WheelhouseError) || !thrown.passing) throw thrown;
        failures += 1;
        next_ms = pauseAfter(failures, thrown);
      }
      const left_ms = until - Date.now();
      if (left_ms <= 0) {
        const words = `${id} was not decided in ${timeout_ms} ms.`;
        throw new WheelhouseError('timeout', 0, words, { output_id: id });
      }
      if (next_ms > 0) await pause(Math.min(next_ms, left_ms), signal);
    }
  }

  /** Takes the one-time right to act, with the exact action approved. `guard` does this and checks
   *  it; whoever calls it alone should `checkClaim`. While a decision can still be undone this waits
   *  until it is final, as often as the server says to come again.
   *  @throws WheelhouseError not_decided, not_approved, already_claimed, integrity */
  async claim(id: string, options?: Options): Promise<ClaimedAction> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.call('POST', path`/outputs/${id}/claim`, options);
      } catch (thrown) {
        if (!(thrown instanceof WheelhouseError) || thrown.code !== 'undo_open') throw thrown;
        await pause(pauseAfter(attempt, thrown), options?.signal);
      }
    }
  }

  me(options?: Options): Promise<Me> {
    return this.call('GET', '/me', options);
  }

  home(options?: Options): Promise<HomeSummary> {
    return this.call('GET', '/home', options);
  }

  /** Figures of the workspace and the server, as Prometheus text. */
  metrics(options?: Options): Promise<string> {
    return this.call('GET', '/metrics', options);
  }

  /** Follows everything that happens, each event once and in order, over dropped connections. */
  events(options?: EventsOptions) {
    return follow(this.#transport, options);
  }
}

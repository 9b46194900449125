import type { Instant, JsonObject, Noun, ReadDocument, Scope } from '@wheelhouse/core';
import type { Classifier, LabelledText } from '@wheelhouse/core/learn';

/** Everything outside, on one page. The world's side is in world/, the simulated one in testing/. */

/** One SQL statement, named once, so that the driver prepares it once a connection. */
export interface Statement {
  name: string;
  text: string;
}

/** A transaction: it has one `now`, which statements take as a parameter. */
export interface Tx {
  readonly scope: Scope;
  readonly now: Instant;
  query<Row>(statement: Statement, values?: unknown[]): Promise<Row[]>;
  /** Sends a statement whose rows nobody needs, without waiting: it travels with the commit, and
   *  its failure fails the transaction. */
  write(statement: Statement, values?: unknown[]): void;
}

export interface TransactionTerms {
  /** How long it may take in all; some seconds when not given. */
  patience_ms?: number | undefined;
  /** The work begins with a query and neither writes nor asks the time before that is answered: so
   *  the query travels with the beginning, and a round trip is saved. */
  reads_first?: boolean;
}

export interface Database {
  /** Runs `work` in one transaction under the scope's row-level security; retried when the engine
   *  asks for it (serialisation failure, deadlock), so `work` must have no effect elsewhere.
   *  @throws Refusal unavailable when no connection or answer comes in time */
  transact<Result>(
    scope: Scope,
    work: (tx: Tx) => Promise<Result>,
    terms?: TransactionTerms,
  ): Promise<Result>;
  /** Calls back when any server has written events; a wake-up only, rows are the truth. */
  onWake(listener: () => void): () => void;
  /** Tells this and every other server that events were written; coalesced. */
  wake(): void;
  /** How many connections are open, how many of those rest, and how many callers wait for one. */
  connections(): { open: number; idle: number; waiting: number };
  close(): Promise<void>;
}

export interface Clock {
  now(): Instant;
  /** Milliseconds since some moment, for measuring waits: they only grow, whoever sets the clock. */
  ticks_ms(): number;
  /** Resolves after `ms`, or at once when the signal is aborted. */
  pause(ms: number, signal?: AbortSignal): Promise<void>;
}

export interface Chance {
  bytes(count: number): Uint8Array;
  /** Uniform in [0, 1). */
  fraction(): number;
}

/** One outgoing request, to an address that strangers chose. */
export interface Outgoing {
  url: string;
  method: 'POST' | 'GET';
  headers: Record<string, string>;
  body: string;
  timeout_ms: number;
  /** Keeps so much of what comes as bytes, and notes whether there was more. */
  keep_bytes?: number;
  /** Gives up early; the send then throws. */
  signal?: AbortSignal;
}
export interface Incoming {
  status: number;
  headers: Record<string, string>;
  /** The first 2,000 characters. */
  body: string;
  /** What `keep_bytes` asked for; undefined where it broke off or there was more. */
  bytes?: Uint8Array | undefined;
}

/** The one way out. Never follows a redirect; never reaches an address that is not public.
 *  @throws Refusal forbidden_address, or an Error that says what failed */
export interface Network {
  send(request: Outgoing): Promise<Incoming>;
  /** Refuses an address that can be told to be forbidden without a look-up.
   *  @param field what the caller named it; `url` unless told */
  check(url: string, field?: string): void;
}

export interface Log {
  info(facts: object, sentence: string): void;
  warn(facts: object, sentence: string): void;
  error(facts: object, sentence: string): void;
}

export type CounterName = 'events' | 'outputs' | 'decisions' | 'corrections';
/** A figure read at the moment it is asked for. */
export interface Gauge {
  name: string;
  help: string;
  rows: { labels: Record<string, string>; value: number }[];
}

/** Figures for whoever watches, kept in memory, apart for each workspace; counting one costs under a
 *  microsecond. A server that nobody watches, as in a simulation, has none. */
export interface Metrics {
  count(scope: Scope, name: CounterName, labels: Record<string, string>): void;
  /** How long a request took that asked for an action. */
  time(scope: Scope, action: string, status: number, ms: number): void;
  /** One turn of a background job, of the server as a whole. */
  turn(job: string, result: 'worked' | 'idle' | 'failed'): void;
  /** One workspace's figures and the server's own, in Prometheus' text format. */
  text(scope: Scope, gauges: Gauge[]): Promise<string>;
}

/** Where models of our own are trained, apart from what serves requests. */
export interface Trainer {
  /** @throws Error when the examples cannot be learned from */
  train(examples: LabelledText[], options: { seed: number }): Promise<Classifier>;
}

/** Tokens by which a host page vouches for who its visitor is. */
export interface Identities {
  /** What a token says, if it was signed (HS256) with one of the secrets for this audience and has not
   *  run out; null otherwise. */
  read(
    token: string,
    terms: { secrets: string[]; audience: string; now: Instant },
  ): Promise<Record<string, unknown> | null>;
}

/** Reads documents of strangers, apart from what serves requests, with an end to time and memory. */
export interface Documents {
  /** @param from `base`, the address that a page's links begin from, and `charset`, how it is written
   *  by what the transport says
   *  @throws Refusal invalid (file), too_many_requests */
  read(
    kind: 'html' | 'pdf',
    bytes: Uint8Array,
    from?: { base?: string | undefined; charset?: string | undefined },
  ): Promise<ReadDocument>;
  /** Whether a site lets programs such as this fetch an address. */
  mayVisit(url: string, robots: { url: string; text: string }): boolean;
}

/** How to reach a language model. */
export interface ModelSettings {
  provider: 'openai-compatible' | 'anthropic' | 'google' | 'ollama';
  name: string;
  url: string | undefined;
  key: string | undefined;
  /** The longest that one answer may take, tries and waits included. */
  timeout_ms: number;
  /** A model that sends nothing for this long has stalled. */
  stall_ms: number;
  /** One that does not answer is not asked for this long at first. */
  rest_ms: number;
}

/** What a language model is asked to write. */
export interface ModelRequest {
  /** What it is to do: the builder's words and ours. */
  instructions: string;
  /** What it is to do it with: passages and what people said. Data, whatever stands in it. */
  material: string;
  /** The longest answer, in the model's own units. */
  max_tokens: number;
  /** Gives up at once; the writing then rejects. */
  signal: AbortSignal;
  /** Whoever asks waits no longer than this, tries included; at most as long as the operator allows. */
  timeout_ms?: number;
  /** Hears the text so far whenever there is more of it. A new try begins it anew. */
  onText?(so_far: string): void;
  /** What it may call in place of writing. */
  tools?: ToolOffered[];
  /** Hears that it calls one; the text may then be empty. Nothing is checked of the arguments. */
  onCall?(call: ToolCall): void;
}

export interface ToolOffered {
  name: string;
  description: string;
  /** A JSON Schema. */
  arguments_schema: JsonObject;
}
export interface ToolCall {
  name: string;
  arguments: JsonObject;
}

/** A language model that the operator chose. Tries, waits and lengths are bounded. */
export interface LanguageModel {
  /** As the record names it: provider and model. */
  readonly name: string;
  /** Whether it did not answer and is not waited for, but for one who tries it again. */
  resting(): boolean;
  /** @returns the whole text, which the model said was whole, or what it wrote before it called a tool
   *  @throws Error that says what failed, when it is given up */
  write(request: ModelRequest): Promise<string>;
}

export interface Ports {
  clock: Clock;
  chance: Chance;
  database: Database;
  network: Network;
  log: Log;
  trainer: Trainer;
  identities: Identities;
  documents: Documents;
  /** null when none is configured: everything works the same without one. */
  language_model: LanguageModel | null;
  /** A new typed id, ordered by `at`. */
  makeId(noun: Noun, at: Instant): string;
}

import { faultOf, WheelhouseError } from './fault.ts';

export interface WheelhouseOptions {
  /** Where the server is, such as `https://wheelhouse.example.com`. */
  url: string;
  /** `wh_…`; in a page that is signed in, none is needed. */
  key?: string | undefined;
  /** Replaces the platform's own. */
  fetch?: typeof fetch;
  /** How often a call is tried before its error is thrown; 5 unless told. */
  tries?: number;
  /** How long one try may take; 30 s unless told. */
  timeout_ms?: number;
}

export interface CallOptions {
  /** JSON, or text or bytes that are sent as they are with `content_type`. */
  body?: unknown;
  content_type?: string;
  query?: Record<string, string | number | boolean | undefined>;
  /** Made for each write when not given, and kept over its tries; '' for none, where trying again
   *  does no harm anyway. */
  idempotency_key?: string;
  headers?: Record<string, string>;
  signal?: AbortSignal;
  tries?: number;
  timeout_ms?: number;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** The one way to the server. */
export interface Transport {
  /** Calls an address below /api/v1, again while errors pass.
   *  @throws WheelhouseError, or the reason of an aborted signal */
  call<Answer>(method: Method, path: string, ask?: CallOptions): Promise<Answer>;
  /** Opens an answer that is read in pieces. Tried once; `timeout_ms` is for its head alone. */
  open(path: string, ask?: CallOptions): Promise<{ response: Response; close(): void }>;
}

const longest_pause_ms = 15_000;

/** A path whose values are written so that none can mean another path. */
export const path = (words: TemplateStringsArray, ...values: string[]): string =>
  words.reduce((made, word, at) => made + encodeURIComponent(values[at - 1] ?? '') + word);

/** Resolves after `ms`, or throws the signal's reason as soon as it is aborted. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal?.addEventListener('abort', stop);
  });
}

/** The pause after so many failures in a row: doubling, up to a quarter minute, a part of it by
 *  chance so that callers do not come back in step. */
export const pauseAfter = (failures: number, thrown?: unknown): number => {
  const wait_ms = Math.min(longest_pause_ms, 200 * 2 ** Math.min(failures - 1, 10));
  const facts = thrown instanceof WheelhouseError ? thrown.facts : {};
  const asked_ms = typeof facts.retry_after_ms === 'number' ? facts.retry_after_ms : 0;
  return Math.max(Math.min(asked_ms, 60_000), wait_ms * (0.5 + Math.random() / 2));
};

export function transport(options: WheelhouseOptions): Transport {
  const { key, tries = 5, timeout_ms = 30_000 } = options;
  const send = options.fetch ?? ((...given: Parameters<typeof fetch>) => fetch(...given));
  if (!/^https?:\/\/[^/]/i.test(options.url) || !URL.canParse(options.url)) {
    const words = `"${options.url}" is no address of a server, such as https://wheelhouse.example.com.`;
    throw new TypeError(words);
  }
  const base = `${options.url.replace(/\/+$/, '')}/api/v1`;

  const request = (method: Method, path: string, ask: CallOptions, signal: AbortSignal) => {
    const headers: Record<string, string> = { accept: 'application/json', ...ask.headers };
    if (key) headers.authorization = `Bearer ${key}`;
    // Without a key a session's cookie is meant, and its guard against other sites asks for this.
    else headers['x-wheelhouse'] = '1';
    if (ask.idempotency_key) headers['idempotency-key'] = ask.idempotency_key;
    const { body, content_type = 'application/json' } = ask;
    if (body !== undefined) headers['content-type'] = content_type;
    const as_is = typeof body === 'string' || body instanceof Uint8Array;
    const sent =
      body === undefined ? {} : { body: as_is ? (body as string) : JSON.stringify(body) };
    return send(base + path + queryOf(ask.query), { method, headers, signal, ...sent });
  };

  const once = async <Answer>(method: Method, path: string, ask: CallOptions): Promise<Answer> => {
    const bounds = bounded(ask.signal, ask.timeout_ms ?? timeout_ms);
    try {
      const response = await request(method, path, ask, bounds.signal);
      if (!response.ok) throw await faultOf(response);
      const text = await response.text();
      return (text ? parsed(text, response) : undefined) as Answer;
    } catch (thrown) {
      throw bounds.translated(thrown);
    } finally {
      bounds.release();
    }
  };

  return {
    async call(method, path, given = {}) {
      const ask = { ...given };
      if (method !== 'GET') ask.idempotency_key ??= crypto.randomUUID();
      for (let attempt = 1; ; attempt++) {
        try {
          return await once(method, path, ask);
        } catch (thrown) {
          const passing = thrown instanceof WheelhouseError && thrown.passing;
          if (!passing || attempt >= (ask.tries ?? tries)) throw thrown;
          await pause(pauseAfter(attempt, thrown), ask.signal);
        }
      }
    },
    async open(path, ask = {}) {
      const bounds = bounded(ask.signal, ask.timeout_ms ?? timeout_ms);
      try {
        const response = await request('GET', path, ask, bounds.signal);
        if (!response.ok) throw await faultOf(response);
        bounds.untimed();
        const close = () => {
          bounds.release();
          bounds.abort();
        };
        return { response, close };
      } catch (thrown) {
        bounds.release();
        throw bounds.translated(thrown);
      }
    },
  };
}

function queryOf(query: CallOptions['query'] = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  if (!given.length) return '';
  return `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}

function parsed(text: string, { status, headers }: Response): unknown {
  if (!headers.get('content-type')?.includes('json')) return text;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new WheelhouseError('unreachable', status, 'The answer broke off.', {}, cause);
  }
}

/** A signal that also ends by time. Written out rather than taken from AbortSignal.any, which keeps
 *  what it made alive as long as its sources: a wait of a year makes a million. */
function bounded(signal: AbortSignal | undefined, timeout_ms: number) {
  const controller = new AbortController();
  const stop = () => controller.abort(signal?.reason);
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop);
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    controller.abort();
  }, timeout_ms);
  return {
    signal: controller.signal,
    abort: () => controller.abort(),
    untimed: () => clearTimeout(timer),
    release() {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
    },
    translated(thrown: unknown): unknown {
      if (thrown instanceof WheelhouseError) return thrown;
      if (signal?.aborted) return signal.reason;
      const words = late
        ? `No answer came within ${timeout_ms} ms.`
        : `The server could not be reached: ${wordsOf(thrown)}`;
      return new WheelhouseError('unreachable', 0, words, {}, thrown);
    },
  };
}

/** fetch hides what failed one level down. */
function wordsOf(thrown: unknown): string {
  const cause = (thrown as { cause?: unknown }).cause;
  if (cause instanceof Error && cause.message) return cause.message;
  return thrown instanceof Error ? thrown.message : String(thrown);
}

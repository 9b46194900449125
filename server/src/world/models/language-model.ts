import type { JsonObject } from '@wheelhouse/core';
import type { LanguageModel as Spoken } from 'ai';
import type { Clock, LanguageModel, Log, ModelRequest, ModelSettings } from '../../ports.ts';
import { bounded } from './bounded.ts';
import { breaker } from './breaker.ts';
import { connect } from './connect.ts';

const most_tries = 3;
const first_wait_ms = 500;
/** Who waits for an answer does not wait longer than this for another try; the model is left alone
 *  for as long as it asked, and is not asked meanwhile. */
const longest_wait_ms = 8_000;
/** No answer in a chat is as long; a model that does not end is ended. */
const longest_text = 16_000;

/** The configured language model, reached by the AI SDK, which is loaded when it is first asked, so
 *  that a server without a model starts as fast as ever.
 *
 *  Each try ends: at the model's word, when nothing came for `stall_ms`, or when `timeout_ms` are over
 *  for all tries together. A stall is not tried again: a customer waited for it already. An answer
 *  that broke off, was cut at its longest or does not say that it is whole is a failure, never half
 *  an answer. What does not answer is left alone for a while (`breaker`). */
export function languageModel(settings: ModelSettings, clock: Clock, log: Log): LanguageModel {
  const name = `${settings.provider}:${settings.name}`;
  const known = breaker({ clock, log, rest_ms: settings.rest_ms, model: name });
  let connected: Promise<Spoken> | undefined;

  const tryOnce = async (request: ModelRequest): Promise<string> => {
    connected ??= connect(settings);
    connected.catch(() => {
      connected = undefined;
    });
    return streamed(await connected, request, settings.stall_ms);
  };
  /** How long to wait before another try, or undefined when there is to be none. */
  const waitAfter = (error: unknown, tried: number): number | undefined => {
    if (error instanceof Stalled) return undefined;
    const { again, after_ms } = nextTry(error);
    const wait_ms = after_ms ?? first_wait_ms * 2 ** (tried - 1);
    if (after_ms !== undefined) known.asked(after_ms);
    return again && tried < most_tries && wait_ms <= longest_wait_ms ? wait_ms : undefined;
  };
  const tryOften = async (request: ModelRequest, signal: AbortSignal): Promise<string> => {
    for (let tried = 1; ; tried++) {
      try {
        return await tryOnce({ ...request, signal });
      } catch (error) {
        const wait_ms = signal.aborted ? undefined : waitAfter(error, tried);
        if (wait_ms === undefined) throw error;
        await clock.pause(wait_ms, signal);
        if (signal.aborted) throw error;
      }
    }
  };

  return {
    name,
    resting: known.resting,
    async write(request) {
      const begun = known.begin();
      const after_ms = Math.min(settings.timeout_ms, request.timeout_ms ?? settings.timeout_ms);
      const late = 'it was not done in';
      try {
        const within = { signal: request.signal, after_ms, late };
        const text = await bounded(within, (signal) => tryOften(request, signal));
        known.answered();
        return text;
      } catch (error) {
        if (request.signal.aborted) known.givenUp(begun);
        else if (error instanceof NotWhole) known.answered();
        else known.failed(begun, wordsOf(error), error instanceof Stalled);
        throw failure(error, request.signal);
      }
    },
  };
}

/** It said nothing for too long. */
class Stalled extends Error {}
/** It answered, and what it said is of no use: that says nothing of what it says to others. */
class NotWhole extends Error {}

const failure = (error: unknown, signal: AbortSignal) =>
  new Error(signal.aborted ? 'the model was given up' : `the model failed: ${wordsOf(error)}`, {
    cause: error,
  });

/** What failed, without addresses, keys or what was asked: this is logged. */
const wordsOf = (error: unknown): string => {
  const { statusCode, message } = error as { statusCode?: number; message?: string };
  return statusCode === undefined ? String(message ?? error).slice(0, 200) : `HTTP ${statusCode}`;
};

async function streamed(model: Spoken, request: ModelRequest, stall_ms: number): Promise<string> {
  const { streamText } = await import('ai');
  const late = 'nothing came for';
  const within = { signal: request.signal, after_ms: stall_ms, late, of: Stalled };
  return bounded(within, async (signal, bounds) => {
    let text = '';
    let reason = 'nothing';
    let called = false;
    const { fullStream } = streamText({
      model,
      system: request.instructions,
      prompt: request.material,
      maxOutputTokens: request.max_tokens,
      ...(await toolsOf(request)),
      // Tries are counted here, those that break off in the middle too.
      maxRetries: 0,
      abortSignal: signal,
      experimental_telemetry: { isEnabled: false },
      onError: () => {},
    });
    for await (const part of fullStream) {
      bounds.anew();
      if (part.type === 'error') throw part.error;
      if (part.type === 'finish') reason = part.finishReason;
      if (part.type === 'tool-call' && isArguments(part.input)) {
        called = true;
        request.onCall?.({ name: part.toolName, arguments: part.input });
      }
      if (part.type !== 'text-delta') continue;
      text += part.text;
      if (text.length > longest_text) bounds.end(new NotWhole('the answer does not end'));
      if (signal.aborted) throw signal.reason;
      request.onText?.(text);
    }
    if (called && reason === 'tool-calls') return text;
    if (reason !== 'stop' || !text.trim())
      throw new NotWhole(`the answer is not whole (${reason})`);
    return text;
  });
}

/** Offered and never run here: whoever asked says what becomes of a call. */
async function toolsOf({ tools = [] }: ModelRequest) {
  if (!tools.length) return {};
  const { jsonSchema, tool } = await import('ai');
  return {
    tools: Object.fromEntries(
      tools.map(({ name, description, arguments_schema }) => [
        name,
        tool({ description, inputSchema: jsonSchema<JsonObject>(arguments_schema) }),
      ]),
    ),
  };
}

const isArguments = (input: unknown): input is JsonObject =>
  typeof input === 'object' && input !== null && !Array.isArray(input);

/** Whether a failure may pass, and when the model said to come again. Only what was refused for what
 *  it is, as a wrong key or name, is not tried again. */
function nextTry(error: unknown): { again: boolean; after_ms?: number } {
  const { statusCode: status, responseHeaders } = error as {
    statusCode?: number;
    responseHeaders?: Record<string, string>;
  };
  if (status === undefined || status < 300) return { again: true };
  const after_ms = afterMs(responseHeaders?.['retry-after']);
  const again = status === 408 || status === 409 || status === 429 || status >= 500;
  return { again, ...(after_ms === undefined ? {} : { after_ms }) };
}

/** Seconds or a date, as RFC 9110 has it; what is neither was not said. */
function afterMs(header: string | undefined): number | undefined {
  if (!header) return undefined;
  const ms = /^\d{1,6}$/.test(header.trim())
    ? Number(header) * 1_000
    : Date.parse(header) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

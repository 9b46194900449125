import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** What was asked, as the OpenAI chat-completions protocol has it. */
export interface ChatRequest {
  model: string;
  stream?: boolean;
  messages: { role: string; content: string }[];
  tools?: unknown[];
}

interface Calls {
  calls: string;
  arguments: string;
}

/** How the model behaves once. */
export type Behaviour =
  | { status: number; retry_after?: string }
  /** Calls a tool; its arguments as JSON, whatever that is. */
  | Calls
  /** Several calls at once. */
  | { all: Calls[] }
  | {
      /** Sent word by word, `pace_ms` apart; or as it comes. */
      text: string | AsyncIterable<string>;
      pace_ms?: number;
      /** After so many pieces it falls silent, and says no more. */
      stall_after?: number;
      /** After so many pieces the connection breaks. */
      cut_after?: number;
      /** Why it ended, as it says; "length" when it ran out of room. */
      finish?: string;
    };

/** A language model for tests: a real HTTP server that speaks the OpenAI protocol, streams, fails,
 *  stalls, breaks off and limits as it is told. */
export async function modelServer() {
  const asked: ChatRequest[] = [];
  const aborted: ChatRequest[] = [];
  let behave: (request: ChatRequest, nth: number) => Behaviour = () => ({ status: 500 });
  const server = createServer(async (request, response) => {
    const body = JSON.parse(await textOf(request)) as ChatRequest;
    asked.push(body);
    response.once('close', () => response.writableFinished || aborted.push(body));
    await play(behave(body, asked.length), response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    /** What a server is started with to use it. */
    settings: {
      WHEELHOUSE_MODEL_PROVIDER: 'openai-compatible',
      WHEELHOUSE_MODEL_URL: `http://127.0.0.1:${port}/v1`,
      WHEELHOUSE_MODEL_NAME: 'test-model',
      WHEELHOUSE_MODEL_KEY: 'test-key',
      // What one test has it fail, the next does not suffer.
      WHEELHOUSE_MODEL_REST_MS: '100',
    },
    asked,
    /** Those that whoever asked gave up. */
    aborted,
    /** From now on. */
    behave(how: typeof behave) {
      behave = how;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
export type ModelServer = Awaited<ReturnType<typeof modelServer>>;

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text;
}

async function play(how: Behaviour, response: ServerResponse): Promise<void> {
  if ('status' in how) {
    const after = how.retry_after === undefined ? {} : { 'retry-after': how.retry_after };
    response.writeHead(how.status, { 'content-type': 'application/json', ...after });
    response.end(JSON.stringify({ error: { message: 'as told', type: 'test' } }));
    return;
  }
  if ('calls' in how || 'all' in how) {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const all = 'all' in how ? how.all : [how];
    const tool_calls = all.map(({ calls: name, arguments: given }, index) => ({
      ...{ index, id: `call_${index + 1}`, type: 'function' },
      function: { name, arguments: given },
    }));
    response.write(chunk({ tool_calls }, null));
    response.end(`${chunk({}, 'tool_calls')}data: [DONE]\n\n`);
    return;
  }
  const { text, pace_ms = 0, stall_after, cut_after, finish = 'stop' } = how;
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.flushHeaders();
  let sent = 0;
  for await (const piece of typeof text === 'string' ? (text.match(/\S+\s*/g) ?? []) : text) {
    if (sent === stall_after) return;
    if (sent === cut_after) {
      response.destroy();
      return;
    }
    if (response.destroyed) return;
    response.write(chunk({ content: piece }, null));
    sent += 1;
    if (pace_ms) await pause(pace_ms);
  }
  response.end(`${chunk({}, finish)}data: [DONE]\n\n`);
}

const chunk = (delta: object, finish_reason: string | null) =>
  `data: ${JSON.stringify({
    id: 'test',
    object: 'chat.completion.chunk',
    created: 0,
    model: 'test-model',
    choices: [{ index: 0, delta: { role: 'assistant', ...delta }, finish_reason }],
  })}\n\n`;

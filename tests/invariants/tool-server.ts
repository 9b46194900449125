import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

export interface Called {
  /** The output's. */
  id: string;
  tool: string;
  arguments: Record<string, unknown>;
  body: string;
  headers: Record<string, string>;
}

/** How a tool answers once; undefined never does. */
export type Answer = { status: number; body: unknown } | 'resets' | undefined;

/** A shop's own server, that carries out what a bot's tools ask of it, as it is told. */
export async function toolServer() {
  const called: Called[] = [];
  let answer: (call: Called, nth: number) => Answer | Promise<Answer> = () => ({
    status: 200,
    body: {},
  });
  const server = createServer(async (request, response) => {
    response.on('error', () => {});
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    const { data } = JSON.parse(body) as { data: Pick<Called, 'tool' | 'arguments'> };
    const headers = request.headers as Record<string, string>;
    const call = { ...data, id: String(headers['webhook-id']), body, headers };
    called.push(call);
    const how = await answer(call, called.length);
    if (how === 'resets') request.socket.resetAndDestroy();
    else if (how) {
      response.writeHead(how.status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(how.body));
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/tools`,
    called,
    /** From now on. */
    answers(how: typeof answer) {
      answer = how;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
export type ToolServer = Awaited<ReturnType<typeof toolServer>>;

/** Throws when a call is not signed with a tool's secret. */
export const verified = ({ body, headers }: Called, secret: string): unknown =>
  new Webhook(secret).verify(body, headers);

/** A shop's bot with two tools at an address, and two matters without.
 *  @param timeout_ms by default longer than a busy machine takes by itself */
export const toolBot = (url: string, over: Record<string, unknown> = {}, timeout_ms = 30_000) => ({
  title: 'Shop bot',
  gate: 'tool-replies',
  hand_off_below: 0.1,
  intents: [
    {
      name: 'refund',
      examples: ['i want a refund', 'refund my order', 'give me my money back', 'refund please'],
      answer: 'I have paid back {result.paid} for {arguments.order}.',
      tool: 'refund',
    },
    {
      name: 'where',
      examples: ['where is my parcel', 'track my parcel', 'has my parcel left', 'parcel status'],
      answer: 'Your parcel is {result.state}.',
      tool: 'parcel',
    },
    {
      name: 'opening',
      examples: [
        'when do you open',
        'opening hours',
        'are you open on sunday',
        'when are you open',
      ],
      answer: 'We are open from nine to five.',
    },
  ],
  tools: [
    {
      name: 'refund',
      title: 'Refund',
      description: 'Pays money back for an order.',
      arguments_schema: {
        type: 'object',
        required: ['order', 'amount'],
        additionalProperties: false,
        properties: {
          order: { type: 'string', title: 'your order number', pattern: '^A-[0-9]{3}$' },
          amount: { type: 'number', minimum: 1, maximum: 1000 },
        },
      },
      asks: { amount: 'How much should you get back?' },
      carried_out: { by: 'http', url, timeout_ms },
      tells_why: true,
      ...over,
    },
    {
      name: 'parcel',
      description: 'Looks up where a parcel is.',
      arguments_schema: { type: 'object', additionalProperties: false, properties: {} },
      carried_out: { by: 'http', url, timeout_ms, idempotent: true },
    },
  ],
});

/** Refunds up to a hundred pass, more is held, and none over five hundred is let through. */
export const refund_gate = (refund: { arguments_schema: unknown }) => ({
  title: 'Refunds',
  queue: 'conversations',
  policy: {
    mode: 'rules',
    otherwise: 'pass',
    rules: [
      { when: { field: 'action.arguments.amount', op: '>', value: 500 }, then: 'block' },
      { when: { field: 'action.arguments.amount', op: '>', value: 100 }, then: 'hold' },
    ],
  },
  action: { name: 'refund', arguments_schema: refund.arguments_schema },
});

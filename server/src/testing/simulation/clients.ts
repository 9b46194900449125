import type { InjectOptions } from 'fastify';
import type { Book } from './ledger.ts';
import type { Node } from './node.ts';
import type { Person } from './people.ts';
import type { Streams } from './random.ts';
import type { Stage } from './stage.ts';
import type { VirtualTime } from './time.ts';
import type { Trace } from './trace.ts';
import type { Weather } from './weather.ts';

/** What came back; status 0 when nothing did. */
export interface Reply {
  status: number;
  // Whatever the server says; each act reads what it expects, and a check finds what it does not.
  // biome-ignore lint/suspicious/noExplicitAny: an answer is read as a stranger reads it
  body: any;
}

export interface Asking {
  by: Person;
  /** `POST /gates/refunds/outputs` */
  what: string;
  body?: unknown;
  key?: string | undefined;
}

const no_answer: Reply = { status: 0, body: null };
const answers_known = new Set([200, 201, 204, 400, 401, 403, 404, 409, 410, 422, 503]);

interface Outside {
  stage: Stage;
  time: VirtualTime;
  streams: Streams;
  weather: Weather;
  nodes: readonly Node[];
  trace: Trace;
  book: Book;
  /** Once the play is over nothing is lost any more. */
  isOver(): boolean;
}

/** Those who send requests, over a network that loses, repeats and cuts. */
export function clientsOf(outside: Outside) {
  const { stage, time, streams, weather, nodes, trace, book, isOver } = outside;
  const random = streams('clients');
  const happens = (probability: number) => random.happens(probability) && !isOver();

  const deliver = async (node: Node, { by, what, body, key }: Asking): Promise<Reply> => {
    const [method, path] = what.split(' ') as [InjectOptions['method'], string];
    const request: InjectOptions = {
      method,
      url: `/api/v1${path}`,
      headers: { ...by.headers, ...(key ? { 'idempotency-key': key } : {}) },
    };
    if (body !== undefined) request.payload = body as object;
    const answered = node.front.server.inject(request).then((response): Reply => {
      const { statusCode: status, payload } = response;
      const json = /json/.test(String(response.headers['content-type']));
      return { status, body: json && payload ? JSON.parse(payload) : payload };
    });
    return Promise.race([answered, node.died.then(() => no_answer)]);
  };

  const call = async (asking: Asking): Promise<Reply> => {
    const serving = nodes.filter((node) => node.serving);
    if (!serving.length || happens(weather.request_lost)) {
      trace.say(`${stage.who()}: ${asking.what} does not arrive`);
      return no_answer;
    }
    const node = random.pick(serving);
    trace.say(`${stage.who()}: ${asking.what} ${trace.brief(asking.body)} to ${node.name}`);
    if (happens(weather.request_doubled)) void deliver(random.pick(serving), asking);
    const reply = await deliver(node, asking);
    const lost = reply.status !== 0 && happens(weather.answer_lost);
    // What hangs on the engine's own numbers, as the record's roots do, is not the seed's.
    const said = asking.what.includes('/audit') ? '' : trace.brief(reply.body);
    trace.say(`${stage.who()}: → ${reply.status} ${said}${lost ? ', lost' : ''}`);
    if (reply.status !== 0 && !answers_known.has(reply.status)) {
      book.fault('X1', `${asking.what} answered ${reply.status}: ${JSON.stringify(reply.body)}`);
    }
    return lost ? no_answer : reply;
  };

  const pause = (ms: number) => stage.park<void>('timer', 'outside', time.now_ms() + ms).turn;

  return {
    call,
    pause,
    /** Asks again, in the same words, while nobody can say what came of it.
     *  @returns the first answer that says something, or none when the patience is over */
    async insist(asking: Asking, tries = 6): Promise<Reply> {
      let reply = await call(asking);
      for (let left = tries - 1; left > 0 && isOpen(reply); left--) {
        await pause(random.between(50, 5_000));
        reply = await call(asking);
      }
      return isOpen(reply) ? no_answer : reply;
    },
  };
}
export type Clients = ReturnType<typeof clientsOf>;

/** Whether nobody can say what came of a request: no answer, a server that is away, or the first
 *  request of this key still under way. */
export const isOpen = ({ status, body }: Reply): boolean =>
  status === 0 || status === 503 || (status === 409 && body?.under_way === true);

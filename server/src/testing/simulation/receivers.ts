import { createHmac } from 'node:crypto';
import type { Incoming, Network, Outgoing } from '../../ports.ts';
import { guardedNetwork } from '../../world/network.ts';
import type { Random, Streams } from './random.ts';
import type { Stage } from './stage.ts';
import type { VirtualTime } from './time.ts';

/** One arrival at a receiver, as it came. */
export interface Received {
  url: string;
  id: string;
  headers: Record<string, string>;
  body: string;
  at_ms: number;
  /** Whether the receiver said 2xx, and that answer left. */
  accepted: boolean;
}

/** What becomes of one send. */
export type Answer =
  | { does: 'answers'; status: number; headers?: Record<string, string> }
  | { does: 'resets'; arrived: boolean }
  | { does: 'hangs'; arrived: boolean }
  | { does: 'dawdles'; ms: number }
  | { does: 'doubles' };

/** How a receiver is in the end: well again, dead for good, or gone (410). Most runs know only the
 *  first: a dead one is tried fourteen times over a week, which takes as long as all the rest. */
const ends = ['well', 'well', 'dead', 'gone'] as const;
type End = (typeof ends)[number];

const well: Answer = { does: 'answers', status: 204 };

/** The receivers of strangers: each address behaves as the seed says. */
export function receivers(stage: Stage, time: VirtualTime, streams: Streams, badness: number) {
  const received: Received[] = [];
  const sends = streams('receivers');
  const endings = new Map<string, End>();
  const mortal = streams('mortality').happens(0.12);
  const guard = guardedNetwork({ allow_private: false });
  let calm = false;

  const arrive = ({ url, headers, body }: Outgoing, accepted: boolean) =>
    received.push({
      url,
      id: headers['webhook-id'] ?? '',
      headers,
      body,
      at_ms: time.now_ms(),
      accepted,
    });

  const endOf = (url: string): End => {
    const { host } = new URL(url);
    const end = endings.get(host) ?? (mortal ? streams(`end of ${host}`).pick(ends) : 'well');
    endings.set(host, end);
    return end;
  };

  const next = (url: string): Answer => {
    if (!calm) return sends.happens(badness) ? badly(sends) : well;
    const end = endOf(url);
    if (end === 'dead') return { does: 'answers', status: 503 };
    return end === 'gone' ? { does: 'answers', status: 410 } : well;
  };

  const meet = async (node: string, request: Outgoing, answer: Answer): Promise<Incoming> => {
    switch (answer.does) {
      case 'answers':
        arrive(request, answer.status < 300);
        return { status: answer.status, headers: answer.headers ?? {}, body: '' };
      case 'doubles':
        arrive(request, true);
        arrive(request, true);
        return { status: 200, headers: {}, body: 'ok' };
      case 'resets':
        if (answer.arrived) arrive(request, false);
        throw Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
      case 'hangs':
        if (answer.arrived) arrive(request, false);
        await stage.park('reply', node, time.now_ms() + request.timeout_ms).turn;
        throw tooSlow(request);
      case 'dawdles': {
        arrive(request, true);
        const sent_ms = time.now_ms();
        await stage.park('reply', node, sent_ms + answer.ms).turn;
        if (time.now_ms() - sent_ms >= request.timeout_ms) throw tooSlow(request);
        return { status: 202, headers: {}, body: 'at last' };
      }
    }
  };

  return {
    received: received as readonly Received[],
    endOf,
    /** From now on every receiver is as it is in the end. */
    calm() {
      calm = true;
    },
    /** The way out of one node. */
    networkOf: (node: string): Network => ({
      check: guard.check,
      async send(request) {
        guard.check(request.url);
        const sent_ms = time.now_ms();
        const { turn, withdraw } = stage.park<'given up' | undefined>('send', node);
        const giveUp = () => withdraw('given up');
        request.signal?.addEventListener('abort', giveUp);
        const word = await turn;
        request.signal?.removeEventListener('abort', giveUp);
        if (word) throw new Error(word);
        // Its turn may come so late that nobody waits for the answer any more.
        if (time.now_ms() - sent_ms >= request.timeout_ms) throw tooSlow(request);
        return meet(node, request, next(request.url));
      },
    }),
  };
}
export type Receivers = ReturnType<typeof receivers>;

const tooSlow = ({ timeout_ms }: Outgoing) => new Error(`no response within ${timeout_ms} ms`);

function badly(random: Random): Answer {
  const arrived = random.happens(0.5);
  return random.pick<Answer>([
    { does: 'answers', status: 500 },
    { does: 'answers', status: 429, headers: { 'retry-after': String(random.between(1, 7_200)) } },
    { does: 'answers', status: 302, headers: { location: 'https://elsewhere.example/' } },
    { does: 'resets', arrived },
    { does: 'hangs', arrived },
    { does: 'dawdles', ms: random.between(100, 14_000) },
    { does: 'doubles' },
  ]);
}

/** Whether a delivery is signed by a secret, as Standard Webhooks has it; written here anew, so that
 *  one mistake is not made on both sides. */
export function isSigned({ headers, body, id, at_ms }: Received, secret: string): boolean {
  const time = headers['webhook-timestamp'] ?? '';
  if (Math.abs(at_ms - Number(time) * 1_000) > 5 * 60_000) return false;
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const made = createHmac('sha256', key).update(`${id}.${time}.${body}`).digest('base64');
  return (headers['webhook-signature'] ?? '').split(' ').includes(`v1,${made}`);
}

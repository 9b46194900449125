import { Connection } from './connection.ts';
import { figuresOf, round } from './figures.ts';
import { langgraph } from './peers.ts';
import { loaded, type Subject, startSubject, warm_up_ms } from './subject.ts';

const gate = {
  title: 'Refunds',
  queue: 'refunds',
  policy: { mode: 'always' },
  action: {
    name: 'refund',
    arguments_schema: {
      type: 'object',
      properties: {
        order: { type: 'string' },
        amount: { type: 'number', minimum: 0 },
        reason: { type: 'string' },
      },
      required: ['order', 'amount'],
    },
  },
};

/** About 1 KB of arguments, as the peers were measured with. */
const reason = 'The parcel came late and the lamp was scratched. '.repeat(18);

interface Cycle {
  open_ms: number[];
  decide_ms: number[];
  claim_ms: number[];
}

/** submit → decide → claim over HTTP with authorisation, policy, audit and outbox. */
async function cycles(subject: Subject, concurrency: number, spell_ms: number) {
  const asks = await openAll(subject.url, subject.key, concurrency);
  const desks = await openAll(subject.url, subject.desk_key, concurrency);
  const taken: Cycle = { open_ms: [], decide_ms: [], claim_ms: [] };
  let made = 0;
  const { rate } = await loaded(asks, spell_ms, async (ask, lane) => {
    made += 1;
    const amount = made % 1_000;
    const t0 = performance.now();
    const held = await ask.must<{ id: string; case_id: string }>(
      201,
      'POST',
      '/gates/refunds/outputs',
      {
        action: { name: 'refund', arguments: { order: `A-${made}`, amount, reason } },
        confidence: 0.97,
      },
    );
    const t1 = performance.now();
    const desk = desks[lane] as Connection;
    const decided = await desk.must<{ resolution: { outcome: string } }>(
      200,
      'POST',
      `/cases/${held.case_id}/answers`,
      {
        values: { verdict: 'approve' },
      },
    );
    const t2 = performance.now();
    const claimed = await ask.must<{ action: { arguments: { amount: number } } }>(
      200,
      'POST',
      `/outputs/${held.id}/claim`,
    );
    const t3 = performance.now();
    if (decided.resolution.outcome !== 'approved' || claimed.action.arguments.amount !== amount) {
      throw new Error('a cycle came to the wrong end');
    }
    taken.open_ms.push(t1 - t0);
    taken.decide_ms.push(t2 - t1);
    taken.claim_ms.push(t3 - t2);
  });
  for (const connection of [...asks, ...desks]) connection.close();
  return { rate, ...taken };
}

const openAll = (url: string, key: string, count: number) =>
  Promise.all(Array.from({ length: count }, () => Connection.open(url, key)));

/** Rounds alternate between Wheelhouse and the peer, so that a busy minute of the machine hits both. */
export async function run({ quick }: { quick: boolean }): Promise<Record<string, unknown>> {
  const rounds = quick ? 2 : 5;
  const spell_ms = quick ? 2_000 : 5_000;
  const subject = await startSubject();
  const peer = await langgraph(subject);
  try {
    const admin = await Connection.open(subject.url, subject.key);
    await admin.must(201, 'PUT', '/gates/refunds', gate);
    admin.close();
    const figures: Record<string, unknown> = { rounds, spell_ms, peer: peer.name };
    for (const concurrency of [1, 32]) {
      await cycles(subject, concurrency, warm_up_ms(quick));
      await peer.cycles(concurrency, warm_up_ms(quick));
      const ours = [];
      const theirs = [];
      for (let round_at = 0; round_at < rounds; round_at++) {
        ours.push(await cycles(subject, concurrency, spell_ms));
        theirs.push(await peer.cycles(concurrency, spell_ms));
      }
      const rate = figuresOf(ours.map((one) => one.rate));
      const peer_rate = figuresOf(theirs.map((one) => one.rate));
      figures[`concurrency_${concurrency}`] = {
        cycles_per_second: rate,
        open_ms: figuresOf(ours.flatMap((one) => one.open_ms)),
        decide_ms: figuresOf(ours.flatMap((one) => one.decide_ms)),
        claim_ms: figuresOf(ours.flatMap((one) => one.claim_ms)),
        peer_cycles_per_second: peer_rate,
        peer_open_ms: figuresOf(theirs.flatMap((one) => one.open_ms)),
        peer_decide_ms: figuresOf(theirs.flatMap((one) => one.decide_ms)),
        ratio: round(rate.median / peer_rate.median),
      };
    }
    return figures;
  } finally {
    await peer.stop();
    await subject.stop();
  }
}

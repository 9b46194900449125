import { Connection } from './connection.ts';
import { figuresOf, round } from './figures.ts';
import { prove, StaffedGate } from './reviewers.ts';
import { type Subject, startSubject } from './subject.ts';

const policies = {
  guaranteed: { mode: 'guaranteed', alpha: 0.05, delta: 0.05, spot_check: 0.05 },
  threshold: { mode: 'threshold', threshold: 0.8, spot_check: 0.05 },
};
const output = (confidence: number) => ({
  input: 'where is my order',
  content: 'Your order left our warehouse this morning and should be with you by Thursday.',
  confidence,
});
/** As many pass as do at a gate in use: all but a fifth. */
const traffic = Array.from({ length: 2_000 }, (_none, at) => output(at % 5 ? 0.95 : 0.3));

/** What a submission costs at a gate with a promise, and at one with a fixed threshold, one after the
 *  other on the same server: alone, and many at once. */
export async function run({ quick }: { quick: boolean }): Promise<Record<string, unknown>> {
  const [singles, bulks, rounds] = quick ? [200, 3, 2] : [1_000, 10, 5];
  const subject = await startSubject();
  try {
    const gates = await Promise.all(
      Object.entries(policies).map(([name, policy]) => StaffedGate.open(subject, name, policy)),
    );
    const [guaranteed] = gates as [StaffedGate];
    await prove(subject, guaranteed, traffic.slice(0, 200));
    const found = gates.map(({ name }) => ({
      name,
      single_ms: [] as number[],
      rates: [] as number[],
    }));
    for (let round = -1; round < rounds; round++) {
      for (const [at, gate] of gates.entries()) {
        const single_ms = await alone(subject, gate.name, singles / rounds);
        const rates = await together(gate, bulks);
        if (round < 0) continue;
        found[at]?.single_ms.push(...single_ms);
        found[at]?.rates.push(...rates);
      }
    }
    return Object.fromEntries(
      found.map(({ name, single_ms, rates }) => {
        return [name, { single_ms: figuresOf(single_ms), bulk_per_second: figuresOf(rates) }];
      }),
    );
  } finally {
    await subject.stop();
  }
}

async function alone({ url, key }: Subject, gate: string, times: number): Promise<number[]> {
  const program = await Connection.open(url, key);
  const found: number[] = [];
  for (let at = 0; at < times; at++) {
    const from = performance.now();
    await program.must(201, 'POST', `/gates/${gate}/outputs`, traffic[at % traffic.length]);
    found.push(performance.now() - from);
  }
  program.close();
  return found;
}

async function together(gate: StaffedGate, times: number): Promise<number[]> {
  const rates: number[] = [];
  for (let at = 0; at < times; at++) {
    const from = performance.now();
    await gate.submit(traffic);
    rates.push(round(traffic.length / ((performance.now() - from) / 1_000)));
  }
  return rates;
}

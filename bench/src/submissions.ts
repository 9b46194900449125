import { Connection } from './connection.ts';
import { figuresOf, round } from './figures.ts';
import { loaded, type Subject, startSubject, warm_up_ms } from './subject.ts';

const content = 'Your order left our warehouse this morning and should be with you by Thursday. ';

/** Durable submissions, one a request: verdict pass and verdict hold, at concurrency 1 and 64. */
export async function run({ quick }: { quick: boolean }): Promise<Record<string, unknown>> {
  const rounds = quick ? 2 : 5;
  const spell_ms = quick ? 2_000 : 5_000;
  const subject = await startSubject();
  try {
    await putGates(subject);
    const figures: Record<string, unknown> = { rounds, spell_ms };
    for (const verdict of ['pass', 'hold']) {
      for (const concurrency of [1, 64]) {
        const connections = await Promise.all(
          Array.from({ length: concurrency }, () => Connection.open(subject.url, subject.key)),
        );
        const rates: number[] = [];
        const spells: number[] = [];
        await spell(connections, verdict, warm_up_ms(quick));
        for (let at = 0; at < rounds; at++) {
          const { rate, spells_ms } = await spell(connections, verdict, spell_ms);
          rates.push(rate);
          spells.push(...spells_ms);
        }
        figures[`${verdict}_concurrency_${concurrency}`] = {
          per_second: figuresOf(rates),
          ms: figuresOf(spells),
        };
        for (const connection of connections) connection.close();
      }
    }
    return figures;
  } finally {
    await subject.stop();
  }
}

const spell = (connections: Connection[], verdict: string, spell_ms: number) =>
  loaded(connections, spell_ms, async (connection) => {
    const done = await connection.must<{ verdict: string }>(
      201,
      'POST',
      `/gates/${verdict}/outputs`,
      {
        input: 'where is my order',
        content,
        confidence: 0.93,
      },
    );
    if (done.verdict !== verdict) throw new Error(`the verdict was ${done.verdict}`);
  });

export async function putGates(subject: Subject): Promise<void> {
  const admin = await Connection.open(subject.url, subject.key);
  await admin.must(201, 'PUT', '/gates/pass', { policy: { mode: 'threshold', threshold: 0.8 } });
  await admin.must(201, 'PUT', '/gates/hold', { policy: { mode: 'threshold', threshold: 0.99 } });
  admin.close();
}

/** Bulk submission: NDJSON bodies of `lines` outputs, each durable before its result is sent. */
export async function bulk({ quick }: { quick: boolean }): Promise<Record<string, unknown>> {
  const rounds = quick ? 3 : 7;
  const lines = quick ? 20_000 : 100_000;
  const subject = await startSubject();
  try {
    await putGates(subject);
    const line = JSON.stringify({ input: 'where is my order', content, confidence: 0.93 });
    const body = Array.from({ length: lines }, () => line).join('\n');
    const figures: Record<string, unknown> = { rounds, lines, bytes_a_line: line.length };
    for (const verdict of ['pass', 'hold']) {
      const rates: number[] = [];
      for (let at = 0; at <= rounds; at++) {
        const from = performance.now();
        const response = await fetch(`${subject.url}/api/v1/gates/${verdict}/outputs`, {
          method: 'POST',
          headers: {
            authorization: `Bearer ${subject.key}`,
            'content-type': 'application/x-ndjson',
          },
          body,
        });
        const { results } = (await response.json()) as { results: { verdict?: string }[] };
        if (results.length !== lines || results.some((one) => one.verdict !== verdict)) {
          throw new Error('a bulk submission lost or misjudged a line');
        }
        // The first is the warm-up.
        if (at) rates.push(round(lines / ((performance.now() - from) / 1_000)));
      }
      figures[`${verdict}_per_second`] = figuresOf(rates);
    }
    return figures;
  } finally {
    await subject.stop();
  }
}

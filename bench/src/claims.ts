import { Connection } from './connection.ts';
import { figuresOf, round } from './figures.ts';
import { type Subject, startSubject } from './subject.ts';

/** How many are claimed before it counts, so that Node has compiled what runs. */
const warm_up = 1_000;

/** Claim of the next case with ten thousand and with a million waiting, one claim after another. */
export async function run({ quick }: { quick: boolean }): Promise<Record<string, unknown>> {
  const claims = quick ? 500 : 2_000;
  const subject = await startSubject();
  try {
    const admin = await Connection.open(subject.url, subject.key);
    await admin.must(201, 'PUT', '/gates/hold', { queue: 'hold', policy: { mode: 'always' } });
    for (let at = 0; at < 50; at++) {
      await admin.must(201, 'POST', '/gates/hold/outputs', { content: `seed ${at}` });
    }
    const figures: Record<string, unknown> = { claims };
    const p99s: number[] = [];
    for (const waiting of [10_000, 1_000_000]) {
      await fill(subject, waiting + warm_up);
      // Opened anew: filling takes longer than the server keeps an idle connection.
      const desk = await Connection.open(subject.url, subject.desk_key);
      for (let at = 0; at < warm_up; at++) await claim(desk);
      const spells: number[] = [];
      for (let at = 0; at < claims; at++) spells.push(await claim(desk));
      const one = figuresOf(spells);
      p99s.push(one.p99);
      figures[`waiting_${waiting}`] = one;
      desk.close();
    }
    admin.close();
    figures.p99_ratio = round((p99s[1] ?? 0) / (p99s[0] ?? 1));
    return figures;
  } finally {
    await subject.stop();
  }
}

async function claim(desk: Connection): Promise<number> {
  const from = performance.now();
  const { cases } = await desk.must<{ cases: unknown[] }>(200, 'POST', '/queues/hold/claim', {
    limit: 1,
  });
  if (cases.length !== 1) throw new Error('nothing was claimed');
  return performance.now() - from;
}

/** Copies a real held output and its case inside the engine until `waiting` wait. */
async function fill(subject: Subject, waiting: number): Promise<void> {
  const [row] = await subject.sql(
    `select count(*)::int as count from cases where state = 'waiting'`,
  );
  const missing = waiting - Number(row?.count);
  const numbered = (prefix: string) => `'${prefix}_' || lpad((${waiting} + g)::text, 26, '0')`;
  const made: Record<string, string> = {
    output_id: numbered('out'),
    case_id: numbered('case'),
    open_slots: '1',
  };
  for (const [table, prefix, from] of [
    ['outputs', 'out', `verdict = 'hold'`],
    ['cases', 'case', `state = 'waiting' and open_slots = 1`],
  ] as const) {
    const columns = await subject.sql(`select column_name from information_schema.columns
      where table_name = '${table}' and is_generated = 'NEVER' order by ordinal_position`);
    const names = columns.map(({ column_name }) => String(column_name));
    const values = names.map((name) =>
      name === 'id' ? numbered(prefix) : (made[name] ?? `one."${name}"`),
    );
    await subject.sql(`insert into ${table} (${names.map((name) => `"${name}"`).join(', ')})
      select ${values.join(', ')} from (select * from ${table} where ${from} limit 1) one,
        generate_series(1, ${missing}) g`);
  }
  await subject.sql('vacuum analyze');
  // What filling wrote goes to disk before the claims are timed, not beside them: measured, a claim
  // beside it took three times as long at the median.
  await subject.sql('checkpoint');
}

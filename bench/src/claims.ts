import { Connection } from './connection.ts';
import { figuresOf, round } from './figures.ts';
import { type Subject, startSubject } from './subject.ts';

/** Claim of the next case with ten thousand and with a million waiting, one claim after another. */
export async function run({ quick }: { quick: boolean }): Promise<Record<string, unknown>> {
  const claims = quick ? 500 : 2_000;
  const subject = await startSubject();
  try {
    const admin = await Connection.open(subject.url, subject.key);
    const desk = await Connection.open(subject.url, subject.desk_key);
    await admin.must(201, 'PUT', '/gates/hold', { queue: 'hold', policy: { mode: 'always' } });
    for (let at = 0; at < 50; at++) {
      await admin.must(201, 'POST', '/gates/hold/outputs', { content: `seed ${at}` });
    }
    const figures: Record<string, unknown> = { claims };
    const medians: number[] = [];
    for (const waiting of [10_000, 1_000_000]) {
      await fill(subject, waiting);
      for (let at = 0; at < 50; at++) await claim(desk);
      const spells: number[] = [];
      for (let at = 0; at < claims; at++) spells.push(await claim(desk));
      const one = figuresOf(spells);
      medians.push(one.p99);
      figures[`waiting_${waiting}`] = one;
    }
    figures.p99_ratio = round((medians[1] ?? 0) / (medians[0] ?? 1));
    admin.close();
    desk.close();
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

/** Copies real held outputs and their cases inside the engine until `waiting` wait. */
async function fill(subject: Subject, waiting: number): Promise<void> {
  const [row] = await subject.sql(
    `select count(*)::int as count from cases where state = 'waiting'`,
  );
  const missing = waiting - Number(row?.count);
  const id = (prefix: string) => `'${prefix}_' || lpad(to_hex(g), 26, '0')`;
  const first = waiting;
  await subject.sql(`
    insert into outputs select (jsonb_populate_record(source.o, jsonb_build_object('id', ${id('out')}, 'case_id', ${id('case')}))).*
      from (select t as o from outputs t where verdict = 'hold' limit 1) source, generate_series(${first}, ${first + missing - 1}) g`);
  await subject.sql(`
    insert into cases select (jsonb_populate_record(source.c, jsonb_build_object('id', ${id('case')}, 'output_id', ${id('out')}, 'open_slots', 1))).*
      from (select t as c from cases t where state = 'waiting' and open_slots = 1 limit 1) source, generate_series(${first}, ${first + missing - 1}) g`);
  await subject.sql('vacuum analyze');
}

import { setTimeout as pause } from 'node:timers/promises';
import { Connection } from './connection.ts';
import { figuresOf } from './figures.ts';
import { lookedAt, prove, StaffedGate } from './reviewers.ts';
import { type Subject, startSubject } from './subject.ts';

const gate = 'replies';
const a_day = 10_000;
const patience_ms = 3_600_000;
/** Of what comes, so much scores under the threshold; and so much of it people find wrong. */
const held_share = 0.3;
const wrong_when_held = 0.25;
const wrong_when_passed = 0.01;

/** What a guaranteed gate's page asks for, with ten thousand, a hundred thousand and a million outputs
 *  behind it, as many a day. */
export async function run({ quick }: { quick: boolean }): Promise<Record<string, unknown>> {
  const times = quick ? 20 : 50;
  const subject = await startSubject();
  try {
    const policy = { mode: 'guaranteed', alpha: 0.05, delta: 0.05, spot_check: 0.05 };
    const staffed = await StaffedGate.open(subject, gate, policy);
    await prove(subject, staffed, some(200));
    // Of each kind one that came under the certificate, to be copied.
    await prove(subject, staffed, some(400));
    staffed.close();
    const figures: Record<string, unknown> = { a_day, times };
    let stored = 0;
    for (const outputs of quick ? [10_000, 30_000] : [10_000, 100_000, 1_000_000]) {
      const from = performance.now();
      staffed.decided += await grow(subject, stored, outputs);
      await lookedAt(subject, [staffed], patience_ms);
      await rested(subject);
      stored = outputs;
      process.stderr.write(`${outputs}: ${Math.round((performance.now() - from) / 1_000)} s\n`);
      figures[`outputs_${outputs}`] = await asked(subject, times);
    }
    return figures;
  } finally {
    await subject.stop();
  }
}

const some = (count: number) =>
  Array.from({ length: count }, (_none, at) => ({
    ...{ content: 'An answer.', model_version: '1' },
    confidence: at % 10 < 3 ? 0.1 + (at / count) * 0.3 : 0.7 + (at / count) * 0.3,
    groups: { region: ['north', 'south', 'east', 'west'][at % 4] },
  }));

/** Everything that the page asks for, one after the other. */
async function asked({ url, key }: Subject, times: number) {
  const at = (days_ago: number) => new Date(Date.now() - days_ago * 86_400_000).toISOString();
  const asks = {
    promise_by_hour: `/gates/${gate}/promise?by=hour`,
    promise_by_hour_of_31_days: `/gates/${gate}/promise?by=hour&from=${at(30.9)}`,
    promise_by_day: `/gates/${gate}/promise?by=day`,
    promise_by_day_of_400_days: `/gates/${gate}/promise?by=day&from=${at(399)}`,
    certificates: `/gates/${gate}/certificates`,
    groups: `/gates/${gate}/groups`,
    what_if_of_30_days: `/gates/${gate}/what-if?alpha=0.02`,
    what_if_of_92_days: `/gates/${gate}/what-if?alpha=0.02&from=${at(91)}`,
    gate: `/gates/${gate}`,
    versions: `/gates/${gate}/versions`,
    newest_outputs: `/outputs?gate=${gate}&limit=200`,
    home: '/home',
  };
  const found: Record<string, unknown> = {};
  for (const [name, path] of Object.entries(asks)) {
    const program = await Connection.open(url, key);
    const spells: number[] = [];
    for (let time = -3; time < times; time++) {
      const from = performance.now();
      await program.must(200, 'GET', path);
      if (time >= 0) spells.push(performance.now() - from);
    }
    program.close();
    found[name] = figuresOf(spells);
  }
  return found;
}

/** What filling wrote goes to disk, and what the server makes of it is done, before anything is timed. */
async function rested(subject: Subject): Promise<void> {
  await subject.sql('vacuum analyze');
  await subject.sql('checkpoint');
  for (let tries = 0; tries < 1_200; tries++) {
    const { cpu_ms } = await subject.process();
    await pause(1_000);
    if ((await subject.process()).cpu_ms - cpu_ms < 200) return;
  }
  throw new Error('the server did not come to rest');
}

const id = (prefix: string) => `'${prefix}_' || lpad(copies.n::text, 26, '0')`;
const case_id = `case when one.case_id is not null then ${id('case')} end`;

/** What is copied of an output of each kind, and what of it is another. Of events those alone that
 *  anything is counted from. */
const copied: { table: string; of: string; values: Record<string, string>; then?: string }[] = [
  {
    table: 'outputs',
    of: 'one.id = kinds.output_id',
    values: {
      ...{ id: id('out'), case_id, confidence: 'copies.score', created_at: 'copies.at' },
      promise: `jsonb_set(one.promise, '{score}', to_jsonb(copies.score))`,
      outcome_at: 'case when one.outcome_at is not null then copies.at end',
    },
  },
  {
    table: 'cases',
    of: 'one.id = kinds.case_id',
    values: {
      ...{ id: id('case'), output_id: id('out'), confidence: 'copies.score' },
      ...{ created_at: 'copies.at', resolved_at: 'copies.at' },
    },
  },
  {
    table: 'answers',
    of: 'one.case_id = kinds.case_id',
    values: { id: id('ans'), case_id: id('case'), at: 'copies.at' },
  },
  {
    table: 'resolutions',
    of: 'one.case_id = kinds.case_id',
    values: { id: id('res'), case_id: id('case'), at: 'copies.at', agreed: 'not copies.wrong' },
  },
  {
    table: 'events',
    // Nothing is decided before it came.
    then: ', one.seq',
    of: `(one.subject = kinds.output_id and one.type = 'output.submitted'
      or one.subject = kinds.case_id and one.type = 'case.resolved')`,
    values: {
      subject: `case one.type when 'case.resolved' then ${id('case')} else ${id('out')} end`,
      data: `jsonb_set(one.data, '{promise,score}', to_jsonb(copies.score), false)`,
      at: 'copies.at',
    },
  },
];

/** Copies outputs inside the engine with what was made of them, ever further into the past. What is
 *  counted of them the server counts itself, as of any others.
 *  @returns how many of them were decided on */
async function grow(subject: Subject, stored: number, outputs: number): Promise<number> {
  const [row] = await subject.sql(`select (promise->>'threshold')::float8 as threshold from outputs
    where verdict = 'pass' order by created_at limit 1`);
  const cut = Number(row?.threshold);
  await subject.sql(`drop table if exists copies, kinds;
    create table kinds as select distinct on (1)
      case when verdict = 'hold' then 'held' when spot_checked then 'checked' else 'passed' end as name,
      id as output_id, case_id from outputs
    where id !~ '^out_0000' and promise->>'certificate_id' is not null order by 1, id;
    create table copies as select n, kind, now() - n * interval '${86_400 / a_day} seconds' as at,
      case kind when 'held' then ${cut} * b else ${cut} + ${1 - cut} * b end as score,
      c < case kind when 'held' then ${wrong_when_held} else ${wrong_when_passed} end as wrong
    from (select n, b, c, case when a < ${held_share} then 'held'
        when a < ${held_share} + 0.05 * ${1 - held_share} then 'checked' else 'passed' end as kind
      from (select n, random() as a, random() as b, random() as c
        from generate_series(${stored + 1}, ${outputs}) n) drawn) told;`);
  for (const { table, of, values, then = '' } of copied) {
    const columns = await subject.sql(`select column_name from information_schema.columns
      where table_name = '${table}' and is_generated = 'NEVER' and column_name not in ('seq', 'xid')
      order by ordinal_position`);
    const names = columns.map(({ column_name }) => String(column_name));
    const chosen = names.map((name) => values[name] ?? `one."${name}"`);
    await subject.sql(`insert into ${table} (${names.map((name) => `"${name}"`).join(', ')})
      select ${chosen.join(', ')} from copies join kinds on kinds.name = copies.kind join ${table} one on ${of}
      order by copies.n${then}`);
  }
  const [decided] = await subject.sql(
    `select count(*)::int as n from copies where kind <> 'passed'`,
  );
  return Number(decided?.n);
}

import { Connection } from './connection.ts';
import { Customer } from './customer.ts';
import { figuresOf } from './figures.ts';
import type { Subject } from './subject.ts';

/** One more conversation, from the customer's coming to the bot's answer, and the desk's list of them,
 *  with ever more stored: each with its contact, what was said in it and the reply's output. */
export async function growth(subject: Subject, quick: boolean) {
  const times = quick ? 50 : 200;
  const figures: Record<string, unknown> = {};
  for (const stored of [1_000, 10_000, 100_000]) {
    await fill(subject, stored);
    await spells(times, () => begun(subject));
    figures[`stored_${stored}`] = {
      begun_and_answered_ms: figuresOf(await spells(times, () => begun(subject))),
      listed_ms: figuresOf(await listed(subject, times)),
    };
  }
  return figures;
}

async function spells(times: number, run: () => Promise<unknown>): Promise<number[]> {
  const found = [];
  for (let at = 0; at < times; at++) {
    const from = performance.now();
    await run();
    found.push(performance.now() - from);
  }
  return found;
}

async function begun(subject: Subject): Promise<void> {
  const customer = await Customer.begin(subject);
  await customer.listen();
  await customer.ask('where is my parcel');
  customer.leave();
}

async function listed(subject: Subject, times: number): Promise<number[]> {
  const desk = await Connection.open(subject.url, subject.desk_key);
  const found = await spells(times, () => desk.must(200, 'GET', '/conversations?limit=50'));
  desk.close();
  return found;
}

/** Copies a real conversation inside the engine, with all that was made of it, until so many are
 *  stored. */
async function fill(subject: Subject, stored: number): Promise<void> {
  const [row] = await subject.sql('select count(*)::int as count from conversations');
  const missing = stored - Number(row?.count);
  if (missing <= 0) return;
  const [model] = await subject.sql(`select c.id, c.contact_id from conversations c
    where c.seq = 2 and c.owner_kind = 'bot' order by c.created_at desc limit 1`);
  const of = { conversation: `'${model?.id}'`, contact: `'${model?.contact_id}'` };
  const numbered = (prefix: string) => `'${prefix}_' || lpad((${stored} + g)::text, 26, '0')`;
  const links: Record<string, string> = {
    conversation_id: numbered('conv'),
    contact_id: numbered('cont'),
    output_id: `case when one.output_id is null then null else ${numbered('out')} end`,
    external_id: 'null',
  };
  for (const [table, id, where] of [
    ['contacts', numbered('cont'), `id = ${of.contact}`],
    ['conversations', numbered('conv'), `id = ${of.conversation}`],
    [
      'messages',
      `'msg_' || lpad((10 * (${stored} + g) + one.seq)::text, 26, '0')`,
      `conversation_id = ${of.conversation}`,
    ],
    ['outputs', numbered('out'), `conversation_id = ${of.conversation}`],
  ] as const) {
    const columns = await subject.sql(`select column_name from information_schema.columns
      where table_name = '${table}' and is_generated = 'NEVER' order by ordinal_position`);
    const names = columns.map(({ column_name }) => String(column_name));
    const values = names.map((name) => (name === 'id' ? id : (links[name] ?? `one."${name}"`)));
    await subject.sql(`insert into ${table} (${names.map((name) => `"${name}"`).join(', ')})
      select ${values.join(', ')} from (select * from ${table} where ${where}) one,
        generate_series(1, ${missing}) g`);
  }
  await subject.sql('vacuum analyze');
  await subject.sql('checkpoint');
}

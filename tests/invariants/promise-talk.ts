import type { Certificate, GatePromise, Output } from '@wheelhouse/core';
import { score_bins, thresholdOf } from '@wheelhouse/core/learn';
import pg from 'pg';
import { rulingsCache } from '../../server/src/actions/definition.ts';
import { tallyLabels } from '../../server/src/actions/tally.ts';
import { certifier } from '../../server/src/jobs/certify.ts';
import type { Ports } from '../../server/src/ports.ts';
import type { TestServer } from '../../server/src/testing/start.ts';
import { until } from './until.ts';

/** Few labels prove so weak a promise, so that a test need not make hundreds. */
export const weak = { mode: 'guaranteed', alpha: 0.3, delta: 0.2, spot_check: 0.5 };

export interface Submitted {
  id: string;
  verdict: string;
  reasons: string[];
  case_id?: string;
}

/** A guaranteed gate, whoever submits to it and whoever decides. */
export async function promising(server: TestServer, gate: string, policy: object = weak) {
  const [builder, agent, reviewer] = await Promise.all([
    server.keyFor('builder'),
    server.keyFor('admin'),
    server.keyFor('reviewer'),
  ]);
  const save = (changed: object = policy) =>
    builder.call<{ policy_version: number }>(`PUT /gates/${gate}`, { policy: changed });
  await save();
  const submit = async (confidence: number, more: object = {}): Promise<Submitted> => {
    const body = { content: `Answer at ${confidence}`, confidence, model: 'm', ...more };
    return (await agent.call<Submitted>(`POST /gates/${gate}/outputs`, body)).body;
  };
  const decide = async ({ case_id }: Submitted, right = true) => {
    const verdict = right ? 'approve' : 'reject';
    const values = right ? { verdict } : { verdict, reason: 'wrong' };
    return (
      await reviewer.call(`POST /cases/${case_id}/answers`, {
        status: 'submitted',
        values,
        shown_suggestion: false,
        spent_ms: 1,
      })
    ).status;
  };
  const promise = async () =>
    (await builder.call<GatePromise>(`GET /gates/${gate}/promise?by=hour`)).body;
  const output = async (id: string) => (await agent.call<Output>(`GET /outputs/${id}`)).body;
  /** Clean labels until what they are of is certified. */
  const certify = async (more: object = {}, confidence = 0.9) => {
    for (let round = 0; round < 20; round++) {
      const some = await Promise.all(Array.from({ length: 12 }, () => submit(confidence, more)));
      await Promise.all(some.map((one) => one.case_id && decide(one)));
      await counted(server);
      const found = await until(async () => {
        const open = (await promise()).epochs.filter(({ ended_at }) => !ended_at);
        const { epoch_id, tier } = (await output(some[0]?.id as string)).promise ?? {};
        const epoch = open.find(({ id }) => id === epoch_id);
        // A proof that is begun anew goes on in an epoch of its own, which the next round is of.
        if (!epoch) return 'begun anew';
        return epoch.tiers.find((one) => one.tier === tier && one.labelled > 0);
      });
      if (found !== 'begun anew' && found.certificate) return found;
    }
    throw new Error('the promise was never certified');
  };
  const certificates = async () =>
    (await builder.call<{ rows: Certificate[] }>(`GET /gates/${gate}/certificates`)).body.rows;
  return {
    gate,
    builder,
    agent,
    reviewer,
    save,
    submit,
    decide,
    promise,
    certify,
    output,
    certificates,
  };
}
export type Promising = Awaited<ReturnType<typeof promising>>;

/** Wrong spot checks until one tier of the newest version is alarmed. */
export async function alarm(server: TestServer, gate: Promising, more: object = {}) {
  const alarms = async () =>
    (await gate.promise()).events.filter(({ type }) => type === 'gate.alarmed').length;
  const before = await alarms();
  await until(async () => {
    const some = await Promise.all(Array.from({ length: 6 }, () => gate.submit(0.95, more)));
    await Promise.all(some.map((one) => one.case_id && gate.decide(one, false)));
    await counted(server);
    return (await alarms()) > before;
  });
}

/** Waits until every event there is by now was counted, whatever comes meanwhile, and every label looked at.
 *  Where the server's ports are at hand it does so beside the jobs, as a second server would: they rest for
 *  up to a second, a hundred times a file. */
export async function counted(
  server: Pick<TestServer, 'database_url'> & Partial<Pick<TestServer, 'ports'>>,
): Promise<void> {
  const look = server.ports && lookNow(server.ports);
  await asOwner(server, async (client) => {
    const { rows: last } = await client.query(
      'select xid::text as xid, seq from events order by events.xid desc, seq desc limit 1',
    );
    await until(async () => {
      await look?.();
      const { rows } = await client.query(
        `select (r.xid, r.seq) >= ($1::text::xid8, $2)
           and not exists (select from gate_tiers where stale_at is not null) as done
         from event_readers r where r.name = 'labels'`,
        [last[0].xid, last[0].seq],
      );
      return rows[0].done === true;
    });
  });
}

function lookNow(ports: Ports): () => Promise<void> {
  const rulings = rulingsCache();
  const { run: certify } = certifier(ports);
  return async () => {
    await tallyLabels(ports, rulings);
    await certify();
  };
}

export async function asOwner<Result>(
  { database_url }: Pick<TestServer, 'database_url'>,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: database_url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const lowest = Array.from({ length: score_bins }, (_none, bin) => thresholdOf(bin, score_bins));
const binIn = (promise: string) =>
  `width_bucket((${promise}->>'score')::float8, array[${lowest}]::float8[]) - 1`;
/** What was decided and taken back counts as wrong until it is decided anew. */
export const taken_back = `exists (select from resolutions f
  where f.workspace_id = c.workspace_id and f.case_id = c.id and not f.standing)`;
const recount = `select coalesce(json_agg(t order by t::text), '[]') as found from (
  select o.promise->>'epoch_id' as epoch_id, o.promise->>'tier' as tier, o.promise->>'phase' as phase,
    ${binIn('o.promise')} as bin, (o.promise->>'weight')::float8 as weight,
    count(*) filter (where c.state = 'cancelled' or r.agreed is not true)::int as wrong, count(*)::int as n
  from outputs o join cases c on c.workspace_id = o.workspace_id and c.id = o.case_id
  left join resolutions r on r.workspace_id = c.workspace_id and r.case_id = c.id and r.standing
  where o.promise is not null and (c.state = 'cancelled' or r.id is not null or ${taken_back})
  group by 1, 2, 3, 4, 5) t`;
const kept = `select coalesce(json_agg(t order by t::text), '[]') as found from (
  select epoch_id, tier, phase, bin, weight, sum(wrong)::int as wrong, sum(n)::int as n
  from gate_tallies group by 1, 2, 3, 4, 5 having sum(n) > 0) t`;

/** The tallies as they are kept, and as the record itself counts them. */
export const bothCounts = (server: Pick<TestServer, 'database_url'>) =>
  asOwner(server, async (client) => ({
    kept: (await client.query(kept)).rows[0].found,
    record: (await client.query(recount)).rows[0].found,
  }));

const own_counts = `n, labelled, wrong`;
const kept_groups = `select coalesce(json_agg(t order by t::text), '[]') as found from (
  select epoch_id, attribute, value, rest, passed, probability, ${own_counts} from gate_groups) t`;
const kept_days = `select coalesce(json_agg(t order by t::text), '[]') as found from (
  select epoch_id, day, tier, phase, bin, weight, passed, probability, ${own_counts} from gate_days) t`;
const counted_again = `with each as (
  select o.promise, o.groups, o.verdict = 'pass' as passed, (o.created_at at time zone 'UTC')::date as day,
    (c.state = 'cancelled' or r.id is not null or ${taken_back}) is true as labelled,
    (c.state = 'cancelled' or (r.id is not null and r.agreed is not true)
      or (r.id is null and ${taken_back})) is true as wrong
  from outputs o left join cases c on c.workspace_id = o.workspace_id and c.id = o.case_id
  left join resolutions r on r.workspace_id = c.workspace_id and r.case_id = c.id and r.standing
  where o.promise is not null)`;
const counts_again = `count(*)::int as n, (count(*) filter (where labelled))::int as labelled,
  (count(*) filter (where wrong))::int as wrong`;
const groups_again = `${counted_again}, placed as (
  select *, '' as attribute, '' as value from each
  union all select each.*, key, g.value from each cross join jsonb_each_text(groups) g)
  select coalesce(json_agg(t order by t::text), '[]') as found from (
    select promise->>'epoch_id' as epoch_id, attribute, value, false as rest, passed,
      (promise->>'inclusion_probability')::float8 as probability, ${counts_again}
    from placed group by 1, 2, 3, 4, 5, 6) t`;
const days_again = `${counted_again}
  select coalesce(json_agg(t order by t::text), '[]') as found from (
    select promise->>'epoch_id' as epoch_id, day, promise->>'tier' as tier, promise->>'phase' as phase,
      ${binIn('promise')} as bin,
      (promise->>'weight')::float8 as weight, passed,
      (promise->>'inclusion_probability')::float8 as probability, ${counts_again}
    from each group by 1, 2, 3, 4, 5, 6, 7, 8) t`;

/** Outputs by group and by day as they are kept, and as the record itself counts them, where no group
 *  is too many to be told apart. */
export const bothPartCounts = (server: Pick<TestServer, 'database_url'>) =>
  asOwner(server, async (client) => {
    const found = async (text: string) => (await client.query(text)).rows[0].found;
    return {
      kept: { groups: await found(kept_groups), days: await found(kept_days) },
      record: { groups: await found(groups_again), days: await found(days_again) },
    };
  });

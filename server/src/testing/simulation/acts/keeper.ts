import { isOpen } from '../clients.ts';
import { planOf } from '../plans.ts';
import type { Act } from './act.ts';

/** The admin changes a gate: outputs that were judged keep the version that judged them. */
export const changeGate: Act = async (scene) => {
  const { random, people, clients, book } = scene;
  const name = random.pick([...people.gates.keys()]);
  const plans = people.gates.get(name) ?? [];
  const mode = plans.at(-1)?.definition.policy.mode ?? 'always';
  const plan = planOf(name, mode === 'guaranteed' ? 'always' : mode, random);
  // Kept before it is sent: a change whose answer is lost may have been made.
  plans.push(plan);
  const what = `PUT /gates/${name}`;
  const reply = await clients.call({ by: people.admin, what, body: plan.definition });
  if (!isOpen(reply) && reply.status !== 200) {
    book.fault('G7', `changing ${name} was answered ${JSON.stringify(reply.body)}`);
  }
};

/** A change that takes its time: its transaction stays open while others come and go, so its event
 *  is committed late and must be missed by nobody. */
export const changeQueueSlowly: Act = async (scene) => {
  const { people, clients } = scene;
  const what = `PUT /queues/late-${scene.number()}`;
  await clients.call({ by: people.admin, what, body: {} });
};

/** The admin turns a webhook off or on, or gives it a new secret. */
export const changeHook: Act = async (scene) => {
  const { random, people, clients } = scene;
  if (!people.hooks.length) return;
  const hook = random.pick(people.hooks);
  if (random.happens(0.6)) {
    hook.enabled = !hook.enabled;
    const body = { enabled: hook.enabled };
    await clients.call({ by: people.admin, what: `PATCH /webhooks/${hook.id}`, body });
    hook.changed = true;
    return;
  }
  const what = `POST /webhooks/${hook.id}/secret`;
  const reply = await clients.call({ by: people.admin, what, key: `secret-${scene.number()}` });
  // Sent again under its key it is answered without the secret, which is shown once.
  if (reply.status === 200 && reply.body.secret) hook.secrets.push(reply.body.secret);
  else hook.unsure = true;
};

/** The admin asks for a dead delivery again. */
export const redeliver: Act = async ({ random, people, clients, book }) => {
  const by = people.admin;
  const { status, body } = await clients.call({ by, what: 'GET /deliveries?state=dead' });
  if (status !== 200 || !body.rows.length) return;
  const one = random.pick(body.rows as { id: string }[]);
  const reply = await clients.call({ by, what: `POST /deliveries/${one.id}/redeliver` });
  if (!isOpen(reply) && reply.status !== 200 && reply.body.code !== 'webhook_off') {
    book.fault('D2', `redelivering ${one.id} was answered ${JSON.stringify(reply.body)}`);
  }
};

/** Somebody checks the record, and keeps a checkpoint outside. */
export const checkRecord: Act = async ({ random, people, clients, book }) => {
  const by = people.admin;
  if (random.happens(0.5)) {
    const { status, body } = await clients.call({ by, what: 'GET /audit/checkpoint' });
    if (status === 200) book.checkpoint = body.note;
    return;
  }
  const { status, body } = await clients.call({ by, what: 'GET /audit/verify' });
  // A check that lasts longer than a minute stops, and says so.
  if (status !== 200 || body.ok || !body.complete) return;
  book.fault('A6', `the record has ${JSON.stringify(body.faults)}`);
};

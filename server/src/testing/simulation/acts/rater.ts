import type { ClaimedCase, Json } from '@wheelhouse/core';
import { isOpen } from '../clients.ts';
import type { Answered, Held } from '../ledger.ts';
import type { Person } from '../people.ts';
import type { Act, Scene } from './act.ts';

/** Somebody takes the next cases from a queue, thinks, and answers them: mostly in time. */
export const work: Act = async (scene) => {
  const { random, people, book, clients } = scene;
  const by = random.pick(people.raters);
  const queue = random.pick(['*', '*', '*', 'default', 'replies']);
  const body = { limit: random.pick([1, 1, 2, 3]) };
  const what = `POST /queues/${queue}/claim`;
  const reply = await clients.call({ by, what, body });
  if (await signedOut(scene, by, reply.status)) return;
  if (reply.status !== 200) {
    if (isOpen(reply) || reply.status === 404) return;
    book.fault('L1', `a claim was answered ${JSON.stringify(reply.body)}`);
    return;
  }
  for (const shown of reply.body.cases as ClaimedCase[]) {
    const held = { by, shown };
    book.held.push(held);
    if (random.happens(0.1)) continue;
    await clients.pause(random.between(0, random.pick([0, 1_000, 5_000, 10_000, 400_000])));
    await give(scene, by, held);
  }
};

/** A member's session ends after two weeks of silence; they sign in again. */
async function signedOut({ people }: Scene, by: Person, status: number): Promise<boolean> {
  if (status !== 401 || by.kind !== 'member') return false;
  await people.signIn(by);
  return true;
}

/** Somebody answers a case that they, or someone else, were given before: the server is to know what
 *  still counts. */
export const answerAgain: Act = async (scene) => {
  const { random, book, people } = scene;
  const held = book.held.at(-1 - random.between(0, Math.min(3, book.held.length - 1)));
  if (!held) return;
  // Now and then by someone else, who saw the page over a shoulder.
  const by = random.happens(0.3) ? random.pick(people.raters) : held.by;
  await give(scene, by, held);
};

async function give(scene: Scene, by: Person, held: Held): Promise<void> {
  const { random, book, clients, time } = scene;
  const { shown } = held;
  const { epoch, body } = contentOf(scene, held);
  const marker = `a${scene.number()}`;
  const key = random.happens(0.6) ? `key-${marker}` : undefined;
  const answered: Answered = {
    marker,
    case_id: shown.id,
    by,
    epoch,
    once: key !== undefined || epoch !== undefined,
    sent_at: time.now(),
    status: 0,
  };
  book.answered.push(answered);
  const what = `POST /cases/${shown.id}/answers`;
  const asking = { by, what, body: { ...body, note: marker }, key };
  const reply = key ? await clients.insist(asking) : await clients.call(asking);
  if (await signedOut(scene, by, reply.status)) return;
  answered.status = reply.status;
  if (reply.status === 200) {
    answered.answer_id = reply.body.answer_id;
    answered.resolution_id = reply.body.resolution?.id;
    if (answered.resolution_id && random.happens(0.25)) await takeBack(scene, answered);
  } else if (!isOpen(reply) && !refusals.has(reply.body.code)) {
    book.fault('C8', `${marker} was answered ${JSON.stringify(reply.body)}`);
  }
}

const refusals = new Set([
  'lease_lost',
  'held_by_other',
  'already_answered',
  'already_resolved',
  'own_request',
  'not_eligible',
  'stale',
]);

function contentOf({ random }: Scene, { shown }: Held) {
  const { lease } = shown;
  const without = random.happens(0.1);
  const epoch = without ? undefined : lease.epoch - (random.happens(0.05) ? 1 : 0) || undefined;
  const status = random.pick([
    'submitted',
    'submitted',
    'submitted',
    'submitted',
    'submitted',
    'submitted',
    'skipped',
    'cannot_judge',
  ]);
  const values = status === 'submitted' ? valuesOf(random, shown) : {};
  const digest = random.happens(0.3) ? { shown: shown.shown } : {};
  return { epoch, body: { ...(epoch ? { epoch } : {}), status, values, ...digest } };
}

function valuesOf(random: Scene['random'], { form, action }: ClaimedCase): Record<string, Json> {
  const verdict = form.questions.find(({ kind }) => kind === 'verdict');
  if (!verdict) return { answer: random.pick(['yes', 'no']) };
  const said = random.pick(['approve', 'approve', 'approve', 'edit', 'reject']);
  if (said !== 'edit') return { verdict: said };
  if (verdict.kind === 'verdict' && verdict.edit === 'content') {
    return { verdict: 'edit', content: { text: random.pick(['better', 'shorter']) } };
  }
  // A gate may guard an action that this output does not ask for.
  if (!action) return { verdict: 'approve' };
  const amount = random.pick([100, 200]);
  return { verdict: 'edit', arguments: { ...(action.arguments as object), amount } };
}

/** Somebody holds a case longer, or gives it back. */
export const hold: Act = async (scene) => {
  const { random, book, clients } = scene;
  const held = book.held.at(-1 - random.between(0, Math.min(5, book.held.length - 1)));
  if (!held) return;
  const { by, shown } = held;
  const { epoch } = shown.lease;
  const longer = random.happens(0.6);
  if (longer) book.heartbeats.add(`${shown.id} ${by.id} ${epoch}`);
  const asking = longer
    ? { by, what: `POST /cases/${shown.id}/lease`, body: { epoch } }
    : { by, what: `DELETE /cases/${shown.id}/lease?epoch=${epoch}` };
  const reply = await clients.call(asking);
  if (await signedOut(scene, by, reply.status)) return;
  const fine = longer ? reply.status === 200 || reply.body?.code === 'lease_lost' : true;
  if (!isOpen(reply) && !fine) {
    book.fault('L2', `holding ${shown.id} was answered ${JSON.stringify(reply.body)}`);
  }
};

/** Who decided, or a lead, takes a decision back; in time or too late. */
export const undo: Act = async (scene) => {
  const decided = scene.book.answered.filter(({ resolution_id }) => resolution_id);
  if (decided.length) await takeBack(scene, scene.random.pick(decided.slice(-4)));
};

const may_be_told = new Set(['too_late', 'forbidden', 'not_decided', 'already_resolved']);

async function takeBack(scene: Scene, one: Answered): Promise<void> {
  const { random, book, people, clients } = scene;
  const by = random.happens(0.6) ? one.by : random.pick(people.raters);
  const key = random.happens(0.5) ? `undo-${scene.number()}` : undefined;
  const asking = { by, what: `POST /cases/${one.case_id}/undo`, key };
  const reply = key ? await clients.insist(asking) : await clients.call(asking);
  if (await signedOut(scene, by, reply.status)) return;
  // A decision made since may be the one that was undone; the record says which it was.
  if (reply.status === 200) book.undone.add(one.case_id);
  // An attempt before the last may have done it, and its answer was lost.
  else if (isOpen(reply) || reply.body.code === 'not_decided') {
    book.perhaps_undone.add(one.case_id);
  } else if (!may_be_told.has(reply.body.code)) {
    book.fault('C12', `undoing ${one.resolution_id} was answered ${JSON.stringify(reply.body)}`);
  }
}

/** A lead gives a case to a member, or back to all; a member goes away and names a delegate. */
export const delegate: Act = async (scene) => {
  const { random, book, people, clients, time } = scene;
  if (random.happens(0.4)) {
    const by = random.pick(people.members);
    const to = random.pick(people.members.filter(({ id }) => id !== by.id));
    const away = random.happens(0.7);
    const until = new Date(time.now_ms() + 3_600_000).toISOString();
    const body = { away_until: away ? until : null, delegate_to: away ? to.id : null };
    const reply = await clients.call({ by, what: 'PUT /me/absence', body });
    await signedOut(scene, by, reply.status);
    return;
  }
  const held = book.held.at(-1);
  const by = people.raters.find(({ role, kind }) => role === 'lead' && kind === 'key') as Person;
  if (!held) return;
  const assigned_to = random.happens(0.8) ? random.pick(people.members).id : null;
  await clients.call({ by, what: `PUT /cases/${held.shown.id}/assignment`, body: { assigned_to } });
};

import { isOpen } from '../clients.ts';
import type { Act } from './act.ts';

/** Someone of the other workspace asks for what is here: nothing of it is there for them (rule S1). */
export const intrude: Act = async (scene) => {
  const { random, people, book, clients } = scene;
  const known = book.submitted.filter(({ result }) => result?.case_id);
  if (!known.length) return;
  const { result } = random.pick(known);
  const [id, case_id] = [result?.id, result?.case_id];
  const asking = random.pick([
    { what: `GET /outputs/${id}` },
    { what: `POST /outputs/${id}/claim` },
    { what: `POST /outputs/${id}/cancel`, body: {} },
    { what: `GET /cases/${case_id}` },
    { what: `POST /cases/${case_id}/answers`, body: { values: { verdict: 'approve' } } },
    { what: `POST /cases/${case_id}/undo` },
    { what: `POST /queues/default/claim`, body: { case_id } },
  ]);
  const reply = await clients.call({ by: people.neighbour, ...asking });
  const nothing = reply.status === 404 || (reply.status === 200 && !reply.body.cases?.length);
  if (isOpen(reply) || (nothing && (reply.status === 404 || 'cases' in reply.body))) return;
  book.fault('S1', `${asking.what} by a neighbour was answered ${JSON.stringify(reply.body)}`);
};

/** The neighbour submits something of their own. */
export const submitAside: Act = async (scene) => {
  const { people, clients } = scene;
  const by = people.neighbour;
  const body = { content: { text: 'aside' }, metadata: { marker: `n${scene.number()}` } };
  await clients.call({ by, what: 'POST /gates/aside/outputs', body });
};

import { canonical, type Json, type Output, type SubmissionResult } from '@wheelhouse/core';
import { isOpen, type Reply } from '../clients.ts';
import type { Submitted } from '../ledger.ts';
import type { Person } from '../people.ts';
import type { Act, Scene } from './act.ts';

const wait_ms = 60_000;
const most_waits = 8;

/** An agent submits an output; often it then waits for what becomes of it, and acts if it may. */
export const submit: Act = async (scene) => {
  const { random, people, book, clients } = scene;
  const by = random.pick(people.agents);
  const marker = `s${scene.number()}`;
  const gate = random.pick([...people.gates.keys()]);
  const body = bodyOf(scene, gate, marker);
  const key = random.happens(0.8) ? `key-${marker}` : undefined;
  // Without a key or an id of its own, a second request would be a second output.
  const once = key !== undefined || body.id !== undefined;
  const submitted: Submitted = { marker, gate, by, body, once };
  book.submitted.push(submitted);
  const asking = { by, what: `POST /gates/${gate}/outputs`, body, key };
  const reply = once ? await clients.insist(asking) : await clients.call(asking);
  if (reply.status !== 201) {
    if (!isOpen(reply)) book.fault('G5', `${marker} was refused: ${JSON.stringify(reply.body)}`);
    return;
  }
  const result = reply.body as SubmissionResult;
  submitted.result = result;
  if (key && random.happens(0.1)) await repeat(scene, submitted, key);
  if (random.happens(0.35)) await waitFor(scene, by, result.id);
};

/** An agent submits several outputs in one request, each answered on its own line. */
export const submitMany: Act = async (scene) => {
  const { random, people, book, clients, number } = scene;
  const by = random.pick(people.agents);
  const gate = random.pick([...people.gates.keys()]);
  const key = random.happens(0.7) ? `key-m${number()}` : undefined;
  const lines = Array.from({ length: random.between(2, 5) }, (): Submitted => {
    const marker = `s${number()}`;
    const body = bodyOf(scene, gate, marker);
    return { marker, gate, by, body, once: key !== undefined || body.id !== undefined };
  });
  book.submitted.push(...lines);
  const body = lines.map((line) => line.body);
  const asking = { by, what: `POST /gates/${gate}/outputs`, body, key };
  // A line that nobody can say anything of is sent again with the whole: under its key that is safe.
  for (let left = key ? 4 : 1; left > 0 && lines.some(({ result }) => !result); left--) {
    const reply = key ? await clients.insist(asking) : await clients.call(asking);
    if (isOpen(reply)) return;
    noteLines(scene, lines, reply);
  }
};

function noteLines({ book }: Scene, lines: Submitted[], { body }: Reply): void {
  lines.forEach((line, at) => {
    const said = body.results?.[at];
    if (said?.id) {
      if (line.result && line.result.id !== said.id) {
        book.fault('O4', `${line.marker} was ${line.result.id}, sent again it is ${said.id}`);
      }
      line.result = said as SubmissionResult;
    } else if (said?.code !== 'unavailable') {
      book.fault('G5', `${line.marker} of many was refused: ${JSON.stringify(body)}`);
    }
  });
}

function bodyOf({ random, people, ownId }: Scene, gate: string, marker: string) {
  const plan = people.gates.get(gate)?.at(-1)?.definition;
  const amount = random.between(1, 1_000);
  const body: Record<string, Json> = {
    input: { text: `What about ${marker}?` },
    content: { text: `An answer to ${marker}` },
    metadata: { marker },
  };
  if (random.happens(0.9)) body.confidence = random.between(0, 100) / 100;
  if (random.happens(0.2)) body.id = ownId('output');
  if (plan?.action) body.action = { name: 'refund', arguments: { order: marker, amount } };
  if (random.happens(0.2)) body.callback_url = `https://agent-${random.between(1, 2)}.example/back`;
  if (random.happens(0.2)) body.deadline_ms = random.pick([60_000, 3_600_000, 7 * 86_400_000]);
  if (random.happens(0.2)) body.risk = random.pick(['low', 'high']);
  return body;
}

/** The same key brings the same answer back; with another body it is refused (rule O4). */
async function repeat({ clients, book, random }: Scene, first: Submitted, key: string) {
  const { by, gate, marker } = first;
  const what = `POST /gates/${gate}/outputs`;
  const other = random.happens(0.5);
  const body = other ? { ...first.body, content: { text: 'something else' } } : first.body;
  const reply = await clients.call({ by, what, body, key });
  if (isOpen(reply)) return;
  const same = canonical(reply.body as Json) === canonical(first.result as unknown as Json);
  const right = other ? reply.body.code === 'key_reused' : reply.status === 201 && same;
  if (!right) book.fault('O4', `${marker} sent again was answered ${JSON.stringify(reply.body)}`);
}

/** Waits until an output is decided, asking again whenever a wait ends without it (rule O5). */
async function waitFor(scene: Scene, by: Person, id: string): Promise<void> {
  const { clients, book, random, isOver } = scene;
  for (let left = most_waits; left > 0 && !isOver(); left--) {
    const reply = await clients.call({ by, what: `GET /outputs/${id}?wait_ms=${wait_ms}` });
    if (reply.status === 200 && reply.body.outcome) {
      book.see(reply.body, 'a wait');
      if (random.happens(0.8)) await act(scene, by, reply.body);
      return;
    }
    if (reply.status !== 200) {
      if (!isOpen(reply)) book.fault('O5', `the wait for ${id} was answered ${reply.status}`);
      await clients.pause(random.between(200, 2_000));
    }
  }
}

/** Takes the right to act; sometimes twice at once, as two workers with one job do. */
async function act(scene: Scene, by: Person, output: Output): Promise<void> {
  const { clients, random } = scene;
  const key = random.happens(0.7) ? `claim-${scene.number()}` : undefined;
  const asking = { by, what: `POST /outputs/${output.id}/claim`, key };
  const once = async () => {
    const reply = key ? await clients.insist(asking) : await clients.call(asking);
    noteRight(scene, by, output.id, key, reply);
  };
  const twice = random.happens(0.3);
  await Promise.all(twice ? [once(), once()] : [once()]);
}

/** Somebody tries to take the right to act on any output there is, decided or not (rule O3). */
export const reach: Act = async (scene) => {
  const { random, book, people, clients } = scene;
  const known = book.submitted.filter(({ result }) => result);
  if (!known.length) return;
  const { result } = random.pick(known);
  const id = result?.id as string;
  const by = random.pick(people.agents);
  const reply = await clients.call({ by, what: `POST /outputs/${id}/claim` });
  noteRight(scene, by, id, undefined, reply);
};

const refusals = new Set([
  'not_decided',
  'undo_open',
  'not_approved',
  'already_claimed',
  'key_reused',
]);

function noteRight(
  { book }: Scene,
  by: Person,
  output_id: string,
  key: string | undefined,
  reply: Reply,
): void {
  if (reply.status === 200) {
    book.rights.push({ output_id, by, key, claimed: reply.body });
    book.see({ id: output_id, outcome: reply.body.outcome }, 'the right to act');
  } else if (!isOpen(reply) && !refusals.has(reply.body.code)) {
    book.fault('O2', `claiming ${output_id} was answered ${JSON.stringify(reply.body)}`);
  }
}

/** An agent takes back what it asked for, decided or not. */
export const cancel: Act = async (scene) => {
  const { random, book, clients } = scene;
  const known = book.submitted.filter(({ result }) => result?.verdict === 'hold');
  if (!known.length) return;
  const { by, result } = random.pick(known);
  const id = result?.id as string;
  const key = random.happens(0.5) ? `cancel-${scene.number()}` : undefined;
  const asking = { by, what: `POST /outputs/${id}/cancel`, body: {}, key };
  const reply = key ? await clients.insist(asking) : await clients.call(asking);
  if (reply.status === 200) {
    book.cancelled.add(id);
    book.see(reply.body, 'its cancelling');
  } else if (!isOpen(reply) && reply.body.code !== 'already_resolved') {
    book.fault('C1', `cancelling ${id} was answered ${JSON.stringify(reply.body)}`);
  }
};

/** Somebody looks at an output. */
export const look: Act = async ({ random, book, people, clients }) => {
  const known = book.submitted.filter(({ result }) => result);
  if (!known.length) return;
  const { result, marker } = random.pick(known);
  const by = random.pick(people.raters.filter(({ kind }) => kind === 'key'));
  const reply = await clients.call({ by, what: `GET /outputs/${result?.id}` });
  if (reply.status === 200) book.see(reply.body, 'a look');
  else if (!isOpen(reply)) {
    book.fault('X1', `${marker}, which was acknowledged, was answered ${reply.status}`);
  }
};

import { setTimeout as pause } from 'node:timers/promises';
import { Connection } from './connection.ts';
import { Customer, many_addresses } from './customer.ts';
import { figuresOf, round } from './figures.ts';
import { Listener } from './listener.ts';
import { type Subject, startSubject } from './subject.ts';

const opened_at_once = 50;
const patience_ms = 60_000;
const kilobyte = 1_000;

/** Open event streams on one server, the desk's and then customers': what each holds, how long it takes
 *  until the last of them has heard of something, and how long a reader takes to catch up. */
export async function run({ quick }: { quick: boolean }): Promise<Record<string, unknown>> {
  const count = quick ? 2_000 : 10_000;
  const rounds = quick ? 3 : 7;
  const subject = await startSubject(many_addresses);
  try {
    const catch_up = await catchUps(subject, rounds);
    process.stderr.write(`catch-up: ${JSON.stringify(catch_up)}\n`);
    return {
      rounds,
      catch_up,
      desk: await desks(subject, count, rounds),
      customers: await customers(subject, count, rounds),
    };
  } finally {
    await subject.stop();
  }
}

/** A reader that missed 10,000 events comes back with its cursor. */
async function catchUps(subject: Subject, rounds: number) {
  const events = 10_000;
  const admin = await Connection.open(subject.url, subject.key);
  await admin.must(201, 'PUT', '/gates/pass', { policy: { mode: 'never' } });
  const cursor = await cursorOf(subject);
  let made = 0;
  while (made < events) {
    const body = Array.from({ length: 5_000 }, (_, at) => JSON.stringify({ content: `${at}` }));
    const { url, key } = subject;
    const response = await fetch(`${url}/api/v1/gates/pass/outputs`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' },
      body: body.join('\n'),
    });
    if (!response.ok) throw new Error(`a bulk submission was answered ${response.status}`);
    await response.text();
    // Each is submitted and decided.
    made += 2 * body.length;
  }
  admin.close();
  await pause(2_000);
  const taken_ms: number[] = [];
  for (let at = 0; at < rounds; at++) {
    const from = performance.now();
    let heard = -1;
    await hearing(subject, `/events?cursor=${cursor}`, subject.desk_key, () => {
      heard += 1;
      return heard === events;
    });
    taken_ms.push(performance.now() - from);
  }
  return { events, taken_ms: figuresOf(taken_ms) };
}

/** Opens a stream and closes it once enough was heard. */
function hearing(
  { url }: Subject,
  path: string,
  key: string,
  enough: (data: string) => boolean,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`${path} was silent`)), patience_ms);
    const opening = Listener.open(url, path, key, (data) => {
      if (!enough(data)) return;
      clearTimeout(late);
      void opening.then((listener) => listener.close());
      resolve();
    });
    opening.catch(reject);
  });
}

async function cursorOf(subject: Subject): Promise<string> {
  let cursor = '';
  await hearing(subject, '/events', subject.desk_key, (data) => {
    cursor = (JSON.parse(data) as { cursor: string }).cursor;
    return true;
  });
  return cursor;
}

async function desks(subject: Subject, count: number, rounds: number) {
  const admin = await Connection.open(subject.url, subject.key);
  const crowd = new Crowd(subject);
  const figures = await crowd.open(count, () => ({ path: '/events', key: subject.desk_key }));
  const all_told_ms: number[] = [];
  for (let at = 0; at < rounds; at++) {
    const told = crowd.hear(count, `"q${at}"`);
    const from = performance.now();
    await admin.must(200, 'PUT', `/queues/q${at}`, { title: `Queue ${at}` });
    await told;
    all_told_ms.push(performance.now() - from);
  }
  crowd.close();
  admin.close();
  return { ...figures, all_told_ms: figuresOf(all_told_ms) };
}

/** Many browsers a conversation: what a stream holds is the same, and each is told what is said in its
 *  own. */
async function customers(subject: Subject, count: number, rounds: number) {
  const admin = await Connection.open(subject.url, subject.key);
  await admin.must(200, 'PUT', '/bots/default', { title: 'Silent', posture: 'off' });
  admin.close();
  const begun: Customer[] = [];
  while (begun.length < 100) begun.push(await Customer.begin(subject));
  const crowd = new Crowd(subject);
  const figures = await crowd.open(count, (at) => {
    const { id, token } = begun[at % begun.length] as Customer;
    return { path: `/chat/conversations/${id}/stream?after=0`, key: token };
  });
  const told_ms: number[] = [];
  for (let at = 0; at < rounds; at++) {
    const told = crowd.hear(count / begun.length, `hello number ${at}`);
    const from = performance.now();
    await begun[at]?.say(`hello number ${at}`);
    await told;
    told_ms.push(performance.now() - from);
  }
  crowd.close();
  for (const customer of begun) customer.leave();
  return { ...figures, conversations: begun.length, told_ms: figuresOf(told_ms) };
}

/** Many streams at once, and what all of them hear. */
class Crowd {
  #subject: Subject;
  #listeners: Listener[] = [];
  #heard: (data: string) => void = () => {};

  constructor(subject: Subject) {
    this.#subject = subject;
  }

  async open(count: number, which: (at: number) => { path: string; key: string }) {
    const before = await this.#subject.process();
    const from = performance.now();
    const openOne = (at: number) =>
      new Promise<void>((resolve, reject) => {
        const { path, key } = which(at);
        const hear = (data: string) => {
          resolve();
          this.#heard(data);
        };
        Listener.open(this.#subject.url, path, key, hear).then(
          (listener) => this.#listeners.push(listener),
          reject,
        );
      });
    for (let at = 0; at < count; at += opened_at_once) {
      const some = Math.min(opened_at_once, count - at);
      await Promise.all(Array.from({ length: some }, (_, nth) => openOne(at + nth)));
    }
    const opened_s = round((performance.now() - from) / 1_000);
    // What opening left behind is collected when it is collected: nobody forces the server to.
    await pause(20_000);
    const after = await this.#subject.process();
    const held = after.resident_bytes - before.resident_bytes;
    const figures = { open: count, opened_s, kilobytes_each: round(held / count / kilobyte) };
    process.stderr.write(`${JSON.stringify(figures)}\n`);
    return figures;
  }

  /** Until so many have heard an event with these words in it. */
  hear(count: number, words: string): Promise<void> {
    let missing = count;
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`${missing} were not told`)), patience_ms);
      this.#heard = (data) => {
        if (!data.includes(words)) return;
        missing -= 1;
        if (missing) return;
        clearTimeout(late);
        resolve();
      };
    });
  }

  close(): void {
    for (const listener of this.#listeners) listener.close();
  }
}

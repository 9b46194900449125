import { setTimeout as pause } from 'node:timers/promises';
import type { Message, Transcript } from '@wheelhouse/core';
import { Connection } from './connection.ts';
import { Customer, many_addresses } from './customer.ts';
import { figuresOf, round } from './figures.ts';
import { growth } from './growth.ts';
import { Listener } from './listener.ts';
import { type Subject, startSubject, warm_up_ms } from './subject.ts';

const bot = {
  title: 'Lampbot',
  intents: [
    {
      name: 'where',
      examples: ['where is my order', 'where is my parcel', 'has my order shipped', 'track order'],
      answer: 'Your order is on its way and should be with you by Thursday.',
    },
    {
      name: 'refund',
      examples: ['i want a refund', 'give me my money back', 'refund please', 'return this'],
      answer: 'You can return it within 30 days. The money is back within five working days.',
    },
    {
      name: 'opening',
      examples: ['when are you open', 'opening hours', 'are you open on sunday', 'closing time'],
      answer: 'We are open from nine to six, Monday to Saturday.',
    },
  ],
};
const questions = ['where is my parcel', 'i want a refund please', 'when are you open'];

/** How many conversations are live, and how often the customer of each writes. */
const stages = [
  { live: 1, every_ms: 250 },
  { live: 100, every_ms: 10_000 },
  { live: 2_000, every_ms: 60_000 },
];

/** A customer's message until the bot's reply is on their open stream, and until it is on the desk's;
 *  a takeover until it is acknowledged, and what the bot says after it; and one more conversation as
 *  they grow. The bot has the built-in classifier and no language model. */
export async function run({ quick }: { quick: boolean }): Promise<Record<string, unknown>> {
  const spell_ms = quick ? 20_000 : 60_000;
  const subject = await startSubject(many_addresses);
  const customers: Customer[] = [];
  try {
    await prepare(subject);
    const desk = await openDesk(subject);
    const figures: Record<string, unknown> = { spell_ms };
    for (const { live, every_ms } of stages) {
      customers.push(...(await come(subject, live - customers.length)));
      await talk(customers, desk, { every_ms, spell_ms: warm_up_ms(quick) });
      const before = await subject.process();
      const talked = await talk(customers, desk, { every_ms, spell_ms });
      const { cpu_ms } = await subject.process();
      const cpu_ms_a_message = round((cpu_ms - before.cpu_ms) / talked.taken_ms.length);
      figures[`live_${live}`] = { ...summary(talked), cpu_ms_a_message };
      say(live, figures[`live_${live}`]);
      if (live === 100) figures.takeover = await takeovers(subject, quick ? 100 : 500);
    }
    desk.close();
    for (const customer of customers.splice(0)) customer.leave();
    figures.one_more = await growth(subject, quick);
    return figures;
  } finally {
    for (const customer of customers) customer.leave();
    await subject.stop();
  }
}

async function prepare(subject: Subject): Promise<void> {
  const admin = await Connection.open(subject.url, subject.key);
  const policy = { mode: 'threshold', threshold: 0.4 };
  await admin.must(201, 'PUT', '/gates/replies', { policy });
  await admin.must(200, 'PUT', '/bots/default', bot);
  admin.close();
}

/** The stream that the desk has open: who sees a conversation move, and when. */
async function openDesk({ url, desk_key }: Subject) {
  const waiting = new Map<string, (at_ms: number) => void>();
  const listener = await Listener.open(url, '/events?types=message.received', desk_key, (data) => {
    const { subject = '' } = JSON.parse(data) as { subject?: string };
    waiting.get(subject)?.(performance.now());
  });
  return {
    /** When the next message in a conversation is seen. */
    seen: (id: string) =>
      new Promise<number>((resolve) => {
        waiting.set(id, resolve);
      }),
    close: () => listener.close(),
  };
}
type Desk = Awaited<ReturnType<typeof openDesk>>;

async function come(subject: Subject, count: number): Promise<Customer[]> {
  const found: Customer[] = [];
  while (found.length < count) {
    const some = Array.from({ length: Math.min(20, count - found.length) }, async () => {
      const customer = await Customer.begin(subject);
      await customer.listen();
      return customer;
    });
    found.push(...(await Promise.all(some)));
  }
  return found;
}

interface Talked {
  taken_ms: number[];
  answered_ms: number[];
  desk_ms: number[];
}

/** Every customer writes again and again, each at its own moments, whatever became of the others. */
async function talk(
  customers: readonly Customer[],
  desk: Desk,
  { every_ms, spell_ms }: { every_ms: number; spell_ms: number },
): Promise<Talked & { spell_ms: number }> {
  const talked: Talked = { taken_ms: [], answered_ms: [], desk_ms: [] };
  const start = performance.now();
  await Promise.all(
    customers.map(async (customer) => {
      // Uniform within the interval, so that customers do not write in step.
      let due_ms = Math.random() * every_ms;
      while (due_ms < spell_ms) {
        await pause(Math.max(0, start + due_ms - performance.now()));
        const from = performance.now();
        const seen = desk.seen(customer.id);
        const { taken_ms, answered_ms } = await customer.ask(nextQuestion());
        talked.taken_ms.push(taken_ms);
        talked.answered_ms.push(answered_ms);
        talked.desk_ms.push((await seen) - from);
        due_ms = Math.max(due_ms + every_ms, performance.now() - start);
      }
    }),
  );
  return { ...talked, spell_ms: performance.now() - start };
}

let asked = 0;
const nextQuestion = (): string => {
  asked += 1;
  // Whoever asks the very same thing again and again is at the end of their patience, and gets a person.
  return `${questions[asked % questions.length]} for number ${asked}`;
};

/** Told as it comes: a run takes minutes. */
const say = (what: unknown, figures: unknown) =>
  process.stderr.write(`${what}: ${JSON.stringify(figures)}\n`);

const summary = ({ taken_ms, answered_ms, desk_ms, spell_ms }: Talked & { spell_ms: number }) => ({
  messages_a_second: round(taken_ms.length / (spell_ms / 1_000)),
  taken_ms: figuresOf(taken_ms),
  answered_ms: figuresOf(answered_ms.filter(Number.isFinite)),
  unanswered: answered_ms.filter((ms) => !Number.isFinite(ms)).length,
  desk_ms: figuresOf(desk_ms),
});

/** A person takes the wheel while the bot is about to answer, at moments spread over the time that it
 *  takes to; and whatever the bot says after that is counted. */
async function takeovers(subject: Subject, count: number) {
  const cookie = await subject.person();
  const person = await Connection.open(subject.url, '', { cookie, 'x-wheelhouse': '1' });
  const acknowledged_ms: number[] = [];
  const taken: string[] = [];
  for (let at = 0; at < count; at++) {
    const customer = await Customer.begin(subject);
    await customer.say(nextQuestion());
    await pause((at % 20) * 15);
    const from = performance.now();
    await person.must(200, 'POST', `/conversations/${customer.id}/take`, {});
    acknowledged_ms.push(performance.now() - from);
    taken.push(customer.id);
    customer.leave();
  }
  await pause(2_000);
  let answered_before = 0;
  let words_after = 0;
  for (const id of taken) {
    const { messages } = await person.must<Transcript>(200, 'GET', `/conversations/${id}`);
    const line = messages.find(({ body }) => body.kind === 'line' && body.line === 'taken');
    const said = messages.filter(({ author_kind }: Message) => author_kind === 'bot');
    const after = said.filter(({ seq }) => seq > (line?.seq ?? 0)).length;
    words_after += after;
    answered_before += said.length - after;
  }
  person.close();
  return { acknowledged_ms: figuresOf(acknowledged_ms), answered_before, words_after };
}

import { AnswerSubmission, isRefusal, makeId, type Principal } from '@wheelhouse/core';
import { readPromise } from '../actions/promise.ts';
import { tallyLabels } from '../actions/tally.ts';
import type { App } from '../http/app.ts';
import { certifier } from '../jobs/certify.ts';
import { topics_gate } from './gates.ts';
import { demo_intents } from './intents.ts';

/** So many come at once; between them the gate looks at what was decided. */
const at_once = 120;
const messages_in_all = 660;
const seed = 7;
const scores_kept = 6;
const first_moment_ms = Date.UTC(2026, 0, 3);
const longest_wait_ms = 60_000;
const look_again_ms = 100;

const outputId = (place: number): string => {
  const chance = new Uint8Array(10);
  new DataView(chance.buffer).setUint32(6, place);
  return makeId('output', first_moment_ms + place, chance);
};
/** The one that tells whether all of it was done. */
export const last_topic_id = outputId(messages_in_all - 1);

interface Message {
  text: string;
  label: string;
}

/** A gate that has proven its promise: a classifier that knows two thirds of the shop's sample messages
 *  reads some of the others, and the shop's invented reviewer says of each what it is about. */
export async function seedTopics(
  app: App,
  system: Principal,
  agent: Principal,
  reviewer: Principal,
): Promise<void> {
  const samples = demo_intents.flatMap(({ intent, examples }) =>
    examples.map((text) => ({ text, label: intent })),
  );
  const known = samples.filter((_sample, at) => at % 3 !== 1);
  const classifier = await app.ports.trainer.train(known, { seed });
  const unread = inTurns(samples.filter((_sample, at) => at % 3 === 1));
  let judged = 0;
  const submit = async (from: number, to: number) => {
    const messages = unread.slice(from, to);
    const results = await app.submitMany(
      agent,
      messages.map(({ text }, at) => {
        const { label, confidence, scores } = classifier.predict(text, { top: scores_kept });
        return {
          by: agent,
          gate: topics_gate,
          body: {
            id: outputId(from + at),
            input: { messages: [{ from: 'customer', text }] },
            content: { intent: label },
            confidence,
            scores: Object.fromEntries(scores.map((one) => [one.label, one.probability])),
            model: 'topic-classifier',
            model_version: `seed-${seed}`,
          },
        };
      }),
    );
    await Promise.all(
      results.map((result, at) => {
        if (!result.ok) throw result.refusal;
        const { case_id } = result.value;
        if (case_id) judged += 1;
        return case_id && judge(case_id, (messages[at] as Message).label);
      }),
    );
  };
  const judge = (case_id: string, intent: string) =>
    app
      .answer(reviewer, {
        by: reviewer,
        case_id,
        body: AnswerSubmission.parse({ values: { intent } }),
      })
      .catch((thrown) => {
        // A seeding that was cut off had judged it before.
        if (!isRefusal(thrown) || thrown.code !== 'already_resolved') throw thrown;
      });
  for (let from = 0; from < messages_in_all; from += at_once) {
    await submit(from, Math.min(messages_in_all, from + at_once));
    await counted(app, system, judged);
  }
}

/** Intents by turns, as customers would ask, not one intent after the other. */
function inTurns(messages: Message[]): Message[] {
  const place = new Map<string, number>();
  return messages
    .map((message) => {
      const turn = (place.get(message.label) ?? 0) + 1;
      place.set(message.label, turn);
      return { message, turn };
    })
    .sort((a, b) => a.turn - b.turn)
    .map(({ message }) => message);
}

/** Has the gate count so many decisions and look at them, beside its jobs: between two of their looks a
 *  busy machine took in all that was to come, and nothing of it passed. */
async function counted({ ports, rulings }: App, system: Principal, judged: number): Promise<void> {
  const until_ms = ports.clock.ticks_ms() + longest_wait_ms;
  for (;;) {
    await tallyLabels(ports, rulings);
    const { epochs } = await readPromise(ports, rulings, system, topics_gate, { by: 'hour' });
    const tiers = epochs.flatMap((epoch) => epoch.tiers);
    if (tiers.reduce((sum, { labelled }) => sum + labelled, 0) >= judged) break;
    if (ports.clock.ticks_ms() > until_ms) break;
    await ports.clock.pause(look_again_ms);
  }
  await certifier(ports).run();
}

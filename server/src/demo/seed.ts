import { makeId, type OutputSubmission, type Principal, systemOf } from '@wheelhouse/core';
import type { Classifier } from '@wheelhouse/core/learn';
import { changeGate, readGates } from '../actions/gate.ts';
import { readKeys } from '../actions/key.ts';
import type { Submission } from '../actions/output.ts';
import { changeQueue } from '../actions/queue.ts';
import { readOutput } from '../actions/read-output.ts';
import type { App } from '../http/app.ts';
import { demo_gates, gate_of_tool, topics_gate } from './gates.ts';
import { demo_inbox } from './inbox.ts';
import { demo_intents } from './intents.ts';
import { demo_requests } from './requests.ts';
import { seedShopBot, seedShopChats, shopKey } from './seed-shop.ts';
import { last_topic_id, seedTopics } from './seed-topics.ts';

const agent_name = 'Larkspur assistant (demo)';
const reviewer_name = 'Larkspur reviewer (demo)';
const classifier_seed = 7;
const scores_kept = 6;
/** Ids are made from this and the place in the list, so that a seeding that was cut off goes on
 *  where it stopped: what is there already is met again by its id. */
const first_moment_ms = Date.UTC(2026, 0, 1);

const outputId = (place: number): string => {
  const chance = new Uint8Array(10);
  new DataView(chance.buffer).setUint32(6, place);
  return makeId('output', first_moment_ms + place, chance);
};

/** Whether the demo shop was begun here and not finished. */
export async function demoUnfinished(app: App, workspace_id: string): Promise<boolean> {
  const system = systemOf(workspace_id);
  const begun = (await readKeys(app.ports, system)).some(({ name }) => name === agent_name);
  if (!begun) return false;
  const there = async (id: string) =>
    readOutput(app.ports, system, id).then(
      () => true,
      () => false,
    );
  if (!(await there(outputId(demo_requests.length + demo_inbox.length - 1)))) return true;
  // A demo that was filled before it had this gate is left as it is.
  const gates = await readGates(app.ports, app.rulings, system);
  return gates.some(({ name }) => name === topics_gate) && !(await there(last_topic_id));
}

/** Fills a new workspace with the demo shop: its gates, what its agent asks to do, and a morning's
 *  messages, read by a classifier trained on the spot. Everything goes through the same actions as
 *  a stranger's outputs. */
export async function seedDemo(
  app: App,
  workspace_id: string,
  say: (line: string) => void,
): Promise<void> {
  const system = systemOf(workspace_id);
  // First, since its page is what a newcomer opens first.
  await seedShopBot(app, system);
  const agent = await shopKey(app, system, agent_name, ['outputs.submit']);
  const reviewer = await shopKey(app, system, reviewer_name, ['cases.answer']);
  await changeQueue(app.ports, system, 'support', { title: 'Customer support' });
  await changeQueue(app.ports, system, 'actions', { title: 'Agent actions' });
  for (const [name, definition] of Object.entries(demo_gates)) {
    await changeGate(app.ports, app.rulings, system, name, definition);
  }
  await submitAll(
    app,
    agent,
    demo_requests.map(
      (request, place): Submission => ({
        by: agent,
        gate: gate_of_tool[request.tool] as string,
        body: requestBody(request, outputId(place)),
      }),
    ),
  );
  await Promise.all([seedShopChats(app, system), seedInbox(app, agent, say)]);
  say(`${demo_inbox.length} messages and ${demo_requests.length} requests went through its gates.`);
  await seedTopics(app, system, agent, reviewer);
  say('How a promise is proven: see Gates, Message topics.');
}

async function seedInbox(app: App, agent: Principal, say: (line: string) => void): Promise<void> {
  const started_ms = Date.parse(app.ports.clock.now());
  const examples = demo_intents.flatMap(({ intent, examples: texts }) =>
    texts.map((text) => ({ text, label: intent })),
  );
  const classifier = await app.ports.trainer.train(examples, { seed: classifier_seed });
  const spent_s = (Date.parse(app.ports.clock.now()) - started_ms) / 1_000;
  say(
    `The demo shop's classifier learned ${demo_intents.length} intents from ${examples.length} messages in ${spent_s.toFixed(1)} s.`,
  );
  await submitAll(
    app,
    agent,
    demo_inbox.map(
      (message, at): Submission => ({
        by: agent,
        gate: 'support-intents',
        body: messageBody(classifier, message, outputId(demo_requests.length + at)),
      }),
    ),
  );
}

async function submitAll(app: App, by: Principal, submissions: Submission[]): Promise<void> {
  for (const result of await app.submitMany(by, submissions)) {
    if (!result.ok) throw result.refusal;
  }
}

function requestBody(request: (typeof demo_requests)[number], id: string): OutputSubmission {
  return {
    id,
    input: {
      facts: request.facts.map(({ label, value }) => ({ label, value })),
      messages: request.transcript.map(({ from, text }) => ({ from, text })),
    },
    content: request.agent_says,
    action: { name: request.tool, arguments: request.arguments as never },
    confidence: request.confidence,
    risk: request.risk,
    model: 'larkspur-agent',
    model_version: '1',
  };
}

function messageBody(
  classifier: Classifier,
  message: (typeof demo_inbox)[number],
  id: string,
): OutputSubmission {
  const { label, confidence, scores } = classifier.predict(message.text, { top: scores_kept });
  return {
    id,
    input: {
      facts: [{ label: 'Customer', value: message.customer }],
      messages: [{ from: 'customer', text: message.text }],
    },
    content: { intent: label },
    confidence,
    scores: Object.fromEntries(scores.map((one) => [one.label, one.probability])),
    model: 'built-in-classifier',
    model_version: `seed-${classifier_seed}`,
  };
}

import { argumentFaults, type JsonObject, schemaFault } from '@wheelhouse/core';
import { expect, test } from 'vitest';
import { demo_inbox } from './inbox.ts';
import { demo_intents } from './intents.ts';
import { demo_requests, demo_tools } from './requests.ts';

/** What is left when case, punctuation and spacing are taken away. */
const normalised = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

const examples = demo_intents.flatMap(({ examples }) => examples);
const share = (texts: readonly string[], holds: (text: string) => boolean) =>
  texts.filter(holds).length / texts.length;
const words = (text: string) => text.split(/\s+/).length;

test('[M1] there are at least thirty intents, each named once, with 25 examples or more', () => {
  const names = demo_intents.map(({ intent }) => intent);
  expect(names.length).toBeGreaterThanOrEqual(30);
  expect(new Set(names).size).toBe(names.length);
  for (const { intent, title, description, examples } of demo_intents) {
    expect(intent).toMatch(/^[a-z]+(_[a-z]+)*$/);
    expect(title && description, intent).toBeTruthy();
    expect(examples.length, intent).toBeGreaterThanOrEqual(25);
  }
});

test('[M2] no message stands twice, in examples or inbox, whatever its case and commas', () => {
  const seen = new Map<string, string>();
  for (const text of [...examples, ...demo_inbox.map(({ text }) => text)]) {
    const twin = seen.get(normalised(text));
    expect(twin, `"${text}" and "${twin}"`).toBeUndefined();
    seen.set(normalised(text), text);
  }
});

test('[M2] no two messages of an intent are made of nearly the same words', () => {
  for (const { intent, examples } of demo_intents) {
    const bags = examples.map((text) => new Set(normalised(text).split(' ')));
    bags.forEach((bag, at) => {
      for (const other of bags.slice(0, at)) {
        if (Math.min(bag.size, other.size) < 3) continue;
        const both = [...bag].filter((word) => other.has(word)).length;
        const alike = both / (bag.size + other.size - both);
        expect(alike, `${intent}: ${[...bag].join(' ')}`).toBeLessThan(0.75);
      }
    });
  }
});

test('[M3] the inbox names known intents or none, and some of it fits none', () => {
  const known = new Set<string | null>([null, ...demo_intents.map(({ intent }) => intent)]);
  for (const { text, intent } of demo_inbox) expect(known.has(intent), text).toBe(true);
  const fits_none = demo_inbox.filter(({ intent }) => intent === null).length;
  expect(fits_none / demo_inbox.length).toBeGreaterThan(0.08);
  expect(fits_none / demo_inbox.length).toBeLessThan(0.2);
  const customers = demo_inbox.map(({ customer }) => customer);
  expect(new Set(customers).size).toBe(customers.length);
});

test('[M4] the messages vary as people do: in length, in case, in how they end', () => {
  for (const texts of [examples, demo_inbox.map(({ text }) => text)]) {
    expect(share(texts, (text) => /^\p{Ll}/u.test(text))).toBeGreaterThan(0.3);
    expect(share(texts, (text) => /^\p{Lu}/u.test(text))).toBeGreaterThan(0.3);
    expect(share(texts, (text) => /[.?!]$/.test(text))).toBeGreaterThan(0.3);
    expect(share(texts, (text) => /[\p{L}\p{N}]$/u.test(text))).toBeGreaterThan(0.3);
    expect(share(texts, (text) => words(text) <= 4)).toBeGreaterThan(0.05);
    expect(share(texts, (text) => words(text) >= 15)).toBeGreaterThan(0.1);
  }
  for (const { intent, examples } of demo_intents) {
    const openings = examples.map((text) => normalised(text).split(' ').slice(0, 3).join(' '));
    expect(new Set(openings).size / openings.length, intent).toBeGreaterThan(0.6);
  }
});

test('[M5] what the agent asks is valid by the schema of its tool', () => {
  for (const [tool, { arguments_schema }] of Object.entries(demo_tools)) {
    expect(schemaFault(arguments_schema), tool).toBeUndefined();
  }
  for (const { tool, arguments: asked } of demo_requests) {
    const schema = demo_tools[tool]?.arguments_schema as JsonObject;
    expect(argumentFaults(schema, asked as JsonObject, 'arguments'), tool).toEqual([]);
    const wrong = { ...asked, surprise: true } as JsonObject;
    expect(argumentFaults(schema, wrong, 'arguments').length).toBeGreaterThan(0);
  }
});

test('[M6] each request comes with a talk, facts and numbers a reviewer can judge it by', () => {
  expect(demo_requests.length).toBeGreaterThanOrEqual(36);
  for (const { agent_says, transcript, facts, confidence } of demo_requests) {
    expect(agent_says.length).toBeGreaterThan(20);
    expect(transcript.length).toBeGreaterThanOrEqual(2);
    expect(transcript.length).toBeLessThanOrEqual(6);
    expect(facts.length).toBeGreaterThanOrEqual(3);
    expect(confidence).toBeGreaterThan(0);
    expect(confidence).toBeLessThan(1);
  }
  const risks = new Set(demo_requests.map(({ risk }) => risk));
  expect(risks).toEqual(new Set(['low', 'medium', 'high']));
});

test('[M7] some refunds ask for more than was paid, so that there is something to catch', () => {
  const over = demo_requests.filter(({ tool, arguments: { amount }, facts }) => {
    const total = facts.find(({ label }) => label === 'Order total')?.value.replace(',', '');
    return tool === 'refund' && Number(amount) > Number.parseFloat(total ?? '');
  });
  expect(over.length).toBeGreaterThanOrEqual(2);
  expect(over.length).toBeLessThan(demo_requests.length / 4);
});

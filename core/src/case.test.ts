import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ladderStep, nextStep, shownDigest } from './case.ts';
import { verdictForm } from './form.ts';
import { Deadline, type Rung } from './gate.ts';
import { Json } from './json.ts';
import { allows, isLive, renewed } from './lease.ts';
import { Part, partsOf } from './part.ts';
import { fromMs, plus } from './time.ts';

const t0 = fromMs(Date.UTC(2026, 0, 1));
const at = (ms: number) => plus(t0, ms);
const rung = (after_ms: number, what = 'remind') => ({ after_ms, do: what }) as Rung;
const ladder = Deadline.parse({ ladder: [rung(10), rung(20, 'widen'), rung(30, 'escalate')] });
const waiting = (more: object = {}) => ({
  created_at: t0,
  due_at: at(25),
  rung: 0,
  state: 'waiting' as const,
  ...more,
});

test.each([
  [0, 9, null],
  [0, 10, 'remind'],
  [1, 19, null],
  [1, 20, 'widen'],
  [2, 24, null],
  [2, 25, 'expire'],
  [0, 25, 'expire'],
  [3, 30, 'expire'],
])('[C9] [C13] on rung %i after %i ms: %s', (on, ms, wanted) => {
  const step = ladderStep(waiting({ rung: on }), ladder, at(ms));
  expect(step === null || step === 'expire' ? step : step.do).toBe(wanted);
});

test('[C9] a case that is decided never expires, and one without a time never does', () => {
  expect(ladderStep(waiting({ state: 'resolved' as never }), ladder, at(99))).toBeNull();
  expect(ladderStep(waiting({ due_at: null, rung: 3 }), ladder, at(99_999))).toBeNull();
  expect(ladderStep(waiting({ due_at: at(5) }), Deadline.parse({}), at(4))).toBeNull();
});

test('[C13] the clock is set to the very moment at which there is something to do', () => {
  const rungs = fc.uniqueArray(fc.integer({ min: 1, max: 50 }), { maxLength: 5 });
  fc.assert(
    fc.property(rungs, fc.option(fc.integer({ min: 1, max: 60 })), (times, due_ms) => {
      const deadline = Deadline.parse({
        ladder: times.sort((a, b) => a - b).map((ms) => rung(ms)),
      });
      const record = waiting({ due_at: due_ms === null ? null : at(due_ms) });
      const done: string[] = [];
      for (;;) {
        const next = nextStep(record, deadline);
        if (!next) break;
        expect(ladderStep(record, deadline, plus(next, -1))).toBeNull();
        const step = ladderStep(record, deadline, next);
        expect(step).not.toBeNull();
        if (step === 'expire') {
          done.push(next);
          break;
        }
        done.push(next);
        record.rung += 1;
      }
      const wanted = times.filter((ms) => due_ms === null || ms < due_ms).map(at);
      expect(done).toEqual(due_ms === null ? wanted : [...wanted, at(due_ms)]);
    }),
  );
});

const lease = {
  case_id: 'case_1',
  rater: 'ana',
  role: 'reviewer' as const,
  epoch: 2,
  expires_at: at(10),
};
test.each([
  [9, 2, true],
  [10, 2, false],
  [9, 1, false],
  [9, 3, false],
])('[L2] at %i ms under epoch %i: %s', (ms, epoch, allowed) => {
  expect(allows(lease, epoch, at(ms))).toBe(allowed);
});

test('[L2] a lease is live before its end and not at it; a heartbeat counts from now', () => {
  expect([isLive(lease, at(9)), isLive(lease, at(10))]).toEqual([true, false]);
  expect(renewed(lease, 7, at(9))).toEqual({ ...lease, expires_at: at(16) });
  expect(allows(undefined, 1, t0)).toBe(false);
});

test.each<[string, Json | undefined, Json | undefined, string[]]>([
  ['text', 'hello', undefined, ['text:input']],
  ['text and an answer', 'hello', 'hi', ['text:input', 'prose:content']],
  ['a talk', { messages: [{ from: 'customer', text: 'hi' }] }, undefined, ['messages:messages']],
  [
    'a talk that says who speaks',
    { messages: [{ from: 'Cairn', author_kind: 'bot', approved: true, text: 'hi' }] },
    undefined,
    ['messages:messages'],
  ],
  [
    'facts first',
    { text: 't', facts: [{ label: 'a', value: 'b' }] },
    undefined,
    ['facts:facts', 'text:input'],
  ],
  ['a look-alike', { messages: 'no list', text: 5 }, undefined, ['json:input_rest']],
  ['more than the known', { text: 't', extra: 1 }, undefined, ['text:input', 'json:input_rest']],
  ['a list', [1, 2], { a: 1 }, ['json:input', 'json:content']],
  ['a reply object', undefined, { text: 'reply' }, ['prose:content']],
  ['nothing', null, null, []],
])('[C11] the parts of %s', (_what, input, content, kinds) => {
  const parts = partsOf(input, content);
  expect(parts.map(({ kind, name }) => `${kind}:${name}`)).toEqual(kinds);
});

/** What a submission lets in: a prototype key, say, is refused before it could be shown. */
const mayComeIn = fc.jsonValue({ maxDepth: 3 }).filter((value) => Json.safeParse(value).success);

test('[C11] everything that came in is in the parts, untruncated, and every part is a part', () => {
  fc.assert(
    fc.property(mayComeIn, (given) => {
      const parts = partsOf(given as Json, undefined);
      for (const part of parts) expect(Part.safeParse(part).success).toBe(true);
      if (typeof given !== 'string') return;
      expect(parts).toEqual([{ kind: 'text', name: 'input', text: given }]);
    }),
  );
});

test('[C11] whatever is shown differently has another digest', () => {
  const shown = {
    parts: partsOf('hello', 'hi'),
    form: verdictForm('content'),
    reasons: ['no confidence was given'],
    action: null,
  };
  const digest = shownDigest(shown);
  expect(shownDigest(structuredClone(shown))).toBe(digest);
  const changed = [
    { ...shown, parts: partsOf('hello', 'hi ') },
    { ...shown, parts: partsOf('hello\u200b', 'hi') },
    { ...shown, reasons: [] },
    { ...shown, form: verdictForm('arguments') },
    {
      ...shown,
      action: { bytes: '{}', hash: 'x', name: 'a', arguments: {}, arguments_schema: null },
    },
  ];
  for (const other of changed) expect(shownDigest(other)).not.toBe(digest);
});

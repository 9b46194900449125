import { type Case, Form, type Part, type Question } from '@wheelhouse/core';
import { expect, test } from 'vitest';
import {
  answerFaults,
  faultWords,
  findOptions,
  firstValues,
  optionRows,
  originalText,
  shownAt,
  takeable,
  withoutVerdict,
  withVerdict,
} from './answer.ts';
import { completed, mentionAt, mentionsIn } from './mention.ts';
import { moved, placed } from './ranking.ts';

const form = (questions: unknown[]) => Form.parse({ questions });
const shown = (
  questions: unknown[],
  parts: Part[] = [],
  values?: Record<string, never | string | number>,
): Pick<Case, 'parts' | 'suggestion' | 'form'> => ({
  form: form(questions),
  parts,
  suggestion: values ? { values, confidence: null, scores: null } : null,
});
const question = (asked: object): Question => form([asked]).questions[0] as Question;
const text = { kind: 'text', name: 'reply', original: 'content.reply' };

test('[C8] an answer is judged here as the server judges it', () => {
  const asked = { form: form([{ kind: 'rating', name: 'help' }]), parts: [] };
  expect(answerFaults(asked, { help: 3 })).toEqual([]);
  expect(answerFaults(asked, {})).toEqual([{ field: 'values.help', message: 'is needed' }]);
  expect(answerFaults(asked, { help: 9 })[0]?.field).toBe('values.help');
});

test('[K2] the text to correct is found wherever the case shows it', () => {
  const suggested = shown([text], [], { reply: 'from the suggestion' });
  const [question] = suggested.form.questions;
  if (!question) throw new Error('no question');
  expect(originalText(suggested, question)).toBe('from the suggestion');
  const json: Part = { kind: 'json', name: 'content', value: { reply: 'from json', other: 1 } };
  expect(originalText(shown([text], [json]), question)).toBe('from json');
  expect(originalText(shown([text]), question)).toBeUndefined();
  expect(firstValues(suggested)).toEqual({ reply: 'from the suggestion' });
});

test('[K2] prose is the whole content and its text', () => {
  const prose: Part = { kind: 'prose', name: 'content', text: 'Hello' };
  const asked = shown([text], [prose]);
  expect(shownAt(asked, 'content')).toBe('Hello');
  expect(shownAt(asked, 'content.text')).toBe('Hello');
  expect(shownAt(asked, 'content.reply')).toBeUndefined();
  expect(shownAt(asked, 'content.constructor')).toBeUndefined();
});

test('[C8] a verdict carries only what belongs to it', () => {
  const asked = form([
    { kind: 'verdict', name: 'verdict' },
    { kind: 'rating', name: 'help' },
  ]);
  const draft = { verdict: 'edit', arguments: { a: 1 }, reason: 'x', help: 4, stray: 1 };
  expect(withVerdict(asked, draft, 'approve')).toEqual({ verdict: 'approve', help: 4 });
  expect(withVerdict(asked, draft, 'edit', { arguments: { a: 2 } })).toEqual({
    verdict: 'edit',
    help: 4,
    arguments: { a: 2 },
  });
  expect(withoutVerdict(asked, draft)).toEqual({ help: 4 });
});

test('[K4] up to nine options keep their order and each has a digit', () => {
  const options = ['a', 'b', 'c'].map((value) => ({ value }));
  const { likely, rest } = optionRows(options, { c: 0.9, a: 0.1 });
  expect(likely).toEqual([]);
  expect(rest.map(({ value, digit, score }) => [value, digit, score])).toEqual([
    ['a', 1, 0.1],
    ['b', 2, null],
    ['c', 3, 0.9],
  ]);
});

test('[K4] of many options the likeliest have the digits', () => {
  const options = Array.from({ length: 40 }, (_, at) => ({ value: `o${at}` }));
  const { likely, rest } = optionRows(options, { o30: 0.6, o2: 0.3, o9: 0 });
  expect(likely.map(({ value, digit }) => [value, digit])).toEqual([
    ['o30', 1],
    ['o2', 2],
  ]);
  expect(rest).toHaveLength(38);
  expect(rest.every(({ digit }) => digit === null)).toBe(true);
  expect(optionRows(options, null).rest[8]?.digit).toBe(9);
  expect(optionRows(options, null).rest[9]?.digit).toBeNull();
});

test('options are found by parts of their words, in any order', () => {
  const { rest } = optionRows(
    [{ value: 'card_not_working', label: 'Card not working' }, { value: 'x' }],
    null,
  );
  expect(findOptions(rest, 'work card').map(({ value }) => value)).toEqual(['card_not_working']);
  expect(findOptions(rest, 'zzz')).toEqual([]);
});

test('an order is made by picking and changed by moving', () => {
  expect(placed(placed([], 'b'), 'a')).toEqual(['b', 'a']);
  expect(placed(['b', 'a'], 'b')).toEqual(['a']);
  expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b']);
  expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
});

test('a colleague is named by @ and found again in the text', () => {
  const people = [
    { id: 'mem_1', name: 'Ana' },
    { id: 'mem_2', name: 'Ana Maria' },
    { id: 'mem_3', name: 'ديما' },
  ];
  expect(mentionAt('ask @An', 7)).toEqual({ name: 'An', start: 4 });
  expect(mentionAt('mail a@b', 8)).toBeNull();
  expect(completed('ask @An please', 7, 'Ana Maria')).toEqual({
    text: 'ask @Ana Maria please',
    caret: 15,
  });
  expect(mentionsIn('@Ana Maria and @ديما', people)).toEqual(['mem_2', 'mem_3']);
  expect(mentionsIn('@Ana, and @Ana Maria', people).sort()).toEqual(['mem_1', 'mem_2']);
  expect(mentionsIn('@Anabel', people)).toEqual([]);
});

test('[K31] what the AI says is offered where it is more than the answer starts from', () => {
  const free = { kind: 'text', name: 'summary' };
  const tone = { kind: 'choice', name: 'tone', options: [{ value: 'warm' }] };
  const said = { reply: 'Hello', summary: 'Short', tone: 'warm', other: 1 };
  expect(takeable(shown([text], [], { reply: 'Hello' }))).toBeNull();
  expect(takeable(shown([text, free, tone], [], said))).toEqual({
    summary: 'Short',
    tone: 'warm',
  });
  expect(takeable(shown([free]))).toBeNull();
});

test('[K32] what is wrong with an answer is said as what is still to be done', () => {
  const options = [{ value: 'a', label: 'Speed' }, { value: 'b' }, { value: 'c', label: 'Price' }];
  const ranking = question({ kind: 'ranking', name: 'q', options });
  expect(faultWords(ranking, ['a'], 'x')).toBe('Still to be placed: b, Price.');
  expect(faultWords(ranking, undefined, 'is needed')).toBe('Place each of them, best first.');
  const rating = question({ kind: 'rating', name: 'q' });
  expect(faultWords(rating, undefined, 'is needed')).toBe('Give a number from 1 to 5.');
  expect(faultWords(rating, 9, 'at most 5')).toBe('At most 5.');
  const many = question({ kind: 'choice', name: 'q', options, multiple: true });
  expect(faultWords(many, [], 'is needed')).toBe('Choose at least one.');
  expect(faultWords(question({ kind: 'text', name: 'q' }), '', 'too short')).toBe(
    'Write something here.',
  );
});

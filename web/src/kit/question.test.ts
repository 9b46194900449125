import { Form, type Question, type QuestionKind } from '@wheelhouse/core';
import { expect, test } from 'vitest';
import {
  kind_words,
  newQuestion,
  optionLines,
  optionsFromLines,
  optionsOf,
  withKind,
} from './question.ts';

const kinds = Object.keys(kind_words) as QuestionKind[];
const options = [
  { value: 'a', label: 'Option A', description: 'kept' },
  { value: 'b' },
  { value: 'c:d', label: 'x: y' },
];

test('[K16] lines keep what they do not say', () => {
  expect(optionLines(options)).toBe('a: Option A\nb\nc:d: x: y');
  expect(optionsFromLines(optionLines(options), options)).toEqual(options);
  expect(optionsFromLines('b\n\n a: A \nb', options)).toEqual([
    { value: 'b' },
    { value: 'a', label: 'A', description: 'kept' },
  ]);
});

test('[K16] a question of every kind is accepted, and keeps its name through every change', () => {
  for (const from of kinds) {
    const made = newQuestion(from, undefined);
    expect(Form.safeParse({ questions: [made] }).success, from).toBe(true);
    for (const to of kinds) {
      const changed: Question = withKind({ ...made, title: 'T' }, to);
      expect(Form.safeParse({ questions: [changed] }).success, `${from} ${to}`).toBe(true);
      expect([changed.name, changed.title]).toEqual([made.name, 'T']);
    }
  }
});

test('[K16] options follow from one kind to another that has some', () => {
  const choice: Question = { ...newQuestion('choice', undefined), options } as Question;
  expect(optionsOf(withKind(choice, 'ranking'))).toEqual(options);
  expect(optionsOf(withKind(choice, 'span'))).toEqual(options);
  expect(optionsOf(withKind(choice, 'text'))).toBeUndefined();
});

test('[K16] a new question takes a name that is free', () => {
  const form = { questions: [newQuestion('text', undefined)] } as Form;
  expect(newQuestion('text', form).name).toBe('text_2');
});

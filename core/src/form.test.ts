import { expect, test } from 'vitest';
import { Form } from './form.ts';

test('[C8] a form says each name once, has one verdict at most, and leaves the verdict its names', () => {
  const parse = (...questions: object[]) => Form.safeParse({ questions }).success;
  const text = (name: string) => ({ kind: 'text', name });
  const verdict = { kind: 'verdict', name: 'v' };
  expect(parse(text('a'), text('a'))).toBe(false);
  expect(parse(verdict, { ...verdict, name: 'w' })).toBe(false);
  expect(parse(verdict, text('arguments'))).toBe(false);
  expect(parse(verdict, text('reason'))).toBe(false);
  expect(parse(verdict, text('content'))).toBe(true);
  expect(parse(text('reason'))).toBe(true);
  expect(parse({ kind: 'choice', name: 'a', options: [{ value: 'x' }, { value: 'x' }] })).toBe(
    false,
  );
  expect(parse({ kind: 'rating', name: 'a', min: 5, max: 5 })).toBe(false);
});

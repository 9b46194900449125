import { expect, test } from 'vitest';
import { jsonFault, lineOf } from './jsonLines.ts';

test('[K11] text that does not read says on which line', () => {
  expect(jsonFault('{\n  "a": 1\n}')).toBeNull();
  expect(jsonFault('{\n  "a": 1,\n  b: 2\n}')?.line).toBe(3);
  expect(jsonFault('{\n  "a": [1, 2\n')?.line).toBe(3);
});

const text = `{
  "policy": {
    "mode": "rules",
    "rules": [
      { "when": { "field": "a,b:{}[]", "op": "=" },
        "then": "hold" },
      {
        "then": "pass"
      }
    ]
  },
  "list": [[1, 2], [3,
    4]],
  "empty": {}, "after": "x\\"y"
}`;

test('[K11] a place is found by its path, through strings that look like structure', () => {
  expect(lineOf(text, '')).toBe(1);
  expect(lineOf(text, 'policy.mode')).toBe(3);
  expect(lineOf(text, 'policy.rules.0.when.op')).toBe(5);
  expect(lineOf(text, 'policy.rules.0.then')).toBe(6);
  expect(lineOf(text, 'policy.rules.1.then')).toBe(8);
  expect(lineOf(text, 'list.1.1')).toBe(13);
  expect(lineOf(text, 'after')).toBe(14);
});

test('[K11] what is missing is told by the place it is missing from', () => {
  expect(lineOf(text, 'policy.rules.1.when')).toBe(7);
  expect(lineOf(text, 'form.questions')).toBe(1);
});

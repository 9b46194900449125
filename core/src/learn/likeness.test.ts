import fc from 'fast-check';
import { expect, test } from 'vitest';
import { coverageOf, likenessOf } from './likeness.ts';

test.each([
  ['Where is my order?', 'where is my order 4471', 1],
  ['Kann ich die Adressen ändern?', 'Adresse ändern', 1],
  ['Can I change the address?', 'The colour of the lamp', 0],
  ['what is it', 'what is it', 0],
])('[W45] the words of %j stand in %j by %d', (question, text, share) => {
  expect(coverageOf(question, text)).toBe(share);
});

test('[W46] likeness is symmetric, within 0 and 1, and 1 of a text that says something with itself', () => {
  const text = fc.oneof(
    fc.string(),
    fc.constantFrom('lamp flickers', 'the lamps flicker', 'refund'),
  );
  fc.assert(
    fc.property(text, text, (one, other) => {
      const like = likenessOf(one, other);
      expect(like).toBeGreaterThanOrEqual(0);
      expect(like).toBeLessThanOrEqual(1);
      expect(likenessOf(other, one)).toBe(like);
      expect([0, 1]).toContain(likenessOf(one, one));
    }),
  );
  expect(likenessOf('the lamp flickers', 'lamps that flicker')).toBe(1);
  expect(likenessOf('the lamp flickers', 'I want a refund')).toBe(0);
});

import { expect, test } from 'vitest';
import { proofWords } from './proof-words.ts';

const said = (more: Partial<Parameters<typeof proofWords>[0]>) =>
  proofWords({ labelled: 900, wrong: 66, needed: 60, unlikely: false, ...more });

test('[G97] how far a proof is tells all decisions, the wrong ones, and what would do', () => {
  expect(said({})).toBe(
    '900 decisions so far, 66 wrong; it takes at least some 60 more, and each error adds to that',
  );
  expect(said({ labelled: 1_234_567, wrong: 0, needed: 1_000 })).toBe(
    '1,234,567 decisions so far, none wrong; it takes at least some 1,000 more, and each error adds to that',
  );
  expect(said({ labelled: 0, wrong: 0, needed: 138 })).toBe(
    'no decision so far; it takes at least some 138 more, and each error adds to that',
  );
  // Before it is fixed where to begin, errors are not weighed and only make it more.
  expect(said({ labelled: 1, wrong: 1 })).toBe(
    '1 decision so far, 1 wrong; it takes at least some 60 more, and each error adds to that',
  );
  expect(said({ unlikely: true })).toBe(
    '900 decisions so far, 66 wrong, which is too many: as it goes it will not be proven',
  );
});

import { Quorum } from '@wheelhouse/core';
import { expect, test } from 'vitest';
import { quorumWords } from './deciding.ts';

test('[K10] who must decide together is said in a sentence that follows from the quorum', () => {
  const say = (quorum: object) => quorumWords(Quorum.parse(quorum));
  expect(say({})).toBe('One person decides.');
  expect(say({ of: 3, approvals: 2 })).toBe('3 people are asked, 2 must agree.');
  expect(say({ of: 2, approvals: 2 })).toBe('2 people are asked, and all must agree.');
  expect(say({ of: 3, approvals: 2, roles: { lead: 1, reviewer: 2 }, veto: 'lead' })).toBe(
    '3 people are asked, 2 must agree, among them 2 of reviewer or above and 1 lead or above. ' +
      'A lead or above rejects alone.',
  );
});

import type { Message } from '@wheelhouse/core';
import { expect, test } from 'vitest';
import { unansweredIn } from './words.ts';

const said = (seq: number, author_kind: Message['author_kind'], more: object = {}) =>
  ({ seq, author_kind, audience: 'all', cut: false, body: { kind: 'text' }, ...more }) as Message;
const line = { body: { kind: 'line', line: 'taken' } };

test('[K97] a question with a reply that broke off stands unanswered', () => {
  const cut = [said(1, 'contact'), said(2, 'bot', { cut: true }), said(3, 'system', line)];
  expect(unansweredIn(cut)).toBe(1);
  expect(unansweredIn([...cut, said(4, 'member', { audience: 'team' })])).toBe(1);
  expect(unansweredIn([...cut, said(4, 'member')])).toBeNull();
  expect(unansweredIn([said(1, 'contact'), said(2, 'bot')])).toBeNull();
});

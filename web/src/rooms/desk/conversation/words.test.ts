import type { Message } from '@wheelhouse/core';
import { expect, test } from 'vitest';
import { draftWords, unansweredIn } from './words.ts';

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

test('[K148] what waits is named as people call it, a call by its tool’s title', () => {
  const draft = { output_id: 'out_1', case_id: 'case_1', since: '', tool: null, tool_title: null };
  expect(draftWords(draft)).toBe('a draft waits for a person');
  expect(draftWords({ ...draft, tool: 'pay_back', tool_title: 'Pay back' })).toBe(
    '“Pay back” waits for a person',
  );
});

import { expect, test } from 'vitest';
import type { AuthorKind, Message } from './message.ts';
import { saidTogether } from './unanswered.ts';

const message = (author_kind: AuthorKind, seq: number, more: Partial<Message> = {}): Message => ({
  id: `msg_${seq}`,
  conversation_id: 'conv_1',
  seq,
  author_kind,
  author_id: author_kind,
  author_name: null,
  audience: 'all',
  body: { kind: 'text', text: String(seq) },
  output_id: null,
  approved_by: null,
  citations: [],
  cut: false,
  whisper_to: null,
  at: '2026-01-01T00:00:00.000Z',
  ...more,
});
const read = (all: Message[], seq = all.length) => saidTogether(all, seq).map((one) => one.seq);

test('[W67] what was said in a row goes together, up to what anybody else said', () => {
  expect(read([message('contact', 1)])).toEqual([1]);
  expect(read([message('contact', 1), message('contact', 2)])).toEqual([1, 2]);
  const answered = (by: AuthorKind) => [
    message('contact', 1),
    message(by, 2),
    message('contact', 3),
  ];
  expect(read(answered('bot'))).toEqual([3]);
  expect(read(answered('member'))).toEqual([3]);
  expect(read(answered('system'))).toEqual([3]);
});

test('[W67] a note of the team and a reply that broke off have answered nothing', () => {
  const between = (more: Partial<Message>) => [
    message('contact', 1),
    message('bot', 2, more),
    message('contact', 3),
  ];
  expect(read(between({ audience: 'team' }))).toEqual([1, 3]);
  expect(read(between({ cut: true }))).toEqual([1, 3]);
});

test('[W67] that a person looks at an answer first has answered nothing', () => {
  const between = (line: 'approval' | 'handed_back') => [
    message('contact', 1),
    message('system', 2, { body: { kind: 'line', line } }),
    message('contact', 3),
  ];
  expect(read(between('approval'))).toEqual([1, 3]);
  expect(read(between('handed_back'))).toEqual([3]);
});

test('[W67] what came after the message that is answered is none of it, and a row has an end', () => {
  expect(read([message('contact', 1), message('contact', 2), message('bot', 3)], 1)).toEqual([1]);
  const many = Array.from({ length: 30 }, (_, at) => message('contact', at + 1));
  expect(read(many)).toEqual([21, 22, 23, 24, 25, 26, 27, 28, 29, 30]);
});

import type { Line, Message } from '@wheelhouse/core';
import { expect, test } from 'vitest';
import { rowsOf } from './lines.ts';

const message = (seq: number, body: Message['body']) =>
  ({ id: `msg_${seq}`, seq, body }) as Message;
const line = (seq: number, of: Line['line'], more: Partial<Line> = {}) =>
  message(seq, { kind: 'line', line: of, ...more });
const text = (seq: number) => message(seq, { kind: 'text', text: 'Hello?' });
const drawn = (messages: Message[]) =>
  rowsOf(messages).map(({ key, message: { seq }, at, times }) => [key, seq, at, times]);

test('[K88] a line that repeats with nothing between stands once, as the last of them', () => {
  expect(rowsOf([])).toEqual([]);
  const waited = [
    line(1, 'handed_off'),
    line(2, 'still_waiting', { ahead: 2 }),
    line(3, 'still_waiting', { ahead: 1 }),
    line(4, 'still_waiting'),
    text(5),
    text(6),
    line(7, 'still_waiting'),
    line(8, 'taken', { name: 'Rita' }),
    line(9, 'taken', { name: 'Tom' }),
  ];
  expect(drawn(waited)).toEqual([
    ['msg_1', 1, 0, 1],
    ['msg_2', 4, 3, 3],
    ['msg_5', 5, 4, 1],
    ['msg_6', 6, 5, 1],
    ['msg_7', 7, 6, 1],
    ['msg_8', 8, 7, 1],
    ['msg_9', 9, 8, 1],
  ]);
});

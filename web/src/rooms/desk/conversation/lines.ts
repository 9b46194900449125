import type { Message } from '@wheelhouse/core';

/** A message as the transcript has it: a line that is said again stands once, as the last of them. */
export interface Row {
  /** The id of the first, by which it is known as it is said again. */
  key: string;
  message: Message;
  /** Where the message stands among all. */
  at: number;
  times: number;
}

/** What is shown of what was said: lines about the conversation that repeat with nothing between them
 *  are one. */
export function rowsOf(messages: readonly Message[]): Row[] {
  const rows: Row[] = [];
  for (const [at, message] of messages.entries()) {
    const last = rows.at(-1);
    if (last && isAgain(last.message, message)) {
      rows[rows.length - 1] = { ...last, message, at, times: last.times + 1 };
    } else rows.push({ key: message.id, message, at, times: 1 });
  }
  return rows;
}

const isAgain = ({ body: before }: Message, { body: now }: Message): boolean =>
  before.kind === 'line' &&
  now.kind === 'line' &&
  before.line === now.line &&
  before.name === now.name &&
  before.conversation_id === now.conversation_id;

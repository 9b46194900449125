import type { Message } from './message.ts';

/** So many of the newest are read together; who writes more in a row is not read from the start. */
const most_together = 10;

/** What a customer said in a row up to a message: their words since anything else was said to them,
 *  oldest first, with that message as the last (rule W67). The team's notes stand between unseen, and a
 *  reply that broke off has answered nothing. What was said before a person was asked for, came or
 *  gave the wheel back is dealt with: a line of it stands between. That a person looks at an answer first
 *  answers nothing.
 *  @param messages oldest first
 *  @param seq the number of the message that an answer is owed to */
export function saidTogether(messages: readonly Message[], seq: number): Message[] {
  const together: Message[] = [];
  for (const message of messages.toReversed()) {
    if (message.seq > seq || message.audience === 'team' || message.cut) continue;
    if (message.body.kind === 'line' && message.body.line === 'approval') continue;
    if (message.author_kind !== 'contact' || together.length === most_together) break;
    together.unshift(message);
  }
  return together;
}

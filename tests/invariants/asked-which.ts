import type { ChatTranscript } from '@wheelhouse/core';
import type { Caller } from '../../server/src/testing/start.ts';
import { until } from './until.ts';

/** A conversation in which it is asked which of two answers is better. */
export async function askedWhich(admin: Caller, visitor: Caller) {
  const policy = { mode: 'threshold', threshold: 0 };
  await admin.call('PUT /gates/pairs', { policy });
  const words = { refund: 'Within 30 days.', parcel: 'It is on its way.' };
  const intents = Object.entries(words).map(([name, answer]) => ({
    name,
    examples: [`${name} please`, `the ${name}`, `my ${name}`],
    answer,
  }));
  const pairs = { gate: 'pairs', hand_off_below: 0, preference_share: 1, intents };
  await admin.call('PUT /bots/pairs', pairs);
  const made = await visitor.call<{ id: string }>('POST /chat/conversations', { bot: 'pairs' });
  const { id } = made.body;
  await visitor.call(`POST /chat/conversations/${id}/messages`, {
    body: { kind: 'text', text: 'refund please' },
  });
  const output_id = await until(async () => {
    const { body } = await visitor.call<ChatTranscript>(`GET /chat/conversations/${id}`);
    return body.chat.preference?.first.output_id;
  });
  return { id, output_id };
}

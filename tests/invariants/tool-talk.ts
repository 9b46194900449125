import type { Message, Output, Page, Transcript } from '@wheelhouse/core';
import type { Caller } from '../../server/src/testing/start.ts';
import { until } from './until.ts';

/** A conversation with a bot, as its customer writes and the team reads it. */
export async function beginTalk(admin: Caller, bot: string, by: Caller = admin) {
  const { id } = (await by.call<{ id: string }>('POST /conversations', { bot })).body;
  return {
    id,
    say: (text: string) =>
      by.call<Message>(`POST /conversations/${id}/messages`, {
        from: 'contact',
        body: { kind: 'text', text },
      }),
    read: async () => (await admin.call<Transcript>(`GET /conversations/${id}`)).body,
    /** Of a gate, what waits for a person. */
    held: async (gate: string) => {
      const { rows } = (await admin.call<Page<Output>>(`GET /outputs?gate=${gate}&limit=100`)).body;
      return rows.filter(
        (one) => one.conversation_id === id && one.verdict === 'hold' && !one.outcome,
      );
    },
  };
}
export type Begun = Awaited<ReturnType<typeof beginTalk>>;

export const wordsIn = ({ messages }: Transcript) =>
  messages.flatMap(({ author_kind, body, audience }) =>
    author_kind === 'contact'
      ? []
      : [
          body.kind === 'line'
            ? `(${body.line})`
            : `${audience === 'team' ? 'note: ' : ''}${'text' in body ? body.text : body.kind}`,
        ],
  );

/** What was said since the customer's last word, once something was. */
export const answer = async (talk: Begun, text: string): Promise<string> => {
  const before = wordsIn(await talk.read()).length;
  await talk.say(text);
  return until(async () => wordsIn(await talk.read()).slice(before)[0]);
};

export const says = (talk: Begun, words: string) =>
  until(async () => wordsIn(await talk.read()).includes(words));

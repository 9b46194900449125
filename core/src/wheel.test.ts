import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ConversationRecord } from './conversation.ts';
import type { Routing } from './routing.ts';
import type { NewMessage, Turn } from './said.ts';
import { speak } from './speak.ts';
import { fromMs } from './time.ts';
import {
  type Hand,
  handBack,
  handOff,
  nobodyCame,
  receive,
  reply,
  resolve,
  take,
} from './wheel.ts';

let made = 0;
const line = () => {
  made += 1;
  return { id: `msg_${made}`, salt: 'salt' };
};
const now = fromMs(1_000_000);
const hand = (id: string): Hand => ({ id, name: id, now, line });
const said = (author_kind: 'contact' | 'bot' | 'member', text = 'words'): NewMessage => ({
  ...line(),
  author_kind,
  author_id: author_kind,
  author_name: author_kind,
  audience: 'all',
  body: { kind: 'text', text },
});
const routing: Routing = {
  skills: [],
  language: null,
  last_member_id: null,
  sent_by: null,
  note: null,
  offer: null,
  passed: [],
  widened: 0,
};
const fresh: ConversationRecord = {
  id: 'conv_1',
  workspace_id: 'ws_1',
  contact_id: 'con_1',
  channel: 'api',
  bot: 'shop',
  title: '',
  state: 'open',
  owner_kind: 'bot',
  owner_id: 'shop',
  epoch: 1,
  seq: 0,
  turn_seq: null,
  streaming: null,
  customer_seq: null,
  hand_off_output_id: null,
  hand_off_reason: null,
  routing: null,
  call_back: null,
  posture: null,
  language: null,
  priority: 0,
  labels: [],
  waiting_since: null,
  first_reply_at: null,
  promised: null,
  timing: {},
  due_at: null,
  breach_at: null,
  snoozed_until: null,
  merged_into: null,
  customer_read_seq: 0,
  customer_delivered_seq: 0,
  team_read_seq: 0,
  resolved_at: null,
  created_at: now,
  active_at: now,
  erased_at: null,
};
const refusal = (act: () => unknown): unknown => {
  try {
    act();
  } catch (thrown) {
    return (thrown as { code: string }).code;
  }
  return undefined;
};
const word = (row: ConversationRecord, approved_by: string | null = null) => ({
  epoch: row.epoch,
  for_seq: row.turn_seq ?? 0,
  message: { ...said('bot'), approved_by },
});

const acts: Record<string, (row: ConversationRecord) => Turn | string> = {
  asks: (row) => receive(row, said('contact'), { now }),
  ana: (row) => take(row, hand('ana'), { force: true }),
  ben: (row) => take(row, hand('ben'), { force: true }),
  ana_says: (row) => reply(row, hand('ana'), said('member')),
  notes: (row) => reply(row, hand('ben'), { ...said('member'), audience: 'team' }),
  hands_off: (row) =>
    handOff(row, hand('bot'), {
      queue: 'q',
      output_id: `out_${line().id}`,
      reason: 'asked',
      routing,
    }),
  hands_back: (row) => handBack(row, hand('ana'), true),
  nobody: (row) => nobodyCame(row, hand('bot'), row.hand_off_output_id ?? ''),
  bot_says: (row) => speak(row, word(row), now),
  resolves: (row) => resolve(row, hand('ana')),
};

test('[W1] [W3] [W4] whatever is done in whatever order: numbers without a gap, one owner, epochs that rise with each', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...Object.keys(acts)), { maxLength: 40 }), (names) => {
      let row = fresh;
      const begun: { word: ReturnType<typeof word>; row: ConversationRecord }[] = [];
      for (const name of names) {
        begun.push({ word: word(row), row });
        let turn: Turn | string;
        try {
          turn = (acts[name] as (typeof acts)[string])(row);
        } catch {
          continue;
        }
        if (typeof turn === 'string') continue;
        const { next, messages } = turn;
        expect(messages.map(({ seq }) => seq)).toEqual(
          messages.map((_one, at) => row.seq + 1 + at),
        );
        expect(next.seq).toBe(row.seq + messages.length);
        const moved = next.owner_kind !== row.owner_kind || next.owner_id !== row.owner_id;
        if (moved) expect(next.epoch).toBe(row.epoch + 1);
        if (next.owner_kind !== 'bot') expect(next.turn_seq).toBeNull();
        expect(next.hand_off_output_id !== null).toBe(next.owner_kind === 'queue');
        row = next;
        // Of all that the bot had begun before, nothing is said after another had the wheel.
        for (const one of begun) {
          const late = speak(row, one.word, now);
          if (row.epoch !== one.row.epoch) expect(typeof late).toBe('string');
        }
      }
    }),
  );
});

test('[W3] of two who take the wheel the second is told who has it; a lead may take it from them', () => {
  const { next } = take(fresh, hand('ana'));
  expect(refusal(() => take(next, hand('ben')))).toBe('wheel_taken');
  expect(refusal(() => reply(next, hand('ben'), said('member')))).toBe('wheel_taken');
  expect(take(next, hand('ana')).events).toEqual([]);
  expect(take(next, hand('lena'), { force: true }).next.owner_id).toBe('lena');
  const note = reply(next, hand('ben'), { ...said('member'), audience: 'team' });
  expect(note.next).toMatchObject({ owner_id: 'ana', epoch: next.epoch, seq: next.seq + 1 });
});

test('[W5] a word for an older message is dropped, unless a person approved it', () => {
  const first = receive(fresh, said('contact'), { now }).next;
  const second = receive(first, said('contact'), { now }).next;
  expect(speak(second, word(first), now)).toBe('overtaken');
  const approved = speak(second, word(first, 'ana'), now) as Turn;
  expect(approved.next).toMatchObject({ seq: 3, turn_seq: second.turn_seq });
  expect((speak(second, word(second), now) as Turn).next.turn_seq).toBeNull();
});

test('[W83] what is said beside a call leaves the turn owed; after another word it is overtaken', () => {
  const asked = receive(fresh, said('contact'), { now }).next;
  const beside = { ...word(asked), beside: true };
  const { next } = speak(asked, beside, now) as Turn;
  expect(next).toMatchObject({ turn_seq: asked.turn_seq, waiting_since: asked.waiting_since });
  expect((speak(next, word(next), now) as Turn).next).toMatchObject({
    turn_seq: null,
    waiting_since: null,
  });
  const more = receive(asked, said('contact'), { now }).next;
  expect(speak(more, beside, now)).toBe('overtaken');
});

test('[W6] a bot that has the wheel again owes what is unanswered, and nothing else', () => {
  const asked = receive(fresh, said('contact'), { now }).next;
  const taken = take(asked, hand('ana')).next;
  expect(handBack(taken, hand('ana')).next.turn_seq).toBe(asked.customer_seq);
  const answered = reply(taken, hand('ana'), said('member')).next;
  expect(handBack(answered, hand('ana')).next.turn_seq).toBeNull();
  const wanted = { queue: 'q', output_id: 'out_1', reason: 'low_confidence', routing } as const;
  const waits = handOff(asked, hand('bot'), wanted).next;
  expect(nobodyCame(waits, hand('bot'), 'out_1').next).toMatchObject({
    owner_kind: 'bot',
    turn_seq: null,
  });
  expect(nobodyCame(waits, hand('bot'), 'out_2').next).toBe(waits);
  expect(handOff(waits, hand('bot'), { ...wanted, output_id: 'out_2' }).next).toBe(waits);
});

test('[W6] the customer’s next word opens what was resolved, and the bot owes it an answer', () => {
  const over = resolve(take(fresh, hand('ana')).next, hand('ana')).next;
  expect(over).toMatchObject({ state: 'resolved', owner_kind: 'bot', waiting_since: null });
  const again = receive(over, said('contact'), { now });
  expect(again.next).toMatchObject({ state: 'open', turn_seq: again.next.seq });
  expect(again.events.map(({ type }) => type)).toEqual([
    'conversation.reopened',
    'message.received',
  ]);
});

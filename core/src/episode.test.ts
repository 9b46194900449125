import fc from 'fast-check';
import { expect, test } from 'vitest';
import { briefFrom } from './brief.ts';
import { answersIn, episodeOf, settledBy, summaryOf } from './episode.ts';
import type { Message } from './message.ts';

type Piece = [Message['author_kind'], string] | 'taken' | 'handed_back';
const talk = (...pieces: Piece[]): Message[] =>
  pieces.map((piece, at) => {
    const line = typeof piece === 'string';
    return {
      id: `msg_${String(at).padStart(26, '0')}`,
      conversation_id: `conv_${'0'.repeat(26)}`,
      seq: at + 1,
      author_kind: line ? 'system' : piece[0],
      author_id: 'someone',
      author_name: null,
      audience: 'all',
      body: line ? { kind: 'line', line: piece } : { kind: 'text', text: piece[1] },
      output_id: null,
      approved_by: null,
      citations: [],
      cut: false,
      at: '2026-11-27T09:00:00.000Z',
    } as unknown as Message;
  });

test('[W45] a summary says what was asked and answered, what was promised and what is open', () => {
  const messages = talk(
    ['contact', 'Hello! Where is my order 4471?'],
    ['bot', 'I do not know.'],
    'taken',
    ['member', 'Hello'],
    ['member', 'It left today.'],
    ['member', 'I will write to you tomorrow.'],
    ['contact', 'Thank you'],
    ['contact', 'Can I change the address?'],
  );
  expect(summaryOf(messages).split('\n')).toEqual([
    'Settled: Where is my order 4471? → It left today. I will write to you tomorrow.',
    'Promised: I will write to you tomorrow.',
    'Open: Can I change the address?',
  ]);
  expect(settledBy(summaryOf(messages))).toEqual([
    {
      asked: 'Where is my order 4471?',
      answered: 'It left today. I will write to you tomorrow.',
    },
  ]);
});

test('[W121] who only gains time has answered nothing: what was asked is open', () => {
  const pieces: Piece[] = [
    ['contact', 'I want a person'],
    'taken',
    ['member', 'Hello, this is Rita. One moment please.'],
    ['contact', 'How long does delivery to Germany take?'],
    ['member', 'Let me see who can answer that.'],
  ];
  expect(summaryOf(talk(...pieces))).toBe('Open: How long does delivery to Germany take?');
  expect(answersIn(talk(...pieces))).toEqual([]);
  const then = talk(...pieces, ['member', 'It takes 4 to 6 days.']);
  expect(summaryOf(then)).toBe(
    'Settled: How long does delivery to Germany take? → It takes 4 to 6 days.',
  );
});

test('[W121] what a person has answered is not what the customer wants now', () => {
  const pieces: Piece[] = [
    ['contact', 'How long does delivery to Germany take?'],
    ['member', 'It takes 4 to 6 days.'],
    ['contact', 'And to France?'],
  ];
  expect(briefFrom(talk(...pieces), 'silent').goal).toBe('And to France?');
  const stalled: Piece[] = [...pieces.slice(0, 1), ['member', 'I’ll check.'], ['contact', 'And?']];
  expect(briefFrom(talk(...stalled), 'silent').goal).toBe(pieces[0]?.[1]);
});

test('[W45] what a person said without being asked stands in it, and nothing twice', () => {
  const messages = talk(
    ['contact', 'I want to talk to a person'],
    'taken',
    ['member', 'Hello, a new one is sent on Friday.'],
    ['member', 'It is blue. I will write to you.'],
    ['contact', 'Thank you'],
  );
  expect(summaryOf(messages).split('\n')).toEqual([
    'Promised: I will write to you.',
    'Said: Hello, a new one is sent on Friday.',
    'Said: It is blue.',
  ]);
  expect(summaryOf(talk('taken', ['member', 'Hello']))).toBe('');
  expect(summaryOf(talk(['contact', 'Is it blue?'], ['member', 'It is blue.']))).toBe(
    'Settled: Is it blue? → It is blue.',
  );
});

test.each([
  ['We’ll send another lamp.', 'The lamp would arrive if it were sent.'],
  ['Wir schicken Ihnen eine neue Lampe.', 'Sie können die Lampe schicken.'],
  ['Nous allons vous rembourser.', 'Vous pouvez la renvoyer.'],
  ['Le enviaremos otra lámpara.', 'Puede enviarla.'],
  ['Le invierò un’altra lampada.', 'Può spedirla.'],
  ['Vamos devolver o dinheiro.', 'Pode devolver.'],
])('[W45] %j is a promise, %j is none', (promise, none) => {
  const lines = summaryOf(talk(['contact', 'Broken?'], ['member', `${none} ${promise}`]));
  expect(lines.split('\n').filter((one) => one.startsWith('Promised'))).toEqual([
    `Promised: ${promise}`,
  ]);
});

test('[W45] only what was said since the wheel last came back counts, and nothing without a person', () => {
  const before: Piece[] = [['contact', 'One?'], 'taken', ['member', 'Answer one.'], 'handed_back'];
  expect(summaryOf(talk(...before))).toBe('');
  expect(summaryOf(talk(...before, ['contact', 'Two?'], ['bot', 'Hm.']))).toBe('');
  const after = talk(...before, ['contact', 'Two?'], 'taken', ['member', 'Answer two.']);
  expect(summaryOf(after)).toBe('Settled: Two? → Answer two.');
});

test('[W45] whatever was said, a summary is made of it alone, and what it settles is read back', () => {
  const words = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('a → b?', 'Why?', '\n'));
  const kinds = fc.constantFrom('contact', 'member', 'bot') as fc.Arbitrary<'contact'>;
  fc.assert(
    fc.property(fc.array(fc.tuple(kinds, words), { maxLength: 20 }), (all) => {
      const messages = talk(...(all as Piece[]));
      const summary = summaryOf(messages);
      const lines = summary.split('\n').filter(Boolean);
      expect(lines.every((one) => /^(Settled|Promised|Said|Open): /.test(one))).toBe(true);
      const settled = lines.filter((one) => one.startsWith('Settled'));
      expect(settledBy(summary)).toHaveLength(settled.length);
      if (summary) expect(episodeOf(messages)).not.toEqual([]);
    }),
  );
});

test('[W45] the name of a file is neither a question nor an answer', () => {
  const file = { kind: 'image', file_id: 'file_1', name: 'my broken kettle.png' };
  const messages = talk(
    'taken',
    ['contact', 'Can you mend my kettle?'],
    ['contact', ''],
    ['member', 'We mend it for free.'],
    ['member', ''],
    ['contact', ''],
  ).map((one) =>
    'text' in one.body && one.body.text === ''
      ? ({ ...one, body: file } as unknown as Message)
      : one,
  );
  expect(answersIn(messages)).toMatchObject([
    { asked: 'Can you mend my kettle?', answered: 'We mend it for free.' },
  ]);
  expect(briefFrom(messages, 'asked').goal).toBe('Can you mend my kettle?');
  expect(briefFrom(messages.slice(-1), 'asked').goal).toBeNull();
});

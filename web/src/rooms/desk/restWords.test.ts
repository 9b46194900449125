import { expect, test } from 'vitest';
import { restWords } from './restWords.ts';

const row = (gate: string, rests_until: string | null) => ({ gate, gate_title: gate, rests_until });

test('[K146] a list says of each gate how many of its cases are offered to nobody, until when and why', () => {
  const until = '2026-12-01T00:00:00.000Z';
  const rows = [
    row('refunds', until),
    row('mail', null),
    row('refunds', until),
    row('chat', until),
  ];
  expect(restWords(rows, (at) => String(at).slice(0, 10))).toEqual([
    '2 of these are offered to nobody until 2026-12-01: people’s hours of today for “refunds” are spent. Open one to decide it all the same.',
    'One of these is offered to nobody until 2026-12-01: people’s hours of today for “chat” are spent. Open it to decide it all the same.',
  ]);
  expect(restWords([row('mail', null)])).toEqual([]);
});

import { expect, test } from 'vitest';
import { alertedIn } from './alerted.ts';

function storage() {
  const kept = new Map<string, string>();
  return {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
  };
}
const at = '2026-01-01T00:00:00.000Z';

test('[W66] what one tab alerted of the next one does not, whatever it hears again', () => {
  const kept = storage();
  const first = alertedIn(kept, 'mem_1');
  expect(first.isNew({ cursor: '99-3', at })).toBe(true);
  const next = alertedIn(kept, 'mem_1');
  expect(next.isNew({ cursor: '99-3', at })).toBe(false);
  expect(next.isNew({ cursor: '99-2', at })).toBe(false);
  expect(next.isNew({ cursor: '98-900', at })).toBe(false);
  expect(next.isNew({ cursor: '100-1', at })).toBe(true);
  expect(alertedIn(kept, 'mem_2').isNew({ cursor: '99-3', at })).toBe(true);
});

test('[W66] an engine that begins to count anew is heard again', () => {
  const alerted = alertedIn(storage(), 'mem_1');
  expect(alerted.isNew({ cursor: '5000-1', at })).toBe(true);
  expect(alerted.isNew({ cursor: '700-1', at: '2026-01-01T00:00:59.000Z' })).toBe(false);
  expect(alerted.isNew({ cursor: '700-1', at: '2026-01-01T00:02:00.000Z' })).toBe(true);
});

test('[W66] a promise is nearly broken once', () => {
  const kept = storage();
  expect(alertedIn(kept, 'mem_1').isNewlyNear('conv_1', at)).toBe(true);
  expect(alertedIn(kept, 'mem_1').isNewlyNear('conv_1', at)).toBe(false);
  expect(alertedIn(kept, 'mem_1').isNewlyNear('conv_1', '2026-01-01T01:00:00.000Z')).toBe(true);
});

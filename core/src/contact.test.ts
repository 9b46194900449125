import { expect, test } from 'vitest';
import { type Contact, ContactChange, changedContact } from './contact.ts';
import { isRefusal } from './refusal.ts';

const contact: Contact = {
  id: 'con_1',
  external_id: null,
  name: 'Kim',
  email: null,
  language: 'en',
  attributes: { plan: 'gold', boxes: 2 },
  verified: false,
  vouched: [],
  created_at: '2026-01-05T12:00:00.000Z',
  seen_at: '2026-01-05T12:00:00.000Z',
  erased_at: null,
};
const fieldsOf = (run: () => unknown): string[] => {
  try {
    run();
    return [];
  } catch (thrown) {
    if (!isRefusal(thrown)) throw thrown;
    const errors = thrown.facts.errors as { field: string }[];
    return [thrown.code, ...errors.map(({ field }) => field)];
  }
};

test('[W87] what is given is written down, null takes away, and the rest stays', () => {
  const { next, changed } = changedContact(contact, {
    name: '  Kim Berg ',
    language: null,
    attributes: { plan: null, size: 'large' },
  });
  expect(next).toEqual({
    ...contact,
    name: 'Kim Berg',
    language: null,
    attributes: { boxes: 2, size: 'large' },
  });
  expect(changed).toEqual(['name', 'language', 'attributes']);
  const same = { name: 'Kim', email: null, attributes: { boxes: 2, none: null } };
  expect(changedContact(contact, same)).toEqual({ next: contact, changed: [] });
  expect(changedContact(contact, {})).toEqual({ next: contact, changed: [] });
});

test('[W87] what the host vouches for is refused by field, unless it is said the same', () => {
  const known: Contact = { ...contact, verified: true, vouched: ['name', 'email'] };
  expect(fieldsOf(() => changedContact(known, { name: 'Lee', email: 'lee@example.com' }))).toEqual([
    'forbidden',
    'name',
    'email',
  ]);
  expect(fieldsOf(() => changedContact(known, { name: null }))).toEqual(['forbidden', 'name']);
  expect(changedContact(known, { name: 'Kim', language: 'de' }).changed).toEqual(['language']);
  const half: Contact = { ...known, vouched: ['email'] };
  expect(changedContact(half, { name: 'Lee' }).next.name).toBe('Lee');
});

test('[W87] attributes are bounded in number and length; what was more before may become less', () => {
  const many = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`a${at}`, at]));
  const full = { ...contact, attributes: many(100) };
  expect(fieldsOf(() => changedContact(full, { attributes: { more: 1 } }))).toEqual([
    'invalid',
    'attributes',
  ]);
  expect(changedContact(full, { attributes: { a0: null, more: 1 } }).changed).toEqual([
    'attributes',
  ]);
  const over = { ...contact, attributes: many(120) };
  expect(changedContact(over, { attributes: { a0: null } }).changed).toEqual(['attributes']);
  expect(
    fieldsOf(() => changedContact(contact, { attributes: { long: 'x'.repeat(20_001) } })),
  ).toEqual(['invalid', 'attributes']);
});

test.each([
  [{ attributes: { ['x'.repeat(101)]: 1 } }],
  [{ attributes: { ' ': 1 } }],
  [{ attributes: { 'turned\u202e': 1 } }],
  [{ attributes: { fine: 'half \ud800' } }],
  [{ name: '' }],
  [{ email: 'nowhere' }],
  [{ language: 'no language' }],
  [{ external_id: 'boss' }],
  [{ verified: true }],
])('[W87] %j is no change of a contact', (given) => {
  expect(ContactChange.safeParse(given).success).toBe(false);
});

import type { Contact } from '@wheelhouse/core';
import { expect, test } from 'vitest';
import { changeOf, nameFault, untouched, writtenMeanwhile } from './contactForm.ts';

const contact: Contact = {
  id: 'con_1',
  external_id: null,
  name: 'Kim',
  email: null,
  language: null,
  attributes: { plan: 'gold', boxes: 2, vip: true, address: { city: 'Cork' } },
  verified: false,
  vouched: [],
  created_at: '2026-01-05T12:00:00.000Z',
  seen_at: '2026-01-05T12:00:00.000Z',
  erased_at: null,
};

test('[K81] only what was typed is sent, as the kind of thing that it was', () => {
  expect(changeOf(contact, untouched)).toEqual({});
  const same = { ...untouched, name: ' Kim ', email: ' ', values: { plan: 'gold', boxes: '2' } };
  expect(changeOf(contact, same)).toEqual({});
  const typed = {
    name: '',
    email: ' kim@example.com ',
    values: { plan: ' silver', boxes: '3', vip: 'false' },
    removed: ['address'],
    added: [
      { name: ' order ', value: 'KC-20418' },
      { name: 'left', value: ' ' },
    ],
  };
  expect(changeOf(contact, typed)).toEqual({
    name: null,
    email: 'kim@example.com',
    attributes: { plan: 'silver', boxes: 3, vip: false, address: null, order: 'KC-20418' },
  });
  expect(changeOf(contact, { ...untouched, values: { boxes: 'three', plan: '' } })).toEqual({
    attributes: { boxes: 'three', plan: null },
  });
});

test('[K90] a telephone number and a language that were chosen are sent, and only they', () => {
  const phone = { ...untouched, values: { phone: ' 085 123 4567' }, language: 'de' };
  expect(changeOf(contact, phone)).toEqual({
    language: 'de',
    attributes: { phone: '085 123 4567' },
  });
  expect(changeOf(contact, { ...untouched, values: { phone: ' ' }, language: null })).toEqual({});
  const known = { ...contact, language: 'de', attributes: { phone: '085 123 4567' } };
  const taken = { ...untouched, values: { phone: '' }, language: null };
  expect(changeOf(known, taken)).toEqual({ language: null, attributes: { phone: null } });
  const line = { ...untouched, added: [{ name: 'phone', value: '1' }] };
  expect(nameFault(contact, line, 0)).toBe('is there already');
});

test('[K81] a line that is added has a name of its own', () => {
  const added = [
    { name: 'order', value: '1' },
    { name: ' order', value: '2' },
    { name: 'plan', value: 'x' },
    { name: '', value: 'x' },
    { name: '', value: '' },
  ];
  const faults = added.map((_, at) => nameFault(contact, { ...untouched, added }, at));
  expect(faults).toEqual([
    undefined,
    'is there already',
    'is there already',
    'needs a name',
    undefined,
  ]);
  const moved = { ...untouched, added: [{ name: 'plan', value: 'x' }], removed: ['plan'] };
  expect(nameFault(contact, moved, 0)).toBeUndefined();
  expect(changeOf(contact, moved)).toEqual({ attributes: { plan: 'x' } });
});

test('[K81] what a colleague writes meanwhile into the same field is said', () => {
  expect(writtenMeanwhile(null, 'Lee', 'Kim')).toBe('Meanwhile somebody wrote “Lee”.');
  expect(writtenMeanwhile('Lee', null, 'Kim')).toBe('Meanwhile somebody took it away.');
  expect(writtenMeanwhile(null, 'Lee', undefined)).toBeUndefined();
  expect(writtenMeanwhile('Lee', 'Lee', 'Kim')).toBeUndefined();
  expect(writtenMeanwhile(null, 'Kim', 'Kim')).toBeUndefined();
});

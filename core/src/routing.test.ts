import fc from 'fast-check';
import { expect, test } from 'vitest';
import { choose, droppable, neededOf, type Person, type Routing, suits } from './routing.ts';

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
const person = (id: string, more: Partial<Person> = {}): Person => ({
  id,
  skills: [],
  languages: [],
  capacity: 3,
  open_conversations: 0,
  ...more,
});

const skills = fc.uniqueArray(fc.constantFrom('billing', 'delivery', 'repairs'), { maxLength: 2 });
const languages = fc.uniqueArray(fc.constantFrom('de', 'de-AT', 'fr', 'en-GB'), { maxLength: 2 });
const ids = ['mem_a', 'mem_b', 'mem_c', 'mem_d', 'mem_e'];
const people = fc
  .array(
    fc.record({
      skills,
      languages,
      capacity: fc.integer({ min: 0, max: 4 }),
      open_conversations: fc.integer({ min: 0, max: 5 }),
    }),
    { maxLength: ids.length },
  )
  .map((all) => all.map((one, at): Person => ({ id: ids[at] as string, ...one })));
const wanted = fc.record({
  skills,
  language: fc.option(fc.constantFrom('de', 'DE-ch', 'fr', 'en')),
  last_member_id: fc.option(fc.constantFrom(...ids)),
  sent_by: fc.constant(null),
  note: fc.constant(null),
  offer: fc.constant(null),
  passed: fc.uniqueArray(fc.constantFrom(...ids), { maxLength: 2 }),
  widened: fc.integer({ min: 0, max: 3 }),
});

test('[W11] it goes to somebody who has room, all that is needed, and has not passed it on', () => {
  fc.assert(
    fc.property(wanted, people, (asked, there) => {
      const chosen = choose(asked, there);
      const able = there.filter(
        (one) => suits(neededOf(asked), one) && !asked.passed.includes(one.id),
      );
      if (!chosen) {
        expect(able).toEqual([]);
        return;
      }
      const one = able.find(({ id }) => id === chosen.id) as Person;
      expect(one.open_conversations).toBeLessThan(one.capacity);
      // Whoever had the contact last comes before all others who could.
      const last = able.find(({ id }) => id === asked.last_member_id);
      if (last) {
        expect(chosen).toEqual({ id: last.id, why: 'continuity' });
        return;
      }
      const { language } = neededOf(asked);
      const base = (tag: string) => tag.toLowerCase().slice(0, 2);
      const names = (other: Person) =>
        language !== null && other.languages.some((tag) => base(tag) === base(language));
      if (able.some(names)) expect(names(one)).toBe(true);
      // Of those who are as good, nobody has a smaller share of what they take.
      const share = (other: Person) => other.open_conversations / other.capacity;
      for (const other of able.filter((able_one) => names(able_one) === names(one))) {
        expect(share(one)).toBeLessThanOrEqual(share(other));
      }
    }),
  );
});

test('[W11] who is chosen hangs on who is there, and not on the order they are told in', () => {
  fc.assert(
    fc.property(wanted, people, fc.infiniteStream(fc.nat()), (asked, there, chance) => {
      const shuffled = there
        .map((one) => ({ one, at: chance.next().value as number }))
        .sort((a, b) => a.at - b.at)
        .map(({ one }) => one);
      expect(choose(asked, shuffled)).toEqual(choose(asked, there));
    }),
  );
});

test('[W11] one after another, nobody is given more than they take', () => {
  fc.assert(
    fc.property(fc.array(wanted, { maxLength: 20 }), people, (all, there) => {
      const now = new Map(there.map((one) => [one.id, { ...one }]));
      for (const asked of all) {
        const chosen = choose(asked, [...now.values()]);
        const given = chosen && now.get(chosen.id);
        if (given) given.open_conversations += 1;
      }
      for (const { id, open_conversations, capacity } of now.values()) {
        const before = there.find((one) => one.id === id)?.open_conversations ?? 0;
        expect(open_conversations).toBeLessThanOrEqual(Math.max(before, capacity));
      }
    }),
  );
});

test('[W11] skill, language, continuity and load, each where it decides', () => {
  const ana = person('mem_ana', { skills: ['billing'], languages: ['de'], open_conversations: 2 });
  const ben = person('mem_ben', { languages: ['en'] });
  const cy = person('mem_cy', { open_conversations: 1 });
  const all = [ana, ben, cy];
  expect(choose(routing, all)).toEqual({ id: 'mem_ben', why: 'load' });
  expect(choose({ ...routing, skills: ['billing'] }, all)).toEqual({ id: 'mem_ana', why: 'skill' });
  expect(choose({ ...routing, language: 'de-CH' }, all)).toEqual({
    id: 'mem_ana',
    why: 'language',
  });
  // Nobody said what Cy speaks: he is asked when nobody names the language.
  expect(choose({ ...routing, language: 'fr' }, all)?.id).toBe('mem_cy');
  expect(choose({ ...routing, last_member_id: 'mem_cy' }, all)).toEqual({
    id: 'mem_cy',
    why: 'continuity',
  });
  expect(choose({ ...routing, skills: ['repairs'] }, all)).toBeNull();
  expect(choose({ ...routing, passed: ['mem_ben'] }, all)?.id).toBe('mem_cy');
  const full = all.map((one) => ({ ...one, open_conversations: one.capacity }));
  expect(choose(routing, full)).toBeNull();
});

test('[W29] what is needed is dropped one by one, the skills first, and never more than there is', () => {
  const needs = { skills: ['billing'], language: 'de' };
  expect(neededOf({ ...needs, widened: 0 })).toEqual(needs);
  expect(neededOf({ ...needs, widened: 1 })).toEqual({ skills: [], language: 'de' });
  expect(neededOf({ ...needs, widened: 2 })).toEqual({ skills: [], language: null });
  expect(neededOf({ skills: [], language: 'de', widened: 1 }).language).toBeNull();
  expect(droppable({ skills: [], language: null })).toEqual([]);
});

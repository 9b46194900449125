import * as z from 'zod';
import { Name } from './id.ts';
import { Text } from './json.ts';
import type { Instant } from './time.ts';

/** A language as customers and hosts name it, such as de or pt-BR. */
export const LanguageTag = Text(35).regex(
  /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/,
  'is no language tag such as de or pt-BR',
);
export const Skills = z.array(Name).max(50);

/** Whom a conversation that waits for a person needs. */
export interface Needs {
  skills: readonly string[];
  language: string | null;
}

/** What was asked for when a person was, and to whom it was offered since; one hand-off's alone. */
export interface Routing extends Needs {
  /** Who had this contact last. */
  last_member_id: string | null;
  /** The colleague who sent it, and why. */
  sent_by: string | null;
  note: string | null;
  /** Whose it is to take until then; others may take it all the same, by their own hand. */
  offer: { to: string; until: Instant } | null;
  /** Who let an offer of it lapse: it goes to others before it comes to them again. */
  passed: string[];
  /** How many needs were dropped since, the skills first, then the language. */
  widened: number;
}

/** A member as far as routing goes. */
export interface Person {
  id: string;
  skills: readonly string[];
  /** None where nobody said which; such a member is asked after those who name it. */
  languages: readonly string[];
  /** How many conversations they take at once. */
  capacity: number;
  /** How many they have, those that are offered to them among them. */
  open_conversations: number;
}

/** Why somebody in particular was asked. */
export const offer_reasons = ['continuity', 'skill', 'language', 'load'] as const;
export type OfferReason = (typeof offer_reasons)[number];

const baseOf = (language: string): string => language.toLowerCase().split('-')[0] as string;
const speaks = ({ languages }: Pick<Person, 'languages'>, language: string): boolean =>
  languages.some((one) => baseOf(one) === baseOf(language));

/** What is still needed after so many needs were dropped (rule W29). */
export function neededOf({ skills, language, widened }: Needs & { widened: number }): Needs {
  const dropped = droppable({ skills, language }).slice(0, widened);
  return {
    skills: dropped.includes('skills') ? [] : skills,
    language: dropped.includes('language') ? null : language,
  };
}

/** What can be done without while nobody comes, in this order. */
export const droppable = ({ skills, language }: Needs): (keyof Needs)[] => [
  ...(skills.length ? (['skills'] as const) : []),
  ...(language !== null ? (['language'] as const) : []),
];

/** Whether somebody has room, and all that is needed (rule W11). */
export const suits = (needs: Needs, person: Person): boolean =>
  person.open_conversations < person.capacity &&
  needs.skills.every((skill) => person.skills.includes(skill)) &&
  (needs.language === null || !person.languages.length || speaks(person, needs.language));

/** Whom a waiting conversation is offered to, of those who are there: of those whom it suits the one
 *  who had the contact last, else who names the language, else who has the least to do for what they
 *  take (rule W11).
 *  @returns null when it suits nobody, or all of them let it lapse */
export function choose(
  routing: Routing,
  people: readonly Person[],
): { id: string; why: OfferReason } | null {
  const needs = neededOf(routing);
  const able = people.filter(
    (person) => suits(needs, person) && !routing.passed.includes(person.id),
  );
  const [first] = [...able].sort(
    (a, b) =>
      Number(b.id === routing.last_member_id) - Number(a.id === routing.last_member_id) ||
      named(b, needs) - named(a, needs) ||
      // A share of what each takes, multiplied out so that it is exact.
      a.open_conversations * b.capacity - b.open_conversations * a.capacity ||
      b.capacity - a.capacity ||
      (a.id < b.id ? -1 : 1),
  );
  return first ? { id: first.id, why: whyOf(first, routing, needs) } : null;
}

const named = (person: Person, { language }: Needs): number =>
  language !== null && speaks(person, language) ? 1 : 0;

function whyOf(person: Person, { last_member_id }: Routing, needs: Needs): OfferReason {
  if (person.id === last_member_id) return 'continuity';
  if (needs.skills.length) return 'skill';
  return named(person, needs) ? 'language' : 'load';
}

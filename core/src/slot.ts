import { argumentFaults } from './arguments.ts';
import { numberIn } from './fixed-form.ts';
import type { Json, JsonObject } from './json.ts';
import type { FieldFault } from './refusal.ts';

/** No more of a message is searched for values. */
const most_read = 1_000;
const askable = new Set(['string', 'number', 'integer', 'boolean']);

const propertiesOf = (schema: JsonObject): Record<string, JsonObject> =>
  (schema.properties ?? {}) as Record<string, JsonObject>;
const requiredOf = (schema: JsonObject): string[] =>
  Array.isArray(schema.required) ? (schema.required as string[]) : [];

/** The first argument that a call cannot do without and that no words can give, if there is one. */
export const unaskable = (schema: JsonObject): string | undefined =>
  requiredOf(schema).find((name) => {
    const one = propertiesOf(schema)[name];
    return !one || !(askable.has(String(one.type)) || Array.isArray(one.enum));
  });

/** The next argument that is still to be asked for, in the order the schema requires them. */
export const nextAsked = (schema: JsonObject, given: JsonObject): string | undefined =>
  requiredOf(schema).find((name) => !Object.hasOwn(given, name));

/** What an argument is called where nobody wrote a question for it. */
export function slotTitle(schema: JsonObject, name: string): string {
  const title = propertiesOf(schema)[name]?.title;
  return typeof title === 'string' && title ? title : name.replaceAll('_', ' ');
}

/** The values that an argument may have, where they are few enough to choose from. */
export const choicesOf = (schema: JsonObject, name: string): string[] => {
  const values = propertiesOf(schema)[name]?.enum;
  return Array.isArray(values) && values.length <= 9
    ? values.filter((one): one is string => typeof one === 'string')
    : [];
};

/** What is wrong with one argument by itself. */
export const slotFaults = (schema: JsonObject, name: string, value: Json): FieldFault[] =>
  argumentFaults(
    { ...schema, required: [], properties: { [name]: propertiesOf(schema)[name] ?? {} } },
    { [name]: value },
    'arguments',
  );

/** What of given arguments is good by itself; the rest is asked for. */
export const goodOf = (schema: JsonObject, given: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(given).filter(
      ([name, value]) =>
        Object.hasOwn(propertiesOf(schema), name) && !slotFaults(schema, name, value).length,
    ),
  );

/**
 * Reads arguments out of a customer's words. Only what can hardly be meant otherwise is taken: what
 * fits a pattern, as written or put into its form (rule W105), or a list, an address, a day, the one number there is. An argument that was asked for
 * is read from the whole message. Nothing is taken that its schema refuses, and what is given stays.
 * @param asked the argument that the customer was asked for
 * @returns the arguments given so far, with those that were read
 */
export function heard(
  schema: JsonObject,
  given: JsonObject,
  text: string,
  asked?: string,
): JsonObject {
  let rest = text.normalize('NFC').slice(0, most_read);
  const found: JsonObject = { ...given };
  const properties = Object.entries(propertiesOf(schema));
  const take = (name: string, candidates: Found[]): void => {
    const good = candidates.find(({ value }) => !slotFaults(schema, name, value).length);
    if (!good) return;
    found[name] = good.value;
    rest = rest.replace(good.words, ' ');
  };
  const open = properties.filter(([name]) => !Object.hasOwn(given, name));
  // What was asked for first, so that nothing else takes its words.
  open.sort(([a], [b]) => Number(b === asked) - Number(a === asked));
  const exact = open.filter(([, one]) => !isNumber(one));
  const numbers = open.filter(([, one]) => isNumber(one));
  for (const [name, one] of exact) take(name, exactIn([name, one], rest, name === asked));
  for (const [name] of numbers) {
    const there = numbersIn(rest);
    if (name === asked || (there.length === 1 && numbers.length === 1)) take(name, there);
  }
  return found;
}

interface Found {
  value: Json;
  /** As the customer put it. */
  words: string;
}

const isNumber = ({ type }: JsonObject) => type === 'number' || type === 'integer';

function exactIn([name, one]: [string, JsonObject], text: string, asked: boolean): Found[] {
  if (Array.isArray(one.enum)) return listedIn(one.enum, text);
  if (one.type === 'boolean') return asked ? yesOrNo(text) : [];
  if (one.type !== 'string') return [];
  const whole = text.trim();
  const all = asked && whole ? [{ value: whole, words: whole }] : [];
  if (typeof one.pattern === 'string') {
    const number = numberIn(one.pattern, text, { asked, named: wordsFor(name, one) });
    return [...patternIn(one.pattern, text), ...(number ? [number] : []), ...all];
  }
  if (one.format === 'email')
    return [...eachIn(/[^\s<>()",;]+@[^\s<>()",;]+\.\p{L}+/gu, text), ...all];
  if (one.format === 'date') return [...eachIn(/\b\d{4}-\d{2}-\d{2}\b/g, text), ...all];
  return all;
}

/** What an argument is called, by the words of its name and title that say something. */
const wordsFor = (name: string, { title }: JsonObject): string[] =>
  `${name} ${typeof title === 'string' ? title : ''}`
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word.length > 3 && word !== 'your');

const eachIn = (pattern: RegExp, text: string): Found[] =>
  [...text.matchAll(pattern)].map(([words]) => ({ value: words, words }));

/** The arguments that follow a pattern, each with the values of it that stand in a text, and where. */
export function patternsIn(
  schema: JsonObject,
  text: string,
): { name: string; values: Json[]; places: [number, number][] }[] {
  const read = text.slice(0, most_read);
  return Object.entries(propertiesOf(schema)).flatMap(([name, one]) => {
    if (one.type !== 'string' || typeof one.pattern !== 'string') return [];
    let end = 0;
    const found = patternIn(one.pattern, read).flatMap(({ value, words }) => {
      if (slotFaults(schema, name, value).length) return [];
      const at = read.indexOf(words, end);
      if (at < 0) return [];
      end = at + words.length;
      return [{ value, place: [at, end] as [number, number] }];
    });
    const values = found.map(({ value }) => value);
    return [{ name, values, places: found.map(({ place }) => place) }];
  });
}

/** As written, and in capitals or small letters, since customers copy neither. Its pattern was checked
 *  when it was saved, and it is searched for between words alone. */
function patternIn(pattern: string, text: string): Found[] {
  const bare = pattern.replace(/^\^/, '').replace(/(?<!\\)\$$/, '');
  let search: RegExp;
  try {
    search = new RegExp(`(?<![\\p{L}\\p{N}])(?:${bare})(?![\\p{L}\\p{N}])`, 'giu');
  } catch {
    return [];
  }
  return eachIn(search, text).flatMap(({ words }) =>
    [words, words.toUpperCase(), words.toLowerCase()].map((value) => ({ value, words })),
  );
}

const plain = (text: string) =>
  text
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, ' ')
    .trim();

function listedIn(values: Json[], text: string): Found[] {
  const said = ` ${plain(text)
    .replaceAll(/[^\p{L}\p{N} ]+/gu, ' ')
    .replaceAll(/ +/g, ' ')} `;
  const fits = values.filter(
    (value) =>
      (typeof value === 'string' || typeof value === 'number') &&
      said.includes(` ${plain(String(value))} `),
  );
  const [only] = fits;
  return fits.length === 1 && only !== undefined ? [{ value: only, words: String(only) }] : [];
}

const yes =
  /^(yes|yeah|yep|sure|ok|okay|please do|ja|jawohl|gerne|oui|sí|si|claro|sì|certo|sim|نعم|أجل)(?!\p{L})/iu;
const no = /^(no|nope|nah|not|nein|nicht|non|não|nao|لا)(?!\p{L})/iu;
function yesOrNo(text: string): Found[] {
  const words = text.trim();
  if (yes.test(words)) return [{ value: true, words }];
  return no.test(words) ? [{ value: false, words }] : [];
}

/** Figures that stand by themselves, with a point or a comma before their decimals. */
const numbersIn = (text: string): Found[] =>
  [...text.matchAll(/(?<![\p{L}\p{N}.,-])-?\d{1,12}(?:[.,]\d{1,6})?(?![\p{L}\p{N}])/gu)].map(
    ([words]) => ({ value: Number(words.replace(',', '.')), words }),
  );

import { canonical, type Json, type JsonObject } from './json.ts';
import { heard, patternsIn } from './slot.ts';

/** Words between the members of a list, in the languages of the chat; in some they are part of a word. */
const joins =
  '(?:and|or|und|oder|sowie|et|ou|ainsi que|y|o|u|e|ed|oppure|و|أو|او|和|与|與|及|以及|跟|还有|還有|或|と|や|および|または|와|과|및|하고|또는|и|или|і|й|та|або|i|oraz|lub|ve|veya|ile|और|या|plus|also|auch|aussi|também|también|anche|then)';
const signs = '[\\s,;:、，،&+/#()"\'“”„«».-]';
const most_each = 6;

/**
 * Reads the arguments of a call as `heard` does, once for each thing that is named in a row: "orders A-1
 * and A-2" are two calls. Only a list is read so, of what one argument alone can be: "A-1, not A-2" and
 * "A-1 instead of A-2" name one. What stands once beside it is of each, but a number: twenty for two orders
 * may be ten each.
 * @returns the arguments of each call, in the order in which they are named; one where no list is
 */
export function heardEach(
  schema: JsonObject,
  given: JsonObject,
  text: string,
  asked?: string,
): JsonObject[] {
  const list = listIn(schema, given, text);
  const one = heard(schema, given, text, asked);
  if (!list) return [one];
  const { name, values, places } = list;
  const rest = places
    .toReversed()
    .reduce((left, [from, to]) => `${left.slice(0, from)} ${left.slice(to)}`, text);
  const beside = heard(schema, { ...given, [name]: values[0] ?? null }, rest);
  const shared = Object.fromEntries(
    Object.entries(beside).filter(
      ([key, value]) => Object.hasOwn(given, key) || typeof value !== 'number',
    ),
  );
  return values.map((value) => ({ ...shared, [name]: value }));
}

interface List {
  name: string;
  values: Json[];
  places: [number, number][];
}

/** The one argument of which several values stand in a row. */
function listIn(schema: JsonObject, given: JsonObject, text: string): List | undefined {
  const found = patternsIn(schema, text).filter(({ name }) => !Object.hasOwn(given, name));
  const named = found.filter(({ places }) => places.length > 1);
  const [only, ...more] = named;
  if (!only || more.length) return undefined;
  // What another argument could be as well is no list of one: from.
  const others = found.filter(({ name }) => name !== only.name);
  if (others.some(({ values }) => values.some((value) => only.values.includes(value)))) {
    return undefined;
  }
  const before = wordsOf(text.slice(0, only.places[0]?.[0] ?? 0)).slice(-most_labels);
  const between = only.places.slice(1).map(([from], at) => text.slice(only.places[at]?.[1], from));
  if (!between.every((one) => isJoin(one, before))) return undefined;
  const distinct = only.values.filter(
    (value, at) => only.values.findIndex((one) => sameText(one, value)) === at,
  );
  return distinct.length > 1 ? { ...only, values: distinct.slice(0, most_each) } : undefined;
}

const sameText = (one: Json, other: Json): boolean =>
  canonical(one).toLowerCase() === canonical(other).toLowerCase();

/** What names the first may name each: "order A-1 and order A-2". */
const most_labels = 3;
const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? [];
const join = RegExp(`^${signs}*(?:${joins}${signs}*)*$`, 'iu');

function isJoin(text: string, labels: readonly string[]): boolean {
  const bare = text.toLowerCase().replace(/[\p{L}\p{M}]+/gu, (word) => {
    return labels.includes(word) ? ' ' : word;
  });
  return join.test(bare);
}

import { gatheredIn } from './gathered.ts';

/**
 * Numbers that are written in one fixed form ("KC-", then five digits), as people write them: in any
 * case, with other signs or none between their parts, with other digits, without what they all begin
 * with. What is found is put into the form; nothing is guessed.
 */

/** A part of the form: characters that are always the same, or some of a kind. */
type Part = { always: string } | Kind;
interface Kind {
  of: string;
  least: number;
  most: number;
}

const sign = /[^\p{L}\p{N}]/gu;
const digits = new Set(['0-9', '\\d']);
/** What people put between the parts of a number, and between its figures. Without spaces where letters
 *  may vary: else any two words beside a number would be read into it. */
const gap = '[\\s\\-‐-―_./#]{0,3}';
const narrow_gap = '[\\-‐-―_./#]{0,2}';
const within = '[\\s\\-‐-―]{0,2}';
/** Fewer figures than that alone may be anything. */
const least_figures = 3;
/** What repeats without an end is read so far. */
const most_of_kind = 20;
/** More forms than that are no fixed one. */
const most_forms = 12;

const piece =
  /\\(?<escaped>[^\p{L}\p{N}])|(?<of>\\d|\[(?<inner>[A-Za-z0-9\-\\d]+)\])(?:\{(?<least>\d+)(?<range>,(?<most>\d*))?\}|(?<more>\+))?|(?<plain>[\p{L}\p{N}\-_/# ])(?![?*+{])/uy;

/** Reads the pattern of a form. @returns undefined when it is none: it has parts that may
 *  be absent, or a choice within a choice */
function partsOf(pattern: string): Part[] | undefined {
  const parts: Part[] = [];
  let at = 0;
  while (at < pattern.length) {
    piece.lastIndex = at;
    const found = piece.exec(pattern);
    if (!found?.groups) return undefined;
    at = piece.lastIndex;
    if (/[?*+{]/.test(pattern[at] ?? '')) return undefined;
    const { escaped, of, inner, least = '1', range, most, more, plain } = found.groups;
    const last = parts.at(-1);
    const always = escaped ?? plain;
    const longest = range || more ? Number(most) || most_of_kind : Number(least);
    if (of) parts.push({ of: inner ?? of, least: Number(least), most: longest });
    else if (last && 'always' in last) last.always += always;
    else if (always) parts.push({ always });
  }
  return parts;
}

const choice = /\((?:\?:)?(?<all>[^()]*)\)(?![?*+{])/u;

/** A pattern with a choice in it is several forms. */
function formsOf(pattern: string): string[] {
  const found = choice.exec(pattern);
  if (!found?.groups) return [pattern];
  const [before, after] = [
    pattern.slice(0, found.index),
    pattern.slice(found.index + found[0].length),
  ];
  const each = (found.groups.all ?? '').split('|').map((one) => `${before}${one}${after}`);
  return each.length > most_forms ? [] : each.flatMap(formsOf).slice(0, most_forms + 1);
}

/** Two figures for a part that may be longer or shorter are two figures, not one with a gap. */
function ofKind({ of, least, most }: Kind): string {
  const one = `[${of}]`;
  const spread = digits.has(of) && least === most && least > 1;
  return spread ? `${one}(?:${within}${one}){${least - 1}}` : `${one}{${least},${most}}`;
}

const escaped = (text: string) => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
const onlyFigures = (parts: readonly Part[]) =>
  parts.every((part) => 'always' in part || digits.has(part.of));

/** @param lead what stands in place of what all numbers of this form begin with */
function searchFor(parts: readonly Part[], lead?: string): RegExp {
  const pieces = parts.map((part, at) => {
    if (!('always' in part)) return `(${ofKind(part)})`;
    return at === 0 && lead !== undefined ? lead : escaped(part.always.replaceAll(sign, ''));
  });
  const between = onlyFigures(parts) ? gap : narrow_gap;
  const whole = pieces.filter((one) => one !== '').join(between);
  return RegExp(`(?<![\\p{L}\\p{N}])${whole}(?![\\p{L}\\p{N}])`, 'giu');
}

/** What all numbers of a form begin with may be left out where figures follow. */
const mayLack = ([first, ...rest]: readonly Part[]): boolean =>
  first !== undefined && 'always' in first && onlyFigures(rest);

interface InForm {
  /** As the form has it. */
  value: string;
  /** As it was written. */
  words: string;
}

/** Every place counts, also one within another: what can be read in two ways is not read. */
function everyMatch(search: RegExp, text: string): RegExpExecArray[] {
  const all: RegExpExecArray[] = [];
  for (let found = search.exec(text); found; found = search.exec(text)) {
    all.push(found);
    search.lastIndex = found.index + 1;
  }
  return all;
}

/** Puts what was found into its form. @returns undefined where it does not fit */
function inForm(form: string, parts: readonly Part[], found: RegExpExecArray): string | undefined {
  let at = 0;
  const value = parts
    .map((part) => ('always' in part ? part.always : found[++at]?.replaceAll(sign, '')))
    .join('');
  const fits = RegExp(`^(?:${form})$`, 'u');
  return [value, value.toUpperCase(), value.toLowerCase()].find((one) => fits.test(one));
}

/** Digits of any script that the bot speaks as 0 to 9, each in its place. */
const plainDigits = (text: string): string =>
  text.replaceAll(/[٠-٩۰-۹０-９]|([०-९])/g, (one, devanagari?: string) =>
    String((one.charCodeAt(0) & 15) - (devanagari ? 6 : 0)),
  );

const not_numbers = new Set(['email', 'account', 'amount', 'date', 'phone']);
const figure_before = /\d[\s\-‐-―]{1,2}$/;
const figure_after = /^[\s\-‐-―]{1,2}\d/;

/** Figures without their beginning, which are nothing else: no day, no sum, and no piece of more. */
function standAlone(text: string) {
  const others = gatheredIn(text).filter(({ kind }) => not_numbers.has(kind));
  return ({ index, 0: words }: RegExpExecArray): boolean => {
    const end = index + words.length;
    if (words.replaceAll(/\P{N}/gu, '').length < least_figures) return false;
    if (others.some((one) => one.start < end && index < one.end)) return false;
    const apart = figure_before.test(text.slice(0, index)) || figure_after.test(text.slice(end));
    return !apart || words.search(sign) < 0;
  };
}

/** The one number of a fixed form that a customer wrote, put into its form (rule W105). Where two could
 *  be meant, none is.
 *  @param named how the number is called: without its beginning it must stand behind that word, unless
 *  it was asked for */
export function numberIn(
  pattern: string,
  text: string,
  { asked, named }: { asked: boolean; named: readonly string[] },
): InForm | undefined {
  const bare = pattern.replace(/^\^/, '').replace(/(?<!\\)\$$/, '');
  const forms = formsOf(bare).flatMap((form) => {
    const parts = partsOf(form);
    return parts?.some((part) => !('always' in part)) ? [{ form, parts }] : [];
  });
  if (!forms.length || forms.length > most_forms) return undefined;
  const plain = plainDigits(text);
  const lead = asked ? '' : `(?:${named.map(escaped).join('|')})(?: (?:number|no|nr|id|is))?`;
  const may_lack = asked || named.length > 0;
  const places = (search: (parts: Part[]) => RegExp | undefined) =>
    forms.flatMap(({ form, parts }) => {
      const pattern_here = search(parts);
      const all = pattern_here ? everyMatch(pattern_here, plain) : [];
      return all.map((found) => ({ found, value: inForm(form, parts, found) }));
    });
  const whole = places((parts) => searchFor(parts));
  const alone = standAlone(plain);
  const all = whole.length
    ? whole
    : places((parts) => (may_lack && mayLack(parts) ? searchFor(parts, lead) : undefined)).filter(
        ({ found }) => alone(found),
      );
  const values = new Set(all.map(({ value }) => value));
  const [first] = all;
  if (values.size !== 1 || first?.value === undefined) return undefined;
  const { index, 0: words } = first.found;
  return { value: first.value, words: text.slice(index, index + words.length) };
}

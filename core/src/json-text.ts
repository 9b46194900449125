import { depth_limit } from './json.ts';
import { invalid, refuse } from './refusal.ts';

/** Reads a JSON text that a program sent, and refuses what would not stay as it was sent: a number
 *  that a double cannot hold is rounded by every JSON parser without a word, and what was approved
 *  must be what runs (rule S9).
 *  @throws Refusal malformed when it is not JSON; invalid naming the field of a number that would be
 *  rounded, of a key that reaches a prototype, or of what nests too deep */
export function readJson(text: string, what = 'The body'): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text.startsWith(byte_order_mark) ? text.slice(1) : text);
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    const errors = [{ field: 'body', message: 'is not JSON' }];
    throw refuse('malformed', { errors }, `${what} is not JSON: ${message}`);
  }
  checkShape(value, []);
  if (worth_a_look.test(text)) checkNumbers(text);
  return value;
}

const byte_order_mark = '\uFEFF';

/** What a body may nest at most: the deepest value that can be kept, within a few levels of ours. */
const deepest = depth_limit + 8;

/** Prototype keys and depth, before anything walks the value by recursion. */
function checkShape(value: unknown, path: string[]): void {
  if (value === null || typeof value !== 'object') return;
  if (path.length >= deepest) {
    throw invalid({ field: nameOf(path), message: `nested deeper than ${deepest} levels` });
  }
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at++) {
      const item = value[at];
      if (item !== null && typeof item === 'object') checkShape(item, [...path, String(at)]);
    }
    return;
  }
  for (const key of Object.keys(value)) {
    const inner = (value as Record<string, unknown>)[key];
    if (key === '__proto__' || (key === 'constructor' && reachesPrototype(inner))) {
      throw invalid({ field: nameOf([...path, key]), message: 'is a key that is never data' });
    }
    if (inner !== null && typeof inner === 'object') checkShape(inner, [...path, key]);
  }
}

const reachesPrototype = (value: unknown) =>
  value !== null && typeof value === 'object' && Object.hasOwn(value, 'prototype');

/** A long path says where it begins; the rest of it helps nobody. */
const nameOf = (path: string[]) =>
  path.length > 12 ? `${path.slice(0, 12).join('.')}…` : path.join('.') || 'body';

/** Sixteen digits or an exponent where a number may begin. Fewer digits always survive a double, so
 *  most bodies are not looked at twice. */
const worth_a_look = /(?:^|[[:,\s])-?(?:\d[\d.]{15}|\d[\d.]*[eE])/;
/** One token of a text that is known to be JSON. */
const token = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*|[[\]{}:,]/g;

/** Walks the tokens and keeps the path to where it stands. */
function checkNumbers(text: string): void {
  const path: (string | number)[] = [];
  let key = '';
  for (const [piece] of text.matchAll(token)) {
    const last = path.length - 1;
    const here = path[last];
    switch (piece[0]) {
      case '{':
        path.push('');
        break;
      case '[':
        path.push(0);
        break;
      case '}':
      case ']':
        path.pop();
        break;
      case '"':
        key = piece;
        break;
      case ':':
        path[last] = JSON.parse(key) as string;
        break;
      case ',':
        if (typeof here === 'number') path[last] = here + 1;
        break;
      default:
        if (!survives(piece)) throw rounded(path.map(String), piece);
    }
  }
}

/** Whether a number's text is one that its double stands for: the shortest that reads back as it
 *  (RFC 8785), or, with a point or an exponent, its digits written out further, as C's "%.17g"
 *  does. An integer is often a name for something, so not one digit of it may change. */
export function survives(literal: string): boolean {
  const value = Number(literal);
  if (!Number.isFinite(value)) return false;
  const said = plainDigits(literal);
  if (said === plainDigits(String(value))) return true;
  if (/^-?\d+$/.test(literal)) return false;
  const digits = literal
    .replace(/[eE].*$/, '')
    .replace(/^[-0.]+/, '')
    .replace('.', '').length;
  return digits <= 100 && said === plainDigits(value.toPrecision(Math.max(1, digits)));
}

/** The significant digits of a number's text and the power of ten of the first, so that 1e3, 1000
 *  and 1000.0 read alike. */
function plainDigits(literal: string): string {
  const [mantissa = '', power = '0'] = literal.toLowerCase().replace(/^-/, '').split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const all = `${whole}${fraction}`;
  const leading = /^0*/.exec(all)?.[0].length ?? 0;
  const digits = all.slice(leading).replace(/0+$/, '');
  return digits ? `${digits}e${Number(power) + whole.length - leading}` : '0';
}

function rounded(path: string[], literal: string) {
  const shown = literal.length > 40 ? `${literal.slice(0, 40)}…` : literal;
  const value = Number(literal);
  const message = Number.isFinite(value)
    ? `${shown} would be rounded to ${value}: send it as text, or with at most 15 digits`
    : `${shown} is larger than a number can be (about 1.8e308)`;
  return invalid({ field: nameOf(path), message });
}

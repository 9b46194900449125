import { type Schema, Validator } from '@cfworker/json-schema';
import safe from 'safe-regex2';
import type { Json, JsonObject } from './json.ts';
import type { FieldFault } from './refusal.ts';

/** Checks arguments against an action's JSON Schema (2020-12). The validator walks the schema and
 *  never compiles it to code, so it also runs in a page under a strict content policy.
 *  @returns the faults, each with its dotted path below `field`; none when valid */
export function argumentFaults(schema: JsonObject, value: Json, field: string): FieldFault[] {
  const { valid, errors } = checked(schema, value);
  if (valid) return [];
  const leaves = errors.filter(({ keyword }) => !branch_keywords.has(keyword));
  return (leaves.length ? leaves : errors).map(({ keyword, instanceLocation, error }) => ({
    field: [field, ...pointer(instanceLocation)].join('.'),
    message:
      keyword === 'false' || error === 'False boolean schema.' ? 'is not a known argument' : error,
  }));
}

/** A schema that cannot be walked (a reference without an end, a pattern that is none) lets nothing
 *  through. */
function checked(schema: JsonObject, value: Json): ReturnType<Validator['validate']> {
  try {
    return new Validator(schema as Schema, '2020-12', false).validate(value);
  } catch (thrown) {
    const error = `cannot be checked: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
    const fault = { keyword: 'schema', keywordLocation: '#', instanceLocation: '#', error };
    return { valid: false, errors: [fault] };
  }
}

/** These only repeat that something below them failed. */
const branch_keywords = new Set(['properties', 'items', 'allOf', '$ref', 'prefixItems']);

const pointer = (location: string): string[] =>
  location
    .replace(/^#\/?/, '')
    .split('/')
    .filter(Boolean)
    .map((step) => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~'));

/** What is wrong with a schema itself, or undefined: it must describe an object and be walkable. */
export function schemaFault(schema: JsonObject): string | undefined {
  if (schema.type !== 'object') return 'must describe an object ("type": "object")';
  const slow = slowPattern(schema);
  if (slow !== undefined) {
    return `has a pattern that some text could make run for ever: ${slow}. Repeat no group that itself repeats or has alternatives.`;
  }
  try {
    new Validator(schema as Schema, '2020-12').validate({});
    return undefined;
  } catch (error) {
    return `is not a JSON Schema: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** The first pattern that backtracking could keep busy for ever, or undefined. A pattern is checked
 *  when it is saved, since one that runs long would stop everything else in the process. */
function slowPattern(value: Json): string | undefined {
  if (value === null || typeof value !== 'object') return undefined;
  if (Array.isArray(value)) {
    for (const item of value) {
      const found = slowPattern(item);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  const { pattern, patternProperties } = value;
  const keys =
    patternProperties !== null && typeof patternProperties === 'object'
      ? Object.keys(patternProperties)
      : [];
  const patterns = typeof pattern === 'string' ? [pattern, ...keys] : keys;
  const slow = patterns.find((one) => !safe(one) || repeated_choice.test(one));
  return slow ?? slowPattern(Object.values(value));
}

/** `(a|a)*`: alternatives under a repetition, which a count of nested repetitions does not see. */
const repeated_choice = /\([^)]*\|[^)]*\)\s*(?:[*+]|\{\d*,)/;

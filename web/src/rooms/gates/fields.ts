import type { Json, JsonObject, Output } from '@wheelhouse/core';

export type FieldType = 'number' | 'text' | 'boolean' | 'list';

/** A field that a rule can speak of. */
export interface Field {
  /** Dotted, as the grammar writes it. */
  path: string;
  /** What it was always seen to be, or is declared as; undefined when it varies. */
  type: FieldType | undefined;
  /** Up to eight values it was seen with. */
  samples: (string | number | boolean)[];
  /** In how many of the outputs looked at. */
  seen: number;
  /** For lists of objects: the fields of their items. */
  items: Field[];
}

const deepest = 6;
const most_keys = 40;
const most_fields = 300;
const most_samples = 8;
const longest_sample = 60;

interface Trace {
  types: Set<FieldType>;
  samples: Set<string | number | boolean>;
  seen: number;
  items: Map<string, Trace>;
}

/** What every output may carry, whether or not one did. */
const known: Record<string, FieldType> = {
  confidence: 'number',
  risk: 'text',
  cost_usd: 'number',
  model: 'text',
  model_version: 'text',
};
const looked_into = ['input', 'content', 'scores', 'groups', 'metadata'] as const;

/** The fields of past outputs and of the action's schema, for choosing from (rule K14). A name with
 *  a dot in it has no path, so it is left out.
 *  @param outputs newest first; a few hundred are plenty */
export function discoverFields(outputs: readonly Output[], schema: JsonObject | null): Field[] {
  const traces = new Map<string, Trace>();
  for (const [path, type] of Object.entries(known)) traceOf(traces, path).types.add(type);
  for (const risk of ['low', 'medium', 'high']) traceOf(traces, 'risk').samples.add(risk);
  for (const output of outputs) {
    for (const name of Object.keys(known)) note(traces, name, output[name as 'model'], 0);
    for (const name of looked_into) note(traces, name, output[name] ?? undefined, 0);
    if (!output.action) continue;
    note(traces, 'action.name', output.action.name, 0);
    note(traces, 'action.target', output.action.target, 0);
    note(traces, 'action.arguments', output.action.arguments, 0);
  }
  if (schema) declare(traces, 'action.arguments', schema, 0);
  return fieldsOf(traces);
}

function traceOf(traces: Map<string, Trace>, path: string): Trace {
  const found = traces.get(path);
  if (found) return found;
  const made: Trace = { types: new Set(), samples: new Set(), seen: 0, items: new Map() };
  if (traces.size < most_fields) traces.set(path, made);
  return made;
}

const isObject = (value: unknown): value is JsonObject =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

const addressable = (name: string) => name !== '' && !name.includes('.') && !/^\s/.test(name);

function note(traces: Map<string, Trace>, path: string, value: Json | undefined, depth: number) {
  if (value === undefined || value === null || depth > deepest) return;
  if (isObject(value)) {
    for (const [name, inner] of Object.entries(value).slice(0, most_keys)) {
      if (addressable(name)) note(traces, `${path}.${name}`, inner, depth + 1);
    }
    return;
  }
  const trace = traceOf(traces, path);
  trace.seen += 1;
  if (Array.isArray(value)) {
    trace.types.add('list');
    for (const item of value.slice(0, most_keys)) noteItem(trace, item, depth);
    return;
  }
  trace.types.add(typeof value === 'string' ? 'text' : (typeof value as 'number' | 'boolean'));
  sample(trace, value);
}

function noteItem(trace: Trace, item: Json, depth: number) {
  if (!isObject(item)) {
    if (item !== null && !Array.isArray(item)) sample(trace, item);
    return;
  }
  for (const [name, inner] of Object.entries(item).slice(0, most_keys)) {
    if (addressable(name)) note(trace.items, name, inner, depth + 1);
  }
}

function sample(trace: Trace, value: string | number | boolean) {
  if (trace.samples.size >= most_samples) return;
  if (typeof value === 'string' && (value === '' || value.length > longest_sample)) return;
  trace.samples.add(value);
}

const declared: Record<string, FieldType> = {
  number: 'number',
  integer: 'number',
  string: 'text',
  boolean: 'boolean',
  array: 'list',
};

/** What a JSON Schema says of a place and of all below it. References are not followed: what they
 *  name is found in the outputs. */
function declare(traces: Map<string, Trace>, path: string, schema: JsonObject, depth: number) {
  if (depth > deepest || !isObject(schema.properties)) return;
  for (const [name, inner] of Object.entries(schema.properties).slice(0, most_keys)) {
    if (!addressable(name) || !isObject(inner)) continue;
    const here = path === '' ? name : `${path}.${name}`;
    if (isObject(inner.properties)) {
      declare(traces, here, inner, depth + 1);
      continue;
    }
    const type = typeof inner.type === 'string' ? declared[inner.type] : undefined;
    const trace = traceOf(traces, here);
    if (type) trace.types.add(type);
    if (Array.isArray(inner.enum)) {
      for (const value of inner.enum) {
        if (typeof value === 'string' || typeof value === 'number') sample(trace, value);
      }
    }
    if (type === 'list' && isObject(inner.items)) declare(trace.items, '', inner.items, depth + 1);
  }
}

const fieldsOf = (traces: Map<string, Trace>): Field[] =>
  [...traces].map(([path, { types, samples, seen, items }]) => ({
    path,
    type: types.size === 1 ? [...types][0] : undefined,
    samples: [...samples],
    seen,
    items: fieldsOf(items),
  }));

/** The fields a comparison may choose from, inside a list or at the top. */
export const fieldAt = (fields: readonly Field[], path: string): Field | undefined =>
  fields.find((field) => field.path === path);

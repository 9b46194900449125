import type { Json, JsonObject } from '@wheelhouse/core';

/** How one place of a JSON value is edited. What a schema says in a way that has no field of its
 *  own is edited as JSON, so that nothing is ever out of reach. */
export type Field = FieldBase &
  (
    | { kind: 'text'; multiline: boolean; format: string | null }
    | { kind: 'number'; integer: boolean; min: number | null; max: number | null }
    | { kind: 'boolean' }
    | { kind: 'choice'; options: Json[] }
    | { kind: 'object'; fields: NamedField[] }
    | { kind: 'list'; item: Field }
    | { kind: 'json' }
  );

interface FieldBase {
  title: string | null;
  description: string | null;
  /** Whether null is a value here. */
  nullable: boolean;
}
export interface NamedField {
  name: string;
  required: boolean;
  field: Field;
}

const deepest = 8;
const isObject = (value: unknown): value is JsonObject =>
  value !== null && typeof value === 'object' && !Array.isArray(value);
const textOf = (value: unknown) => (typeof value === 'string' ? value : null);
const numberOf = (value: unknown) => (typeof value === 'number' ? value : null);

/** The field for a place, from its JSON Schema and what stands there now. What stands there but is
 *  not in the schema gets a field too: an edit must not drop what it did not show. */
export function fieldOf(schema: Json | undefined, value: Json | undefined): Field {
  return build(schema, value, isObject(schema) ? schema : {}, 0);
}

function build(
  given: Json | undefined,
  value: Json | undefined,
  root: JsonObject,
  depth: number,
): Field {
  const schema = resolve(given, root);
  if (!schema || Object.keys(schema).length === 0) return inferred(value, depth);
  const base: FieldBase = {
    title: textOf(schema.title),
    description: textOf(schema.description),
    nullable: false,
  };
  if (depth >= deepest) return { ...base, kind: 'json' };
  if (Array.isArray(schema.enum)) return choice(base, schema.enum);
  if (schema.const !== undefined) return choice(base, [schema.const]);
  const branches = schema.oneOf ?? schema.anyOf;
  if (Array.isArray(branches)) return union(base, branches, value, root, depth);
  if (Array.isArray(schema.allOf) || isObject(schema.if)) return { ...base, kind: 'json' };
  const types = (Array.isArray(schema.type) ? schema.type : [schema.type]).filter(
    (type) => type !== undefined,
  );
  const kinds = types.filter((type) => type !== 'null');
  const nullable = kinds.length < types.length;
  const type = kinds.length === 1 ? kinds[0] : kinds.length ? undefined : implied(schema);
  return typed(type, schema, { ...base, nullable }, value, root, depth);
}

function typed(
  type: Json | undefined,
  schema: JsonObject,
  base: FieldBase,
  value: Json | undefined,
  root: JsonObject,
  depth: number,
): Field {
  switch (type) {
    case 'string':
      return {
        ...base,
        kind: 'text',
        multiline: isLong(schema, value),
        format: textOf(schema.format),
      };
    case 'integer':
    case 'number': {
      const [min, max] = [numberOf(schema.minimum), numberOf(schema.maximum)];
      return { ...base, kind: 'number', integer: type === 'integer', min, max };
    }
    case 'boolean':
      return { ...base, kind: 'boolean' };
    case 'array':
      if (!isObject(schema.items)) return { ...base, kind: 'json' };
      return { ...base, kind: 'list', item: build(schema.items, undefined, root, depth + 1) };
    case 'object':
      return { ...base, kind: 'object', fields: properties(schema, value, root, depth) };
    default:
      return { ...base, kind: 'json' };
  }
}

function properties(
  schema: JsonObject,
  value: Json | undefined,
  root: JsonObject,
  depth: number,
): NamedField[] {
  const known = isObject(schema.properties) ? schema.properties : {};
  const now = isObject(value) ? value : {};
  const required = Array.isArray(schema.required) ? schema.required : [];
  const names = [...new Set([...Object.keys(known), ...Object.keys(now)])];
  return names.map((name) => ({
    name,
    required: required.includes(name),
    field: build(Object.hasOwn(known, name) ? known[name] : undefined, now[name], root, depth + 1),
  }));
}

/** Alternatives: with null they are one nullable field; of constants, a choice; else JSON. */
function union(
  base: FieldBase,
  branches: Json[],
  value: Json | undefined,
  root: JsonObject,
  depth: number,
): Field {
  const found = branches.map((branch) => resolve(branch, root) ?? {});
  const rest = found.filter(({ type }) => type !== 'null');
  const [only] = rest;
  if (rest.length === 1 && only) {
    const field = build(only, value, root, depth + 1);
    const { title, description } = base;
    return {
      ...field,
      title: title ?? field.title,
      description: description ?? field.description,
      nullable: rest.length < found.length || field.nullable,
    };
  }
  const constants = rest.map((branch) => branch.const);
  if (constants.every((constant) => constant !== undefined)) {
    return choice({ ...base, nullable: rest.length < found.length }, constants as Json[]);
  }
  return { ...base, kind: 'json' };
}

const choice = (base: FieldBase, options: Json[]): Field => ({
  ...base,
  nullable: base.nullable || options.includes(null),
  kind: 'choice',
  options: options.filter((option) => option !== null),
});

/** A schema often leaves `type` out where its other words say it. */
function implied(schema: JsonObject): string | undefined {
  if (schema.properties || schema.required) return 'object';
  if (schema.items) return 'array';
  if (schema.pattern || schema.maxLength || schema.minLength || schema.format) return 'string';
  if (schema.minimum !== undefined || schema.maximum !== undefined) return 'number';
  return undefined;
}

const isLong = (schema: JsonObject, value: Json | undefined): boolean =>
  (numberOf(schema.maxLength) ?? 0) > 200 ||
  (typeof value === 'string' && (value.length > 80 || value.includes('\n')));

/** A field for a value that no schema speaks of. */
function inferred(value: Json | undefined, depth: number): Field {
  const base: FieldBase = { title: null, description: null, nullable: value === null };
  if (depth >= deepest) return { ...base, kind: 'json' };
  switch (typeof value) {
    case 'string':
      return { ...base, kind: 'text', multiline: isLong({}, value), format: null };
    case 'number':
      return { ...base, kind: 'number', integer: false, min: null, max: null };
    case 'boolean':
      return { ...base, kind: 'boolean' };
    default:
      if (!isObject(value)) return { ...base, kind: 'json' };
      return { ...base, kind: 'object', fields: properties({}, value, {}, depth) };
  }
}

/** Follows references inside the schema's own document; others are never fetched. */
function resolve(schema: Json | undefined, root: JsonObject): JsonObject | undefined {
  let now = schema;
  for (let hops = 0; isObject(now) && typeof now.$ref === 'string'; hops++) {
    if (hops > deepest || !now.$ref.startsWith('#')) return undefined;
    now = now.$ref
      .slice(1)
      .split('/')
      .filter(Boolean)
      .map((step) => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~'))
      .reduce<Json | undefined>(
        (place, step) => (isObject(place) && Object.hasOwn(place, step) ? place[step] : undefined),
        root,
      );
  }
  return isObject(now) ? now : undefined;
}

/** What a new place of this kind starts with. */
export function blankOf(field: Field): Json {
  switch (field.kind) {
    case 'text':
      return '';
    case 'number':
      return field.min ?? 0;
    case 'boolean':
      return false;
    case 'choice':
      return field.options[0] ?? null;
    case 'object':
      return Object.fromEntries(
        field.fields
          .filter(({ required }) => required)
          .map(({ name, field: inner }) => [name, blankOf(inner)]),
      );
    case 'list':
      return [];
    case 'json':
      return null;
  }
}

/** A copy of a value with one member set, or taken out when it is undefined. */
export function withMember(
  value: Json | undefined,
  name: string,
  member: Json | undefined,
): JsonObject {
  const copy: JsonObject = isObject(value) ? { ...value } : {};
  if (member === undefined) delete copy[name];
  else copy[name] = member;
  return copy;
}

import type { Json, JsonObject, Tool } from '@wheelhouse/core';

/** What an argument is, as people choose it; `other` is what only its JSON Schema can say. */
export const argument_kinds = {
  text: 'Text',
  number: 'Number',
  integer: 'Whole number',
  choice: 'One of a list',
  boolean: 'Yes or no',
  date: 'Date',
  email: 'E-mail address',
} as const;
export type ArgumentKind = keyof typeof argument_kinds | 'other';

/** One argument of a tool, as its page shows it. */
export interface Argument {
  name: string;
  kind: ArgumentKind;
  /** The bot asks for it until it has it. */
  required: boolean;
  schema: Json;
}

type Part = Pick<Tool, 'arguments_schema' | 'asks'>;

export const isObject = (value: unknown): value is JsonObject =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

const propertiesOf = ({ properties }: JsonObject): JsonObject =>
  isObject(properties) ? properties : {};
const requiredOf = ({ required }: JsonObject): string[] =>
  Array.isArray(required)
    ? required.filter((name): name is string => typeof name === 'string')
    : [];

/** What only JSON says, and would be lost or wrong as one of the kinds. */
const beyond = ['$ref', '$dynamicRef', 'const', 'oneOf', 'anyOf', 'allOf', 'not', 'if'];

export function kindOf(schema: Json | undefined): ArgumentKind {
  if (!isObject(schema) || beyond.some((key) => Object.hasOwn(schema, key))) return 'other';
  const { type, format, enum: values } = schema;
  if (values !== undefined) {
    const texts = Array.isArray(values) && values.every((one) => typeof one === 'string');
    return texts && (type === undefined || type === 'string') ? 'choice' : 'other';
  }
  if (type === 'string') return format === 'date' || format === 'email' ? format : 'text';
  return type === 'number' || type === 'integer' || type === 'boolean' ? type : 'other';
}

/** A tool's arguments in the order in which the bot asks for them; then those it never asks for. */
export function argumentsOf(schema: JsonObject): Argument[] {
  const properties = propertiesOf(schema);
  const required = [...new Set(requiredOf(schema))];
  const optional = Object.keys(properties).filter((name) => !required.includes(name));
  return [...required, ...optional].map((name) => ({
    name,
    kind: kindOf(properties[name]),
    required: required.includes(name),
    schema: properties[name] ?? {},
  }));
}

const withSchema = <T extends Part>(tool: T, change: JsonObject): T => ({
  ...tool,
  arguments_schema: { ...tool.arguments_schema, ...change },
});

/** The same tool with one more argument, under the first name that is free. */
export function withNewArgument<T extends Part>(tool: T): T {
  const properties = propertiesOf(tool.arguments_schema);
  const required = requiredOf(tool.arguments_schema);
  let at = 1;
  while (Object.hasOwn(properties, `argument_${at}`) || required.includes(`argument_${at}`)) at++;
  const name = `argument_${at}`;
  return withSchema(tool, {
    properties: { ...properties, [name]: { type: 'string' } },
    required: [...required, name],
  });
}

/** The same tool with another schema for one argument. */
export const withArgument = <T extends Part>(tool: T, name: string, schema: Json): T =>
  withSchema(tool, { properties: { ...propertiesOf(tool.arguments_schema), [name]: schema } });

export function withoutArgument<T extends Part>(tool: T, name: string): T {
  const { [name]: _, ...properties } = propertiesOf(tool.arguments_schema);
  const required = requiredOf(tool.arguments_schema).filter((one) => one !== name);
  return { ...withSchema(tool, { properties, required }), asks: without(tool.asks, name) };
}

const without = (asks: Tool['asks'], name: string): Tool['asks'] =>
  Object.fromEntries(Object.entries(asks).filter(([one]) => one !== name));

/** Calls an argument otherwise, wherever it is named; its place stays. The new name must be free. */
export function renamedArgument<T extends Part>(tool: T, from: string, to: string): T {
  const change = (name: string) => (name === from ? to : name);
  const renamed = <V>(of: Record<string, V>) =>
    Object.fromEntries(Object.entries(of).map(([name, value]) => [change(name), value]));
  const { arguments_schema: schema, asks } = tool;
  return {
    ...withSchema(tool, {
      properties: renamed(propertiesOf(schema)) as JsonObject,
      ...(Array.isArray(schema.required) ? { required: requiredOf(schema).map(change) } : {}),
    }),
    asks: renamed(asks),
  };
}

/** Why an argument cannot be called this, or undefined. */
export function nameFault(schema: JsonObject, from: string, to: string): string | undefined {
  if (to === from) return undefined;
  if (to === '__proto__' || !/^[\p{L}_][\p{L}\p{N}_-]{0,99}$/u.test(to)) {
    return 'Letters, digits, “-” and “_”, beginning with a letter, at most 100';
  }
  const taken = argumentsOf(schema).some(({ name }) => name === to);
  return taken ? 'Another argument is called so' : undefined;
}

/** Whether the bot has to have it before it calls. Newly needed, it is asked for last. */
export function withRequired<T extends Part>(tool: T, name: string, needed: boolean): T {
  const others = requiredOf(tool.arguments_schema).filter((one) => one !== name);
  return withSchema(tool, { required: needed ? [...others, name] : others });
}

/** Asks for it earlier or later, among those that are asked for. */
export function movedArgument<T extends Part>(tool: T, name: string, by: number): T {
  const required = [...new Set(requiredOf(tool.arguments_schema))];
  const at = required.indexOf(name);
  const to = at + by;
  if (at < 0 || to < 0 || to >= required.length) return tool;
  required.splice(at, 1);
  required.splice(to, 0, name);
  return withSchema(tool, { required });
}

/** How the customer is asked for it; by its title where nothing is written. */
export const withQuestion = <T extends Part>(tool: T, name: string, question: string): T => ({
  ...tool,
  asks: question ? { ...tool.asks, [name]: question } : without(tool.asks, name),
});

/** What a kind says, and another kind must not be left with. */
const of_kind = [
  ...['type', 'format', 'enum', 'pattern', 'minLength', 'maxLength'],
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
];

/** The same argument as another kind: what it is called and explained by stays. */
export function withKind(schema: Json, kind: Exclude<ArgumentKind, 'other'>): JsonObject {
  const before = isObject(schema) ? schema : {};
  const kept = Object.fromEntries(
    Object.entries(before).filter(([key]) => !of_kind.includes(key) && !beyond.includes(key)),
  );
  switch (kind) {
    case 'text':
      return { ...kept, type: 'string' };
    case 'choice':
      return { ...kept, type: 'string', enum: [] };
    case 'date':
    case 'email':
      return { ...kept, type: 'string', format: kind };
    default:
      return { ...kept, type: kind };
  }
}

/** One member of an argument's schema set, or taken out where it says nothing. */
export function withMember(schema: Json, key: string, value: Json | undefined): JsonObject {
  const { [key]: _, ...rest } = isObject(schema) ? schema : {};
  return value === undefined ? rest : { ...(isObject(schema) ? schema : {}), [key]: value };
}

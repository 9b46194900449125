const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** The same value with the members of its objects in the order their JSON Schema names them, which
 *  is how people were meant to read it; what the schema does not name comes after. Nothing is added,
 *  left out or changed. */
export function inSchemaOrder(value: unknown, schema: unknown): unknown {
  if (Array.isArray(value)) {
    const items = isObject(schema) ? schema.items : undefined;
    return value.map((item) => inSchemaOrder(item, items));
  }
  if (!isObject(value)) return value;
  const known = isObject(schema) && isObject(schema.properties) ? schema.properties : {};
  const names = new Set([
    ...Object.keys(known).filter((name) => Object.hasOwn(value, name)),
    ...Object.keys(value),
  ]);
  return Object.fromEntries(
    [...names].map((name) => [name, inSchemaOrder(value[name], known[name])]),
  );
}

import type { GateDefinition, Json, JsonObject } from '@wheelhouse/core';

/** A shell command that submits one output to a gate, of the shape that the gate guards. It is typed
 *  into a shell, so a quote in it would end its text: the escape `'\''` stands for one. */
export function sendCommand(origin: string, name: string, definition: GateDefinition): string {
  const { action } = definition;
  const body: JsonObject = action
    ? { action: { name: action.name, arguments: exampleOf(action.arguments_schema) } }
    : { input: 'Where is my order?', content: 'It left us on Monday.' };
  const text = JSON.stringify({ ...body, confidence: 0.62 }).replaceAll("'", "'\\''");
  return [
    `curl ${origin}/api/v1/gates/${name}/outputs \\`,
    '  -H "Authorization: Bearer $WHEELHOUSE_KEY" \\',
    "  -H 'Content-Type: application/json' \\",
    `  -d '${text}'`,
  ].join('\n');
}

/** Arguments that most likely fit a schema: its required members, each with a plain value. */
function exampleOf(schema: JsonObject): JsonObject {
  const members = objectOf(schema.properties);
  const required = Array.isArray(schema.required) ? schema.required.map(String) : [];
  return Object.fromEntries(
    required.map((member) => [member, valueFor(objectOf(members[member]))]),
  );
}

function valueFor(schema: JsonObject): Json {
  const [choice] = Array.isArray(schema.enum) ? schema.enum : [];
  if (choice !== undefined) return choice;
  if (schema.default !== undefined) return schema.default;
  switch (schema.type) {
    case 'number':
    case 'integer':
      return typeof schema.minimum === 'number' ? Math.ceil(schema.minimum) : 1;
    case 'boolean':
      return true;
    case 'array':
      return [];
    case 'object':
      return exampleOf(schema);
    default:
      return '…';
  }
}

const objectOf = (value: Json | undefined): JsonObject =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {};

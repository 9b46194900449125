import fastifySwagger from '@fastify/swagger';
import fastifySwaggerUi from '@fastify/swagger-ui';
import { Problem } from '@wheelhouse/core';
import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import { file_types } from './files.ts';
import type { Route } from './route.ts';
import { version } from './version.ts';

/** The API's own description (OpenAPI 3.1), made from the route table: the same schemas that check
 *  requests, so it cannot tell another story than the server. Its paths are worked out when somebody
 *  reads them: measured, they were a third of what starting a server takes. */
export function describe(table: Route[]): Record<string, unknown> {
  let paths: Paths | undefined;
  return {
    openapi: '3.1.0',
    info: {
      title: 'Wheelhouse',
      version,
      description:
        'Gates, cases and the record. Errors are problem documents (RFC 9457) with a stable code.',
    },
    components: {
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'wheelhouse_session' },
      },
      schemas: { Problem: shape(Problem, 'output') },
    },
    security: [{ key: [] }, { session: [] }],
    get paths() {
      paths ??= pathsOf(table);
      return paths;
    },
  };
}

type Paths = Record<string, Record<string, unknown>>;
function pathsOf(table: Route[]): Paths {
  const paths: Paths = {};
  for (const row of table) {
    const path = `/api/v1${row.path.replaceAll(/:(\w+)/g, '{$1}')}`;
    paths[path] ??= {};
    paths[path][row.method.toLowerCase()] = operation(row);
  }
  return paths;
}

const shape = (schema: z.ZodType, io: 'input' | 'output') => {
  const { $schema: _s, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    target: 'draft-2020-12',
  }) as Record<string, unknown>;
  return rest;
};

function operation(row: Route): Record<string, unknown> {
  const status = String(row.status ?? (row.response ? 200 : 204));
  const success = row.response
    ? {
        description: 'Done',
        content: { [row.media ?? 'application/json']: { schema: shape(row.response, 'output') } },
      }
    : row.streams
      ? {
          description: 'A stream of server-sent events',
          content: { 'text/event-stream': { schema: { type: 'string' } } },
        }
      : { description: 'Done' };
  const problem = {
    description: 'A problem',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
  const noun = row.path.split('/')[1] ?? '';
  const body = row.described_body ?? row.body;
  const form = row.takes_form ? { requestBody: { required: true, content: file_form } } : {};
  return {
    operationId: `${row.method.toLowerCase()}${row.path.replaceAll(/[/:]+(\w)/g, (_all, letter: string) => letter.toUpperCase())}`,
    summary: row.summary,
    tags: [noun],
    'x-permission': row.action,
    ...(row.action === 'public' ? { security: [] } : {}),
    parameters: [...parametersOf(row.params, 'path'), ...parametersOf(row.query, 'query')],
    ...(body ? { requestBody: { content: bodyContent(row, shape(body, 'input')) } } : {}),
    ...(row.takes_files ? { requestBody: { content: file_content } } : {}),
    ...form,
    responses: { [status]: success, default: problem },
  };
}

const file = { schema: { type: 'string', format: 'binary' } };
const file_content = Object.fromEntries(file_types.map((type) => [type, file]));
const file_form = {
  'multipart/form-data': {
    schema: {
      type: 'object',
      properties: { file: { type: 'string', format: 'binary' }, id: { type: 'string' } },
      required: ['file'],
    },
  },
};

const bodyContent = (row: Route, schema: object) => ({
  'application/json': { schema },
  ...(row.takes_lines ? { 'application/x-ndjson': { schema: { type: 'string' } } } : {}),
});

function parametersOf(schema: z.ZodType | undefined, place: 'path' | 'query') {
  if (!schema) return [];
  const { properties = {}, required = [] } = shape(schema, 'input') as {
    properties?: Record<string, object>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, described]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: described,
  }));
}

/** Serves the description at /api/openapi.json and readable pages at /api/docs. */
export async function openapi(server: FastifyInstance, table: Route[]): Promise<void> {
  const document = describe(table);
  await server.register(fastifySwagger, {
    mode: 'static',
    specification: { document: document as never },
  });
  await server.register(fastifySwaggerUi, { routePrefix: '/api/docs', staticCSP: true });
  server.get('/api/openapi.json', async () => document);
}

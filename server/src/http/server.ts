import { Readable } from 'node:stream';
import fastifyCookie from '@fastify/cookie';
import fastifyCors from '@fastify/cors';
import fastifyHelmet from '@fastify/helmet';
import fastifyRateLimit from '@fastify/rate-limit';
import { type Customer, type Principal, refuse } from '@wheelhouse/core';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { validatorCompiler } from 'fastify-type-provider-zod';
import { namingOwner } from '../actions/naming.ts';
import { onlyOnce } from '../actions/once.ts';
import { authorise } from '../actions/permission.ts';
import { visitorOf } from '../actions/visitor.ts';
import type { Ports } from '../ports.ts';
import { chatStreams } from '../realtime/chats.ts';
import { eventStreams } from '../realtime/stream.ts';
import type { App } from './app.ts';
import { readBodies } from './body.ts';
import { demoShop } from './demo.ts';
import { sendProblem } from './errors.ts';
import { form_bytes, isForm } from './file-form.ts';
import { fileKindOf, takeFiles } from './files.ts';
import { health } from './health.ts';
import { checkKey, requestDigest } from './idempotency.ts';
import type { Identify } from './identify.ts';
import { type Admit, admission, tooMany } from './limits.ts';
import { methodsOf } from './methods.ts';
import { openapi } from './openapi.ts';
import { checkOrigin, crossOrigin, widgetOrigin } from './origin.ts';
import type { Route } from './route.ts';
import { routeTable } from './routes.ts';
import { site } from './site.ts';
import { answerUnasked, arrival, dismissal } from './unreadable.ts';

declare module 'fastify' {
  interface FastifyRequest {
    by: Principal | null;
    customer: Customer | null;
  }
}

const api = '/api/v1';

/** The HTTP server over one app: the route table, sign-in, limits, problems, the API's own
 *  description, and the web app's files. */
export async function createServer(app: App, identify: Identify): Promise<FastifyInstance> {
  // Made from the ports each time: a count of the server's own would outlive a simulated run.
  const newId = () => app.ports.makeId('delivery', app.ports.clock.now()).replace('del_', 'req_');
  const dismiss = dismissal(app.ports, newId);
  const server = fastify({
    ...arrival(dismiss),
    bodyLimit: app.config.body_limit,
    logger: app.config.log === 'silent' ? false : { level: app.config.log },
    genReqId: newId,
    forceCloseConnections: true,
    frameworkErrors: (_thrown, request, reply) =>
      sendProblem(
        refuse('malformed', { path: request.url.slice(0, 200) }, 'The address is not well formed.'),
        request as FastifyRequest,
        reply as FastifyReply,
      ),
    trustProxy: app.config.trusted_proxies ?? false,
    routerOptions: { maxParamLength: 500 },
  });
  server.setErrorHandler((thrown, request, reply) => sendProblem(thrown, request, reply));
  server.setValidatorCompiler(validatorCompiler);
  server.setSerializerCompiler(() => JSON.stringify);
  readBodies(server);
  takeFiles(server);
  answerUnasked(server, dismiss);
  server.decorateRequest('by', null);
  server.decorateRequest('customer', null);
  await server.register(fastifyCookie);
  await server.register(fastifyHelmet, { ...helmet_options, global: false });
  // Helmet words its headers anew for every answer; what the API sends is data, to which little of
  // it applies, and that is always the same.
  server.addHook('onRequest', async (request, reply) => {
    if (!request.headers.host && request.raw.httpVersion === '1.1') throw hostMissing();
    if (request.url.startsWith(`${api}/`)) reply.headers(data_headers);
    else await reply.helmet();
  });
  await server.register(fastifyRateLimit, {
    max: app.config.rate_limit,
    timeWindow: 60_000,
    keyGenerator: (request) => request.ip,
    errorResponseBuilder: tooMany,
  });
  const admit = admission(server, identify, app.config.rate_limit);
  const streams = eventStreams(app, (by) => identify.stillAllowed(by));
  const chats = chatStreams(app);
  const table = routeTable(app, identify, streams, chats);
  await openapi(server, table);
  await mountTable(server, app, table, admit);
  // Where monitors look by themselves; the same row, with the same permission.
  for (const row of table) if (row.path === '/metrics') mount(server, app, row, admit);
  health(server, app);
  demoShop(server, app);
  const beside = ['/health', '/health/ready', '/api/openapi.json'];
  const addresses = [
    ...table.map((row) => ({ ...row, path: `${api}${row.path}` })),
    ...beside.map((path) => ({ method: 'GET' as const, path })),
  ];
  await site(server, methodsOf(addresses));
  server.addHook('preClose', async () => {
    streams.close();
    chats.close();
  });
  return server;
}

/** The table below its prefix: the widget's rows for every origin, the others for those allowed. */
async function mountTable(server: FastifyInstance, app: App, table: Route[], admit: Admit) {
  await server.register(
    async (scope) => {
      if (app.config.allowed_origins.length) {
        await scope.register(fastifyCors, crossOrigin(app.config));
      }
      for (const row of table) if (!forPages(row)) mount(scope, app, row, admit);
    },
    { prefix: api },
  );
  await server.register(
    async (scope) => {
      await scope.register(fastifyCors, widgetOrigin);
      for (const row of table.filter(forPages)) {
        mount(scope, app, { ...row, path: row.path.slice(pages.length) }, admit);
      }
    },
    { prefix: `${api}${pages}` },
  );
}

/** What the widget calls, from whatever page it stands in, is below this; all else is for who is let
 *  in by name. */
const pages = '/chat';
const forPages = ({ action, any_origin = false }: Route) => action === 'visitor' || any_origin;

/** @throws Refusal unauthenticated */
async function customerOf(ports: Ports, { headers }: FastifyRequest): Promise<Customer> {
  const token = /^Bearer (wv_\S+)$/i.exec(headers.authorization ?? '')?.[1];
  const customer = token ? await visitorOf(ports, token) : null;
  if (!customer) throw refuse('unauthenticated', {}, 'This visitor is not known here, or no more.');
  return customer;
}

const hostMissing = () =>
  refuse('malformed', { errors: [{ field: 'Host', message: 'is needed' }] }, 'Host: is needed');

const data_headers = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

const helmet_options = {
  contentSecurityPolicy: {
    directives: {
      defaultSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      // What was fetched with the right to it is drawn from memory.
      imgSrc: ["'self'", 'data:', 'blob:'],
      mediaSrc: ["'self'", 'blob:'],
      connectSrc: ["'self'"],
      objectSrc: ["'none'"],
      frameAncestors: ["'none'"],
      // The server speaks plain HTTP on loopback; a proxy that adds TLS upgrades by itself.
      upgradeInsecureRequests: null,
    },
  },
  strictTransportSecurity: false,
} as const;

function mount(server: FastifyInstance, app: App, row: Route, admit: Admit): void {
  if (!row.action) throw new Error(`${row.method} ${row.path} declares no permission`);
  const { params, query, body } = row;
  const handle = handlerOf(app, row);
  server.route({
    method: row.method,
    url: row.path,
    schema: {
      ...(params ? { params } : {}),
      ...(query ? { querystring: query } : {}),
      ...(body ? { body } : {}),
    },
    ...(row.takes_form ? { bodyLimit: app.config.files.bytes + form_bytes } : {}),
    config: limitOf(row),
    exposeHeadRoute: !row.streams,
    // Who asks is settled before the body is read, so strangers cannot make us parse.
    onRequest: async (request, reply) => {
      if ((!row.takes_lines && isLines(request)) || (!row.takes_form && isForm(request))) {
        throw refuse('unsupported_media_type', {}, 'Send JSON (application/json).');
      }
      if (!row.takes_files && fileKindOf(request)) {
        throw refuse('unsupported_media_type', {}, 'Send JSON (application/json).');
      }
      if (row.action === 'visitor') request.customer = await customerOf(app.ports, request);
      else if (row.action === 'public') {
        if (!row.any_origin) checkOrigin(app.config, request);
      } else authorise(await admit(request, reply), row.action);
    },
    handler: (request, reply) => namingOwner(app.ports, request.by, () => handle(request, reply)),
    ...(row.method === 'GET' ? {} : { onResponse: timer(app, row.action) }),
  });
}

/** Rows that ask who is there count that themselves, once they know; the others count addresses. */
function limitOf({ action, tight_limit }: Route) {
  if (tight_limit === undefined) return action === 'public' ? {} : { rateLimit: false as const };
  const keyGenerator = (request: FastifyRequest) => request.ip;
  return { rateLimit: { max: tight_limit, timeWindow: 60_000, keyGenerator } };
}

const isLines = ({ headers }: FastifyRequest) =>
  /^application\/x-ndjson/i.test(headers['content-type'] ?? '');

/** Notes how long an act took. What is only read may wait for something to happen, so it says
 *  nothing about the server. */
const timer =
  (app: App, action: Route['action']) => async (request: FastifyRequest, reply: FastifyReply) => {
    if (request.by) app.metrics?.time(request.by, action, reply.statusCode, reply.elapsedTime);
  };

/** Answers a row's requests; one with an Idempotency-Key is done once, unless the action sees to it. */
function handlerOf(app: App, row: Route) {
  const status = row.status ?? (row.response ? 200 : 204);
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const by = request.by as Principal;
    const once = onceOf(request, row);
    reply.code(status);
    const { params, query, body } = request;
    const run = async (ports: Ports) => {
      const ask = { by, ports, params, query, body, once, request, reply };
      return (await row.handle(ask as never)) ?? null;
    };
    if (!once || row.keeps_key) {
      const response = await run(app.ports);
      return row.streams ? reply : response;
    }
    const asked = { ...once, address: request.url };
    const done = await onlyOnce(app.ports, by, asked, async (ports) => {
      const response = await run(ports);
      return {
        status: reply.statusCode,
        response,
        kept: withoutSecret(response, row.shown_once),
      };
    });
    return reply.code(done.status).send(done.response);
  };
}

/** The Idempotency-Key of a write, with the digest of what it stands for. */
function onceOf(request: FastifyRequest, { method }: Route) {
  const header = request.headers['idempotency-key'];
  if (method === 'GET' || typeof header !== 'string' || !request.by) return undefined;
  const body = request.body instanceof Readable ? undefined : request.body;
  return { key: checkKey(header), request: requestDigest(method, request.url, body) };
}

/** What is kept of an answer: a secret that is stored only as a hash must not lie about in plain. */
function withoutSecret(response: unknown, secret: string | undefined): unknown {
  if (!secret || response === null || typeof response !== 'object') return response;
  return Object.fromEntries(Object.entries(response).filter(([field]) => field !== secret));
}

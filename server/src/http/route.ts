import type { Principal } from '@wheelhouse/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type * as z from 'zod';
import type { ActionName } from '../actions/permission.ts';
import type { Ports } from '../ports.ts';

/** What a handler gets: who asks, and what was asked, already checked. */
export interface Ask<Params, Query, Body> {
  by: Principal;
  /** What a write acts by. Under an Idempotency-Key that the server keeps, its transactions are parts
   *  of the one that keeps the answer too. */
  ports: Ports;
  params: Params;
  query: Query;
  body: Body;
  /** The Idempotency-Key and the digest of the request, for actions that keep it themselves. */
  once: { key: string; request: string } | undefined;
  request: FastifyRequest;
  reply: FastifyReply;
}

/** One row of the route table. `action` names its permission; 'public' needs no sign-in, and says
 *  so in the row; 'visitor' is for a customer, by the token that their browser was given. A route without one does not start. */
export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below /api/v1. */
  path: string;
  action: ActionName | 'public' | 'visitor';
  summary: string;
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  /** What the description says of a body that the handler checks itself. */
  described_body?: z.ZodType;
  /** What comes back; undefined is 204. */
  response?: z.ZodType;
  /** What the response is written as; JSON otherwise. */
  media?: string;
  /** The status of success; 200 with a response, 204 without. */
  status?: number;
  /** The action keeps the Idempotency-Key in its own transaction, or it is not kept at all; else the
   *  server keeps it, with what the action does by the ports it is handed. */
  keeps_key?: boolean;
  /** The field of the answer that is a secret, shown once: it is left out of what is kept for an
   *  Idempotency-Key, so a replay answers without it. */
  shown_once?: string;
  /** The body may be NDJSON, which the handler then reads as a stream. */
  takes_lines?: boolean;
  /** The body is a file (Markdown, HTML, CSV, PDF), which the handler reads as a stream. */
  takes_files?: boolean;
  /** The body is a form with a file (multipart/form-data), as large as the settings let files be. */
  takes_form?: boolean;
  /** The handler writes to `reply.raw` itself (streams). */
  streams?: boolean;
  /** Of a public one: pages of any origin may call it. */
  any_origin?: boolean;
  /** Requests a minute from one address, for routes that guess-work must not reach. */
  tight_limit?: number;
  handle(ask: Ask<never, never, never>): Promise<unknown>;
}

type Given<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

/** Writes a row of the route table with its handler's types taken from its schemas. */
export function route<
  Params extends z.ZodType | undefined = undefined,
  Query extends z.ZodType | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
>(
  row: Omit<Route, 'handle' | 'params' | 'query' | 'body'> & {
    params?: Params;
    query?: Query;
    body?: Body;
    handle(ask: Ask<Given<Params>, Given<Query>, Given<Body>>): Promise<unknown>;
  },
): Route {
  return row as Route;
}

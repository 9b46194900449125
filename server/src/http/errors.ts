import { invalid, isRefusal, type Problem, type Refusal, refuse } from '@wheelhouse/core';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type * as z from 'zod';
import { speakPlainly } from './field-faults.ts';

speakPlainly();

const titles: Record<number, string> = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  408: 'Too slow',
  409: 'Conflict',
  410: 'Gone',
  413: 'Too large',
  415: 'Unsupported media type',
  422: 'Not valid',
  429: 'Too many requests',
  431: 'Headers too large',
  500: 'Internal error',
  503: 'Unavailable',
};

/** The problem document of a refusal (RFC 9457); its facts stand beside the standard members. */
export const problemOf = (refusal: Refusal, request_id: string): Problem => ({
  ...refusal.facts,
  type: `urn:wheelhouse:problem:${refusal.code}`,
  title: titles[refusal.status] ?? 'Error',
  status: refusal.status,
  code: refusal.code,
  detail: refusal.message,
  request_id,
});

/** One issue of a schema, as the validator hands it on: its code is the keyword. */
interface Fault {
  keyword?: string;
  instancePath?: string;
  message?: string;
  params?: { keys?: string[] };
}

/** Whatever was thrown, as a refusal. Only what we did not foresee becomes `internal`. */
export function refusalOf(thrown: unknown, body_limit?: number): Refusal {
  if (isRefusal(thrown)) return thrown;
  const error = thrown as Partial<FastifyError> & {
    validation?: Fault[];
    validationContext?: string;
  };
  if (error.validation) return fieldsRefusal(error.validation, error.validationContext);
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return tooLarge(body_limit);
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return refuse('unsupported_media_type');
    default:
  }
  if (error.statusCode === 429) return refuse('too_many_requests');
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return refuse('malformed', {}, error.message);
  }
  const refusal = refuse('internal');
  refusal.cause = thrown;
  return refusal;
}

/** Says how much would have been taken, so that a program can cut its work to size. */
function tooLarge(limit_bytes: number | undefined): Refusal {
  if (limit_bytes === undefined) return refuse('too_large');
  const limit = `${limit_bytes.toLocaleString('en')} bytes`;
  const message = `at most ${limit}`;
  return refuse(
    'too_large',
    { limit_bytes, errors: [{ field: 'body', message }] },
    `The body is over ${limit}, the most this server takes at once. Many outputs go as NDJSON, which has no such limit.`,
  );
}

/** Names what was not found by the place in the address that named it, or else by its own name. */
function namingTheMissing(refusal: Refusal, params: unknown): Refusal {
  if (refusal.code !== 'not_found' || refusal.facts.errors) return refusal;
  const fact = Object.entries(refusal.facts).find(([, value]) => typeof value === 'string');
  if (!fact || fact[0] === 'path') return refusal;
  const [name, value] = fact;
  const place = Object.entries(params ?? {}).find(([, given]) => given === value)?.[0];
  const noun = name.replace(/_id$/, '').replaceAll('_', ' ');
  const errors = [{ field: place ?? name, message: `there is no ${noun} "${value}"` }];
  const words = `There is no ${noun} "${value}" here.`;
  return refuse('not_found', { ...refusal.facts, errors }, words);
}

/** Names each wrong field by its dotted path; an unknown field is named itself. */
function fieldsRefusal(faults: Fault[], context = 'body'): Refusal {
  const errors = faults.flatMap(({ keyword, instancePath = '', message = '', params }) => {
    const path = instancePath.split('/').filter(Boolean);
    if (keyword === 'unrecognized_keys' && params?.keys) {
      return params.keys.map((key) => ({
        field: [...path, key].join('.'),
        message: 'is not a known field',
      }));
    }
    return [{ field: path.join('.') || context, message }];
  });
  const detail = errors.map(({ field, message }) => `${field}: ${message}`).join('; ');
  return refuse('invalid', { errors: errors.slice(0, 50) }, detail.slice(0, 2_000));
}

/** Sends a problem document; what is our own fault goes to the log with its cause. */
export function sendProblem(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const limit = request.routeOptions?.bodyLimit;
  const refusal = namingTheMissing(refusalOf(thrown, limit), request.params);
  if (refusal.status >= 500) {
    request.log.error({ err: refusal.cause ?? refusal, request_id: request.id }, refusal.message);
  }
  const { retry_after_ms } = refusal.facts;
  if (refusal.status === 503) reply.header('retry-after', '1');
  if (typeof retry_after_ms === 'number') {
    reply.header('retry-after', String(Math.max(1, Math.ceil(retry_after_ms / 1_000))));
  }
  void reply
    .code(refusal.status)
    .type('application/problem+json')
    .serializer(JSON.stringify as never)
    .send(problemOf(refusal, request.id));
}

/** Zod's issues as field faults; an unknown field is named itself. */
export function faultsOf(error: z.ZodError) {
  return invalid(
    ...error.issues.slice(0, 50).flatMap((issue) => {
      const path = issue.path.map(String);
      if (issue.code === 'unrecognized_keys') {
        return issue.keys.map((key) => ({
          field: [...path, key].join('.'),
          message: 'is not a known field',
        }));
      }
      return [{ field: path.join('.') || 'body', message: issue.message }];
    }),
  );
}

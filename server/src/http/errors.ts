import { isRefusal, type Problem, type Refusal, refuse } from '@wheelhouse/core';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';

const titles: Record<number, string> = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  410: 'Gone',
  413: 'Too large',
  415: 'Unsupported media type',
  422: 'Not valid',
  429: 'Too many requests',
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
export function refusalOf(thrown: unknown): Refusal {
  if (isRefusal(thrown)) return thrown;
  const error = thrown as Partial<FastifyError> & {
    validation?: Fault[];
    validationContext?: string;
  };
  if (error.validation) return fieldsRefusal(error.validation, error.validationContext);
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return refuse('too_large');
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return refuse('unsupported_media_type');
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return refuse(
        'malformed',
        { errors: [{ field: 'body', message: 'is empty' }] },
        'The body is empty.',
      );
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
      return malformed(error.message ?? '');
    default:
  }
  if (thrown instanceof SyntaxError && error.statusCode === 400)
    return malformed(error.message ?? '');
  if (error.statusCode === 429) return refuse('too_many_requests');
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return refuse('malformed', {}, error.message);
  }
  const refusal = refuse('internal');
  refusal.cause = thrown;
  return refusal;
}

const malformed = (message: string) =>
  refuse(
    'malformed',
    { errors: [{ field: 'body', message: 'is not JSON' }] },
    `The body is not JSON: ${message}`,
  );

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
  const refusal = refusalOf(thrown);
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

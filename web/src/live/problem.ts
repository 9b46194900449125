import type { FieldFault, Problem } from '@wheelhouse/core';

/** A refusal as the server gives it (RFC 9457), or a failure to reach it (`unreachable`).
 *  Branch on `code`; show `detail`; other members of the document are in `facts`. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly request_id: string | null;
  readonly errors: FieldFault[];
  readonly facts: Record<string, unknown>;

  constructor(problem: Partial<Problem> & Record<string, unknown>, options?: ErrorOptions) {
    const { type: _type, title, status, code, detail, request_id, errors, ...facts } = problem;
    super(detail ?? title ?? 'The request failed.', options);
    this.name = 'ApiProblem';
    this.status = status ?? 0;
    this.code = code ?? 'unknown';
    this.title = title ?? 'The request failed.';
    this.detail = detail ?? this.title;
    this.request_id = request_id ?? null;
    this.errors = errors ?? [];
    this.facts = facts;
  }

  /** What is wrong with one field, by its dotted path. */
  fault(field: string): string | undefined {
    return this.errors.find((error) => error.field === field)?.message;
  }
}

export const isProblem = (thrown: unknown, code?: string): thrown is ApiProblem =>
  thrown instanceof ApiProblem && (code === undefined || thrown.code === code);

/** The server could not be asked, so nothing is known to have changed; asking again is safe. */
export const unreachable = (cause: unknown): ApiProblem =>
  new ApiProblem(
    {
      code: 'unreachable',
      title: 'The server cannot be reached.',
      detail: 'The server cannot be reached. Check the connection, then try again.',
    },
    { cause },
  );

/** Worth asking again by itself: the network, or a server that is starting or overloaded. */
export const isPassing = (thrown: unknown): boolean =>
  isProblem(thrown) && [0, 502, 503, 504].includes(thrown.status);

/** One thing of many that is refused is passed over; a server that is away is not. */
export const notToBeHad = (problem: unknown): false => {
  if (isProblem(problem) && [403, 404, 409].includes(problem.status)) return false;
  throw problem;
};

/** Any thrown thing as one sentence for a person. */
export const sentenceOf = (thrown: unknown): string =>
  isProblem(thrown) ? thrown.detail : 'Something went wrong in this page. Reload it to go on.';

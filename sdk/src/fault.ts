import {
  type FieldFault,
  type Outcome,
  type Problem,
  type RefusalCode,
  refusals,
} from '@wheelhouse/core';

/** What the server refused, or what kept it from answering. `code` is stable; branch on it. */
export class WheelhouseError extends Error {
  /** A refusal's code (the server's), or one of ours: `unreachable`, `timeout`, `unverified`. */
  readonly code: RefusalCode | (string & {});
  /** HTTP status; 0 when there was no answer at all. */
  readonly status: number;
  /** Each wrong field, when the input was at fault. */
  readonly errors: FieldFault[];
  /** The problem document's other members (RFC 9457), such as `request_id`. */
  readonly facts: Record<string, unknown>;

  constructor(
    code: string,
    status: number,
    message = '',
    facts: Record<string, unknown> = {},
    cause?: unknown,
  ) {
    super(message || (refusals[code as RefusalCode]?.[1] ?? code), { cause });
    this.name = 'WheelhouseError';
    this.code = code;
    this.status = status;
    this.errors = Array.isArray(facts.errors) ? (facts.errors as FieldFault[]) : [];
    this.facts = facts;
  }

  /** Of `wheel_taken`: who has the wheel, a member by name. */
  get owner(): Problem['owner'] {
    return this.facts.owner as Problem['owner'];
  }

  /** Whether the same request may do better in a moment. Sent again it carries the same id or
   *  Idempotency-Key, so that it does nothing twice. */
  get passing(): boolean {
    if (this.code === 'unreachable' || this.facts.under_way === true) return true;
    return this.status === 429 || (this.status >= 502 && this.status <= 504);
  }
}

export type Denial = 'rejected' | 'expired' | 'blocked' | 'cancelled';

/** A guarded call that may not run: a person said no, nobody came in time, the gate blocked it, or
 *  it was withdrawn. `outcome` tells which. */
export class NotApproved extends WheelhouseError {
  readonly outcome: Denial;
  readonly output_id: string;
  /** Why, in the words of whoever decided. */
  readonly reason: string | undefined;
  /** Who decided. */
  readonly by: string;

  constructor(output_id: string, { status, reason, by }: Outcome) {
    const words = reason ? `${status}: ${reason}` : status;
    super('not_approved', 409, words, { outcome: status, output_id, reason, by });
    this.name = 'NotApproved';
    this.outcome = status as Denial;
    this.output_id = output_id;
    this.reason = reason;
    this.by = by;
  }
}

/** The error of an answer that is no success. */
export async function faultOf(response: Response): Promise<WheelhouseError> {
  const said = await response.text();
  let facts: Record<string, unknown> = {};
  try {
    facts = JSON.parse(said) as Record<string, unknown>;
  } catch {
    // A proxy in between answers in words of its own; the status is all there is to go by.
  }
  const { status } = response;
  const code = typeof facts.code === 'string' ? facts.code : 'unknown';
  const words =
    typeof facts.detail === 'string'
      ? facts.detail
      : `The answer was ${status}: ${said.slice(0, 200)}`;
  const seconds = Number(response.headers.get('retry-after') ?? 0);
  const retry_after_ms = seconds > 0 ? seconds * 1_000 : undefined;
  return new WheelhouseError(code, status, words, { ...facts, retry_after_ms });
}

import type { FieldFault } from '@wheelhouse/core';

/** What the server refused, or what kept it from answering. `code` is stable; branch on it. */
export class WheelhouseError extends Error {
  readonly code: string;
  /** HTTP status; 0 when there was no answer at all. */
  readonly status: number;
  /** Each wrong field, when the input was at fault. */
  readonly errors: FieldFault[];
  /** The problem document's other members. */
  readonly facts: Record<string, unknown>;

  constructor(code: string, status: number, message: string, facts: Record<string, unknown> = {}) {
    super(message);
    this.name = 'WheelhouseError';
    this.code = code;
    this.status = status;
    this.errors = Array.isArray(facts.errors) ? (facts.errors as FieldFault[]) : [];
    this.facts = facts;
  }
}

/** A guarded call that may not run: a person said no, nobody came in time, or the gate blocked it. */
export class NotApproved extends WheelhouseError {
  /** `rejected`, `expired`, `blocked` or `cancelled`. */
  readonly outcome: string;
  readonly output_id: string;

  constructor(outcome: string, output_id: string, reason: string | undefined) {
    super('not_approved', 409, reason ? `${outcome}: ${reason}` : outcome, { outcome, output_id });
    this.name = 'NotApproved';
    this.outcome = outcome;
    this.output_id = output_id;
  }
}

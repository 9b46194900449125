/**
 * Every refusal: its HTTP status and the sentence a person reads. A refusal means that the caller
 * can act on it; a bug is an assertion. Nothing else is thrown on purpose.
 */
export const refusals = {
  malformed: [400, 'The request could not be read.'],
  invalid: [422, 'Some fields are not as they should be.'],
  unauthenticated: [401, 'Sign in, or send a key as "Authorization: Bearer <key>".'],
  forbidden: [403, 'Your role or key does not allow this.'],
  not_found: [404, 'There is nothing here by that name.'],
  method_not_allowed: [405, 'This address does not answer that method.'],
  too_slow: [408, 'The request did not arrive whole in time. Send it again.'],
  headers_too_large: [431, 'The address and headers are over 16 KiB, the most this server reads.'],
  too_large: [413, 'The body is larger than this server takes.'],
  unsupported_media_type: [415, 'Send JSON (application/json) or NDJSON (application/x-ndjson).'],
  too_many_requests: [429, 'Too many requests. Wait, then try again.'],
  unavailable: [503, 'The database did not answer in time. Nothing was changed; try again.'],
  internal: [500, 'Something is wrong on our side. The request id finds it in the log.'],
  key_reused: [409, 'This Idempotency-Key was used before with another body.'],
  id_taken: [409, 'This id already stands for something else.'],
  name_taken: [409, 'This name is taken.'],
  no_promise: [409, 'This gate makes no promise. Choose the mode “guaranteed” first.'],
  no_version: [
    409,
    'No version is open at this gate, so an override would be of none. Submit an output.',
  ],
  lease_lost: [409, 'The case is no longer held under this lease.'],
  held_by_other: [409, 'Someone else holds this case.'],
  bot_stopped: [409, 'This assistant is stopped. A lead can let it go on.'],
  nobody_hears: [409, 'No other member has the wheel here, so nobody would hear a whisper.'],
  wheel_not_held: [409, 'Take the wheel of this conversation first.'],
  wheel_taken: [409, 'Someone else has the wheel of this conversation.'],
  merged: [409, 'This conversation was merged into another one. Go on there.'],
  already_answered: [409, 'You have already answered this case.'],
  already_resolved: [409, 'This case was decided already.'],
  preference_over: [409, 'This is no longer asked: it was answered, or the conversation went on.'],
  not_ended: [409, 'This conversation goes on. It is rated when it has ended.'],
  own_request: [409, 'Whoever asked for it cannot decide it.'],
  not_eligible: [403, 'This case asks for another role.'],
  stale: [409, 'What was shown has changed since. Look again before deciding.'],
  already_claimed: [409, 'The right to act on this was used already.'],
  already_reported: [409, 'What came of this was reported already, and otherwise.'],
  not_decided: [409, 'Nobody has decided this yet.'],
  undo_open: [409, 'This was decided and can still be undone. Try again when that time is over.'],
  not_approved: [409, 'This was not approved, so nothing may run.'],
  integrity: [409, 'The stored bytes are not those that were approved. Nothing may run.'],
  too_late: [409, 'The effect has left, so it cannot be undone. A lead can correct it.'],
  already_member: [409, 'This person is a member here already.'],
  last_admin: [409, 'A workspace keeps at least one admin.'],
  link_spent: [410, 'This link was used or is too old. Ask for a new one.'],
  webhook_off: [409, 'This webhook is off or gone, so nothing is sent to it. Turn it on first.'],
  forbidden_address: [422, 'This address is not public, so the server does not call it.'],
  training_stopped: [409, 'The training was stopped before it was done. No model was made.'],
  erased: [410, 'The content of this was erased.'],
  resync: [410, 'The cursor is too old. Fetch afresh, then follow from now.'],
} as const satisfies Record<string, readonly [number, string]>;

export type RefusalCode = keyof typeof refusals;

/** One field that is wrong: where (a dotted path) and what is expected. */
export interface FieldFault {
  field: string;
  message: string;
}

export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly status: number;
  readonly facts: Record<string, unknown>;

  constructor(code: RefusalCode, facts: Record<string, unknown> = {}, detail?: string) {
    super(detail ?? refusals[code][1]);
    this.name = 'Refusal';
    this.code = code;
    this.status = refusals[code][0];
    this.facts = facts;
  }
}

/** A refusal to throw. `facts` are data for the caller; `detail` replaces the standard sentence. */
export const refuse = (code: RefusalCode, facts?: Record<string, unknown>, detail?: string) =>
  new Refusal(code, facts, detail);

/** The refusal of input, naming each wrong field. */
export const invalid = (...errors: FieldFault[]): Refusal =>
  new Refusal(
    'invalid',
    { errors },
    errors.map(({ field, message }) => `${field}: ${message}`).join('; '),
  );

export const isRefusal = (thrown: unknown): thrown is Refusal => thrown instanceof Refusal;

/** States a fact that only a bug of ours can make false. */
export function assert(fact: unknown, sentence: string): asserts fact {
  if (!fact) throw new Error(`assertion failed: ${sentence}`);
}

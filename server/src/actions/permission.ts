import { atLeast, type Principal, type Role, refuse } from '@wheelhouse/core';

/** Every action there is, and the least role that may do it. One word pair is its name everywhere:
 *  route, permission, SDK method, and, in the past tense, its event. */
export const permissions = {
  'outputs.submit': 'reviewer',
  'outputs.read': 'viewer',
  'outputs.claim': 'reviewer',
  'outputs.report': 'reviewer',
  'outputs.cancel': 'reviewer',
  'outputs.give_feedback': 'viewer',
  'outputs.erase': 'admin',
  'cases.open': 'reviewer',
  'cases.read': 'viewer',
  'cases.claim': 'reviewer',
  'cases.answer': 'reviewer',
  'cases.undo': 'reviewer',
  'cases.correct': 'lead',
  'cases.note': 'reviewer',
  'cases.assign': 'lead',
  'cases.erase': 'admin',
  'conversations.open': 'reviewer',
  'conversations.read': 'viewer',
  'conversations.take': 'reviewer',
  'conversations.hand_back': 'reviewer',
  'conversations.hand_off': 'reviewer',
  'conversations.resolve': 'reviewer',
  'conversations.merge': 'reviewer',
  'conversations.change': 'reviewer',
  'conversations.snooze': 'reviewer',
  'conversations.unsnooze': 'reviewer',
  'conversations.look': 'reviewer',
  'conversations.whisper': 'lead',
  'conversations.erase': 'admin',
  'contacts.read': 'viewer',
  'contacts.change': 'reviewer',
  'contacts.erase': 'admin',
  'messages.send': 'reviewer',
  'files.erase': 'admin',
  'messages.translate': 'reviewer',
  'bots.read': 'viewer',
  'bots.change': 'builder',
  'bots.try': 'builder',
  'canned_replies.read': 'viewer',
  'canned_replies.change': 'lead',
  'bots.stop': 'lead',
  'bots.resume': 'lead',
  'articles.read': 'viewer',
  'articles.change': 'builder',
  'articles.upload': 'builder',
  'articles.accept': 'lead',
  'articles.remove': 'builder',
  'crawls.start': 'builder',
  'crawls.read': 'viewer',
  'crawls.cancel': 'builder',
  'gates.read': 'viewer',
  'gates.change': 'builder',
  'gates.preview': 'builder',
  'gates.override': 'admin',
  'gates.end_override': 'lead',
  'queues.read': 'viewer',
  'queues.change': 'builder',
  'home.read': 'viewer',
  'live.read': 'lead',
  'reports.read': 'lead',
  'metrics.read': 'viewer',
  'events.read': 'viewer',
  'audit.read': 'lead',
  'webhooks.read': 'builder',
  'webhooks.change': 'admin',
  'webhooks.test': 'admin',
  'keys.read': 'admin',
  'keys.change': 'admin',
  'members.read': 'viewer',
  'members.change': 'admin',
  'members.enable': 'lead',
  'members.reset_password': 'admin',
  'me.read': 'viewer',
  'me.change': 'viewer',
} as const satisfies Record<string, Role>;

export type ActionName = keyof typeof permissions;

/** @throws Refusal forbidden, saying what would be needed */
export function authorise(by: Principal, action: ActionName): void {
  const needs_role = permissions[action];
  if (!atLeast(by.role, needs_role)) {
    throw refuse('forbidden', { action, needs_role }, `${action} needs the role ${needs_role}.`);
  }
  if (!by.scopes || covers(by.scopes, action)) return;
  throw refuse('forbidden', { action, scopes: by.scopes }, `This key is not scoped to ${action}.`);
}

/** Whether scopes hold a name, which is itself or all of its noun. */
const covers = (scopes: string[], name: string): boolean =>
  scopes.includes(name) || scopes.includes(`${name.slice(0, name.indexOf('.'))}.*`);

/** Nobody gives, or takes away, a role above their own.
 *  @throws Refusal forbidden, naming the field */
export function checkReach(by: Principal, role: Role): void {
  if (atLeast(by.role, role)) return;
  const errors = [{ field: 'role', message: `is above yours, which is ${by.role}` }];
  throw refuse('forbidden', { errors }, `role: ${role} is above yours, which is ${by.role}.`);
}

/** A key with scopes lets nobody in who may do more than it: a person has all that the role has.
 *  @throws Refusal forbidden, naming the field */
export function checkGrant(by: Principal, role: Role): void {
  checkReach(by, role);
  const { scopes } = by;
  if (!scopes) return;
  const more = Object.entries(permissions).find(
    ([name, needs]) => atLeast(role, needs) && !covers(scopes, name),
  );
  if (!more) return;
  const errors = [{ field: 'role', message: `may do ${more[0]}, to which this key is not scoped` }];
  throw refuse('forbidden', { errors }, `role: ${role} may do more than this key is scoped to.`);
}

/** A key that a scoped key makes is scoped at least as narrowly.
 *  @throws Refusal forbidden, naming the field */
export function checkNarrower(by: Principal, scopes: string[] | null): void {
  const own = by.scopes;
  if (!own) return;
  const wider = scopes?.find((scope) => !covers(own, scope));
  if (scopes && !wider) return;
  const message = wider
    ? `"${wider}" is not among those of this key`
    : 'are needed, as this key has';
  const errors = [{ field: 'scopes', message }];
  throw refuse('forbidden', { errors, scopes: own }, `scopes: ${message}.`);
}

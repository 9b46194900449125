import type { Event } from '@wheelhouse/core';

type Said = Pick<Event, 'type' | 'data' | 'subject'>;

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value ? value : undefined;
const quoted = (value: unknown, before = ' '): string =>
  text(value) ? `${before}“${String(value)}”` : '';

const verdict_words: Record<string, string> = {
  pass: 'it passed',
  hold: 'it was held',
  block: 'it was blocked',
};
const answer_words: Record<string, string> = {
  submitted: 'answered it',
  skipped: 'skipped it',
  cannot_judge: 'could not judge it',
};
const released_words: Record<string, string> = {
  lapsed: 'saw a hold on the case lapse',
  escalated: 'took the case from its holder, for a higher role to decide',
};
const password_words: Record<string, string> = {
  changed: 'changed their password',
  reset: 'chose a new password by a reset link',
};
const kind_words: Record<string, string> = {
  review: 'a case',
  spot_check: 'a spot check',
  shadow: 'a case without the AI’s answer',
  question: 'a question',
};
const status_words: Record<string, string> = {
  passed: 'let it through',
  approved: 'approved it',
  edited: 'edited it',
  rejected: 'rejected it',
  answered: 'settled it',
  expired: 'let its time run out',
  cancelled: 'withdrew it',
};

type NameOf = (id: string) => string;

const words: Partial<Record<Event['type'], (said: Said, nameOf: NameOf) => string>> = {
  'workspace.created': () => 'made the workspace',
  'output.submitted': ({ data }) =>
    `submitted an output${quoted(data.gate, ' to ')}; ${verdict_words[String(data.verdict)] ?? 'it was judged'}`,
  'output.decided': ({ data }) => `sent the outcome on its way: ${text(data.status) ?? 'decided'}`,
  'output.claimed': () => 'took the one-time right to act on it',
  'output.corrected': ({ data }) =>
    data.claimed
      ? 'let whoever asked know; it had been acted on and is not run again'
      : 'let whoever asked know; nothing had been run',
  'output.cancelled': () => 'withdrew the output',
  'output.feedback_given': ({ data }) => `gave feedback: ${text(data.kind) ?? 'some'}`,
  'output.erased': () => 'erased the output’s content',
  'file.erased': () => 'erased a file that was shared',
  'contact.changed': ({ data: { told, changed } }) =>
    Array.isArray(changed)
      ? `wrote down of a customer: ${changed.join(', ')}`
      : `told of themselves before the chat${Array.isArray(told) ? `: ${told.join(', ')}` : ''}`,
  'conversation.preference_asked': () => 'asked which of two answers is better',
  'conversation.preference_given': ({ data }) =>
    `chose the ${text(data.side) ?? ''} of two answers`,
  'conversation.rated': ({ data }) => `gave the conversation ${String(data.score ?? '')} of 5`,
  'case.opened': ({ data }) =>
    `opened ${kind_words[String(data.kind)] ?? 'a case'}${quoted(data.queue, ' in ')}`,
  'case.claimed': () => 'took the case',
  'case.released': ({ data }) => released_words[String(data.why)] ?? 'gave the case back',
  'case.answered': ({ data }) => answer_words[String(data.status)] ?? 'answered it',
  'case.resolved': ({ data }) => status_words[String(data.outcome)] ?? 'decided it',
  'case.undone': () => 'took the decision back',
  'case.corrected': ({ data }) =>
    `corrected the decision${text(data.outcome) ? `: now ${String(data.outcome)}` : ''}`,
  'case.cancelled': () => 'closed the case without a decision',
  'case.assigned': ({ data }, nameOf) =>
    `gave the case to ${text(data.to) ? nameOf(String(data.to)) : 'nobody'}`,
  'case.noted': () => 'left a note',
  'conversation.erased': () => 'erased the conversation',
  'contact.erased': () => 'erased a customer and every conversation with them',
  'case.erased': () => 'erased the case’s content',
  'case.reminded': () => 'reminded whoever should decide',
  'case.widened': ({ data }) => `let everyone in${quoted(data.queue, ', in ')}`,
  'case.escalated': ({ data }) =>
    `asked for a higher role${text(data.needs_role) ? `: ${String(data.needs_role)}` : ''}`,
  'case.stranded': () => 'found nobody left who could decide it',
  'case.unstranded': () => 'found somebody who can decide it again',
  'conversation.whispered': ({ data }, nameOf) =>
    `whispered to ${text(data.to) ? nameOf(String(data.to)) : 'whoever had the wheel'}`,
  'article.proposed': () => 'answered what the AI could not, which may become an article',
  'conversation.briefed': () => 'briefed whoever takes over',
  'bot.stopped': ({ subject }) => `stopped the AI “${subject}”`,
  'bot.resumed': ({ subject }) => `let the AI “${subject}” go on`,
  'gate.changed': ({ data, subject }) =>
    `saved version ${String(data.policy_version ?? '')} of the gate “${subject}”`,
  'queue.changed': ({ subject }) => `changed the queue “${subject}”`,
  'key.created': ({ data }) => `made a key${text(data.role) ? ` as ${String(data.role)}` : ''}`,
  'key.revoked': () => 'revoked a key',
  'member.invited': ({ data }) =>
    `invited someone${text(data.role) ? ` as ${String(data.role)}` : ''}`,
  'member.uninvited': ({ data }) =>
    data.kind === 'reset' ? 'took a reset link back' : 'took an invitation back',
  'member.joined': ({ data }) => `joined${text(data.role) ? ` as ${String(data.role)}` : ''}`,
  'member.changed': ({ data }) =>
    password_words[String(data.password)] ??
    `changed a member${text(data.role) ? `: now ${String(data.role)}` : ''}`,
  'member.password_reset': () => 'made a link by which a member chooses a new password',
  'member.removed': () => 'removed a member',
  'member.presence_changed': ({ data }) =>
    data.presence === 'away' ? 'said they are away for a while' : 'takes what comes again',
  'member.enabled': () => 'changed what a member takes on',
  'member.away': ({ data }) => (data.away_until ? 'said they are away' : 'came back'),
  'webhook.created': () => 'made a webhook',
  'webhook.changed': () => 'changed a webhook',
  'webhook.removed': () => 'removed a webhook',
  'webhook.tested': () => 'sent a webhook a test',
  'webhook.disabled': () => 'turned a webhook off after it failed for good',
  'delivery.died': () => 'gave a delivery up',
  'delivery.retried': () => 'sent a delivery again',
};

/** What someone did, in words that go on from their name: "submitted an output to “refunds”; it was
 *  held". A type that this page does not know yet is told by its name.
 *  @param nameOf who an id is */
export const eventWords = (said: Said, nameOf: NameOf = () => 'someone'): string =>
  words[said.type]?.(said, nameOf) ?? said.type.replaceAll(/[._]/g, ' ');

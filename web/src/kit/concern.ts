import type { Event, TargetKind } from '@wheelhouse/core';

/** What somebody else did, or time, that concerns whoever is here. */
export interface Concern {
  kind:
    | 'lost'
    | 'whispered'
    | 'offered'
    | 'named'
    | 'written'
    | 'reminded'
    | 'passed'
    | 'broken'
    | 'drafted';
  /** The conversation, or the case, that it is about. */
  subject: string;
  actor: string;
  /** Whether a colleague sent what is offered. */
  sent: boolean;
  target: TargetKind | null;
}

/** @param decides whether they may decide what waits for a person
 *  @returns null for what is nothing to them */
export function concernOf(
  { type, subject, actor, data }: Pick<Event, 'type' | 'subject' | 'actor' | 'data'>,
  me_id: string,
  decides: boolean,
): Concern | null {
  if (actor === me_id) return null;
  const kind = kindOf(type, data, me_id);
  if (!kind || (kind === 'drafted' && !decides)) return null;
  return { kind, subject, actor, sent: data.why === 'sent', target: data.target ?? null };
}

function kindOf(type: Event['type'], data: Event['data'], me_id: string): Concern['kind'] | null {
  const isMe = (owner: { kind?: string; id?: string } | undefined) =>
    owner?.kind === 'member' && owner.id === me_id;
  switch (type) {
    // A colleague took it, or nobody had answered for so long that another person is asked for.
    case 'conversation.taken':
    case 'conversation.handed_off':
      if (!isMe(data.from)) return null;
      return data.reason === 'silent' ? 'passed' : 'lost';
    case 'conversation.reminded':
      return data.member_id === me_id ? 'reminded' : null;
    case 'conversation.whispered':
      return data.to === me_id ? 'whispered' : null;
    case 'conversation.offered':
      return data.to === me_id ? 'offered' : null;
    case 'conversation.noted':
    case 'case.noted':
      return Array.isArray(data.mentions) && data.mentions.includes(me_id) ? 'named' : null;
    case 'message.received':
      return isMe(data.owner) ? 'written' : null;
    case 'conversation.breached':
      return isMe(data.owner) ? 'broken' : null;
    case 'conversation.drafted':
      return 'drafted';
    default:
      return null;
  }
}

const most_counted = 9;

/** How many customers wait for one; many are many. */
export function offersWords(count: number): string {
  if (count === 1) return 'A customer waits for you';
  return `${count > most_counted ? `More than ${most_counted}` : count} customers wait for you`;
}

/** Acts after which a conversation is no longer offered to whom it was. */
const ends_offer: ReadonlySet<string> = new Set([
  'conversation.taken',
  'conversation.handed_back',
  'conversation.nobody_came',
  'conversation.resolved',
  'conversation.offered',
]);

/** Which conversations are offered to somebody, after one more event. */
export function offersAfter(
  offers: ReadonlySet<string>,
  event: Pick<Event, 'type' | 'subject' | 'actor' | 'data'>,
  me_id: string,
): ReadonlySet<string> {
  const mine = concernOf(event, me_id, false)?.kind === 'offered';
  if (mine === offers.has(event.subject) || !ends_offer.has(event.type)) return offers;
  const next = new Set(offers);
  if (mine) next.add(event.subject);
  else next.delete(event.subject);
  return next;
}

/** Acts after which nothing that a bot drafted in a conversation waits. */
const ends_drafts: ReadonlySet<string> = new Set([
  'conversation.taken',
  'conversation.handed_off',
  'conversation.resolved',
]);

/** Which replies wait for a person, as output → conversation, of those told of, after one more event. */
export function draftsAfter(
  drafts: ReadonlyMap<string, string>,
  { type, subject, data }: Pick<Event, 'type' | 'subject' | 'data'>,
): ReadonlyMap<string, string> {
  const output_id = type === 'conversation.drafted' ? data.output_id : undefined;
  if (output_id) return drafts.has(output_id) ? drafts : new Map(drafts).set(output_id, subject);
  const left = [...drafts].filter(
    ([id, conversation_id]) =>
      !(type === 'output.decided' && id === subject) &&
      !(ends_drafts.has(type) && conversation_id === subject),
  );
  return left.length === drafts.size ? drafts : new Map(left);
}

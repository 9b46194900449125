import type { HandOffReason, Owner, OwnerKind } from './conversation.ts';
import type { NewEvent } from './event.ts';
import type { Turn } from './said.ts';

/** How a person's or a queue's time at the wheel ends: with whoever has it next, or for good. */
export type StintEnd = OwnerKind | 'nobody_came' | 'resolved';

/** Another owner has the wheel of a conversation under an epoch; how the one before it ended. */
export interface StintChange {
  epoch: number;
  owner: Owner;
  /** Why a person was asked for, where a queue has it now. */
  reason: HandOffReason | null;
  /** How the stint under the epoch before ended. */
  ended: StintEnd;
}

/** What an act adds to what reports know of an episode; what is known stays as it was. */
export interface EpisodeChange {
  /** The customer said something. */
  spoke: boolean;
  /** They were answered, by a bot or a member. */
  replied: boolean;
  /** They were answered by a member. */
  person_replied: boolean;
  /** A person was asked for, in this queue and for this reason. */
  asked: { queue: string; reason: HandOffReason | null } | null;
  /** A member has the wheel. */
  taken: boolean;
  /** It was resolved. */
  ended: boolean;
}

/** Changes of owner as their events tell them: with an epoch, from one and to another. */
function changeIn({ type, data }: NewEvent): StintChange | undefined {
  const { epoch, from, to, reason } = data as Partial<Record<string, unknown>>;
  if (typeof epoch !== 'number' || !isOwner(from) || !isOwner(to)) return undefined;
  const ended =
    type === 'conversation.resolved'
      ? 'resolved'
      : type === 'conversation.nobody_came'
        ? 'nobody_came'
        : to.kind;
  const why = to.kind === 'queue' && typeof reason === 'string' ? (reason as HandOffReason) : null;
  return { epoch, owner: to, reason: why, ended };
}

const isOwner = (value: unknown): value is Owner =>
  typeof value === 'object' && value !== null && 'kind' in value && 'id' in value;

/** Who had the wheel in the course of an act, in order (rule W38). */
export const stintsIn = ({ events }: Turn): StintChange[] =>
  events.flatMap((event) => changeIn(event) ?? []);

/** What an act tells of the episode that it belongs to; undefined when it tells nothing, as a note does
 *  (rule W38). */
export function episodeIn(turn: Turn): EpisodeChange | undefined {
  const stints = stintsIn(turn);
  const by = (type: NewEvent['type'], kind: string) =>
    turn.events.some((event) => event.type === type && event.data.author_kind === kind);
  const queue = stints.find(({ owner }) => owner.kind === 'queue');
  const change: EpisodeChange = {
    spoke: turn.events.some(({ type }) => type === 'message.received'),
    replied: by('message.sent', 'bot') || by('message.sent', 'member'),
    person_replied: by('message.sent', 'member'),
    asked: queue ? { queue: queue.owner.id, reason: queue.reason } : null,
    taken: stints.some(({ owner }) => owner.kind === 'member'),
    ended: stints.some(({ ended }) => ended === 'resolved'),
  };
  return Object.values(change).some(Boolean) ? change : undefined;
}

export const draft_ends = ['as_it_stands', 'edited', 'replaced', 'not_sent'] as const;

/** What a person made of a bot's draft: sent as it stands or edited, replaced by a person, or too late
 *  to be sent. */
export interface DraftEnd {
  output_id: string;
  conversation_id: string;
  bot: string;
  became: (typeof draft_ends)[number];
  /** Words put in, taken out or put in another's place; null unless it was sent. */
  distance: number | null;
  /** How many words the draft had. */
  words: number | null;
}

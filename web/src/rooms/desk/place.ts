import type { CaseFilter, Role } from '@wheelhouse/core';
import { mayAs } from '../../live/session.ts';

type CaseView = NonNullable<CaseFilter['view']>;
/** Lists that hold conversations alone. */
export const talk_views = ['bot', 'open', 'snoozed', 'ended'] as const;
export type View = CaseView | (typeof talk_views)[number];

export const isTalkView = (view: View): view is (typeof talk_views)[number] =>
  talk_views.some((known) => known === view);

/** Lists in which conversations stand, alone or beside cases. */
export const hasTalks = (view: View): boolean =>
  isTalkView(view) || view === 'waiting' || view === 'mine' || view === 'mentions';

/** Which list the desk shows. It stands in the address, so it survives a reload and can be sent. */
export interface Place {
  view: View;
  queue: string | null;
  only: Only;
}

/** A list with all that is in it. */
export type List = Pick<Place, 'view' | 'queue'>;

/** What is asked of the conversations in a list. */
export interface Only {
  /** The customer has said something that nobody has read. */
  unread: boolean;
  /** Above the usual priority. */
  urgent: boolean;
  label: string | null;
}
export const everything: Only = { unread: false, urgent: false, label: null };

export const hasOnly = ({ only: { unread, urgent, label } }: Place): boolean =>
  unread || urgent || label !== null;

export const views: readonly { view: View; title: string; empty: string; leads?: true }[] = [
  { view: 'waiting', title: 'Waiting', empty: 'Nothing waits for a person.' },
  { view: 'mine', title: 'Mine', empty: 'No case was given to you.' },
  { view: 'held_by_me', title: 'Held by me', empty: 'You hold no case.' },
  { view: 'spot_checks', title: 'Spot checks', empty: 'No spot check is open.' },
  { view: 'mentions', title: 'Mentions', empty: 'Nobody has named you in a note.' },
  {
    view: 'stranded',
    title: 'Nobody left',
    empty: 'For every case somebody is left who can decide it.',
    leads: true,
  },
  { view: 'resolved', title: 'Decided', empty: 'Nothing has been decided yet.' },
  { view: 'bot', title: 'With the AI', empty: 'The AI has the wheel of no conversation.' },
  { view: 'open', title: 'All open', empty: 'No conversation is open.' },
  { view: 'snoozed', title: 'Snoozed', empty: 'No conversation is put aside.' },
  { view: 'ended', title: 'Resolved', empty: 'No conversation was resolved yet.' },
];

/** Whether cases are taken from it one after the other. */
export const isWorkList = (view: View): boolean =>
  !isTalkView(view) && view !== 'resolved' && view !== 'mentions';

/** The lists that a role has. */
export const viewsOf = (role: Role) => views.filter(({ leads }) => !leads || mayAs(role, 'lead'));

/** Reads the place from the address; what is unknown there is the list of all that waits. */
export function placeOf(search: Record<string, unknown>): Place {
  const view = views.find((known) => known.view === search.view)?.view ?? 'waiting';
  const queue = search.queue === undefined ? null : String(search.queue);
  const label = search.label === undefined ? null : String(search.label).slice(0, 100);
  const only = { unread: search.unread === true, urgent: search.urgent === true, label };
  return { view, queue, only };
}

/** The same place as the address has it: defaults are left out. */
export const searchOf = ({
  view,
  queue,
  only: { unread, urgent, label } = everything,
}: List & Partial<Place>): Record<string, string | true> => ({
  ...(view === 'waiting' ? {} : { view }),
  ...(queue ? { queue } : {}),
  ...(unread ? { unread } : {}),
  ...(urgent ? { urgent } : {}),
  ...(label ? { label } : {}),
});

export const filterOf = ({ view, queue }: Place): Partial<CaseFilter> => ({
  ...(isTalkView(view) ? {} : { view }),
  ...(queue ? { queue } : {}),
});

import { notifications } from '@mantine/notifications';
import { useRouter } from '@tanstack/react-router';
import type { Event } from '@wheelhouse/core';
import { useRef } from 'react';
import { isSeenHere } from '../live/leading.ts';
import { useOwnPresence } from '../live/presence.ts';
import { mayAs, useMe, useNames } from '../live/session.ts';
import { type Concern, concernOf, draftsAfter, offersAfter, offersWords } from './concern.ts';
import { useTold } from './useTold.tsx';

const offers_id = 'offers';
const drafts_id = 'drafts';
const gathering: ReadonlySet<string> = new Set([offers_id, drafts_id]);
/** Told also to whoever looks at it. */
const urgent: ReadonlySet<Concern['kind']> = new Set(['lost', 'passed', 'reminded']);

/** Whether the list stands on the page in which those who wait for one stand first. */
const isListInSight = ({ pathname, search }: { pathname: string; search: object }): boolean =>
  pathname.split('/')[1] === 'desk' &&
  Object.values(search).every((value) => value === undefined) &&
  (pathname === '/desk' || matchMedia('(min-width: 48em)').matches);

/** Says what somebody else did that concerns whoever is here, wherever they are: the wheel was taken
 *  from them, a lead whispers to them, a note names them, a promise of theirs is broken, or customers
 *  wait for them, all of whom are told of in one message; in another, that replies wait for a person.
 *  @returns what takes each event as it comes */
export function useConcerns(): (event: Event) => void {
  const me = useMe();
  const nameOf = useNames();
  const { state } = useRouter();
  const away = useOwnPresence()?.away;
  const offers = useRef<ReadonlySet<string>>(new Set());
  const drafts = useRef<ReadonlyMap<string, string>>(new Map());
  // What was read, or stood there long enough, is not counted into the next one.
  const { show, stands } = useTold(gathering, (id) => {
    if (id === offers_id) offers.current = new Set();
    if (id === drafts_id) drafts.current = new Map();
  });
  const showDrafts = (now: ReadonlyMap<string, string>) => {
    const [first] = now.values();
    const more = now.size > drafts.current.size;
    if (first === undefined) notifications.hide(drafts_id);
    else if (more || stands(drafts_id)) {
      const one = now.size === 1;
      const title = one ? 'A reply waits for a person' : `${now.size} replies wait for a person`;
      const act = one ? 'Open the conversation' : 'Show them';
      show(drafts_id, title, act, one ? `/desk/${first}` : '/desk');
    }
    drafts.current = now;
  };
  const showOffers = (now: ReadonlySet<string>, by: Concern | null) => {
    const [first] = now;
    const more = now.size > offers.current.size;
    if (first === undefined || (now.size > 1 && isListInSight(state.location))) {
      notifications.hide(offers_id);
    } else if (more || stands(offers_id)) {
      const many = now.size > 1;
      const title = by?.sent && !many ? `${nameOf(by.actor)} sends you a conversation` : null;
      const to = many ? '/desk' : `/desk/${first}`;
      const act = many ? 'Show them' : 'Open the conversation';
      show(offers_id, title ?? offersWords(now.size), act, to);
    }
    offers.current = now;
  };
  return (event) => {
    const found = concernOf(event, me.id, mayAs(me.role, 'reviewer'));
    // Whoever has it open sees the rest there at once.
    const told = found && urgent.has(found.kind);
    const concern = found && !told && isSeenHere(event.subject) ? null : found;
    const now = offersAfter(offers.current, event, me.id);
    const seen = !concern && now.size > offers.current.size;
    if (now !== offers.current && !seen) showOffers(now, concern);
    const waiting = draftsAfter(drafts.current, event);
    // Whoever is at the desk has it in the list.
    const untold = waiting.size > drafts.current.size && (!concern || away || isAtDesk());
    if (waiting !== drafts.current && !untold) showDrafts(waiting);
    if (!concern) return;
    const { kind, actor, subject } = concern;
    if (kind === 'offered' || kind === 'written' || kind === 'drafted') return;
    const title = {
      lost: `${nameOf(actor)} took the wheel from you`,
      whispered: `${nameOf(actor)} whispers to you`,
      named: `${nameOf(actor)} names you in a note`,
      reminded: 'A customer waits for your answer',
      passed: 'You had not answered, so another person is asked for',
      broken: 'A customer of yours waits longer than was promised',
    }[kind];
    const act =
      kind === 'lost'
        ? 'See why'
        : subject.startsWith('case_')
          ? 'Open the case'
          : 'Open the conversation';
    show(`${kind} ${subject}`, title, act, `/desk/${subject}`);
  };
}

const isAtDesk = () => location.pathname.startsWith('/desk');

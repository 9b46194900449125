import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useNavigate, useRouter } from '@tanstack/react-router';
import type { Event } from '@wheelhouse/core';
import { useRef } from 'react';
import { isSeenHere } from '../live/leading.ts';
import { useMe, useNames } from '../live/session.ts';
import { type Concern, concernOf, offersAfter, offersWords } from './concern.ts';

const shown_ms = 20_000;
const offers_id = 'offers';
/** Told also to whoever looks at it. */
const urgent: ReadonlySet<Concern['kind']> = new Set(['lost', 'passed', 'reminded']);

/** Whether the list stands on the page in which those who wait for one stand first. */
const isListInSight = ({ pathname, search }: { pathname: string; search: object }): boolean =>
  pathname.split('/')[1] === 'desk' &&
  Object.values(search).every((value) => value === undefined) &&
  (pathname === '/desk' || matchMedia('(min-width: 48em)').matches);

/** Says what somebody else did that concerns whoever is here, wherever they are: the wheel was taken
 *  from them, a lead whispers to them, a note names them, a promise of theirs is broken, or customers
 *  wait for them, all of whom are told of in one message.
 *  @returns what takes each event as it comes */
export function useConcerns(): (event: Event) => void {
  const me = useMe();
  const nameOf = useNames();
  const navigate = useNavigate();
  const { state } = useRouter();
  const offers = useRef<ReadonlySet<string>>(new Set());
  const standing = useRef(false);
  const show = (id: string, title: string, act: string, to: string) => {
    const open = () => {
      notifications.hide(id);
      void navigate({ to: to as '/desk' });
    };
    // More who wait change the message that stands, which goes when it would have gone without them.
    const changes = id === offers_id && standing.current;
    if (!changes) notifications.hide(id);
    notifications[changes ? 'update' : 'show']({
      id,
      title,
      message: (
        <Button size="compact-sm" variant="default" mt={4} onClick={open}>
          {act}
        </Button>
      ),
      autoClose: shown_ms,
      color: 'petrol',
      withBorder: true,
      role: 'alert',
      closeButtonProps: { 'aria-label': 'Close' },
      // What was read, or stood there long enough, is not counted into the next one.
      onClose: () => {
        if (id !== offers_id) return;
        offers.current = new Set();
        standing.current = false;
      },
    });
    standing.current ||= id === offers_id;
  };
  const showOffers = (now: ReadonlySet<string>, by: Concern | null) => {
    const [first] = now;
    const more = now.size > offers.current.size;
    if (first === undefined || (now.size > 1 && isListInSight(state.location))) {
      notifications.hide(offers_id);
    } else if (more || standing.current) {
      const many = now.size > 1;
      const title = by?.sent && !many ? `${nameOf(by.actor)} sends you a conversation` : null;
      const to = many ? '/desk' : `/desk/${first}`;
      const act = many ? 'Show them' : 'Open the conversation';
      show(offers_id, title ?? offersWords(now.size), act, to);
    }
    offers.current = now;
  };
  return (event) => {
    const found = concernOf(event, me.id);
    // Whoever has it open sees the rest there at once.
    const told = found && urgent.has(found.kind);
    const concern = found && !told && isSeenHere(event.subject) ? null : found;
    const now = offersAfter(offers.current, event, me.id);
    const seen = !concern && now.size > offers.current.size;
    if (now !== offers.current && !seen) showOffers(now, concern);
    if (!concern || concern.kind === 'offered' || concern.kind === 'written') return;
    const { kind, actor, subject } = concern;
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

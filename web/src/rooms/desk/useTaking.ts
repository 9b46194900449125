import type { CaseRow } from '@wheelhouse/core';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { api } from '../../live/api.ts';
import { sentenceOf } from '../../live/problem.ts';
import type { Listed } from './inOrder.ts';
import { isTalkView, type Place } from './place.ts';
import { say } from './toasts.tsx';
import type { Source, Work } from './work.ts';

interface Taking {
  work: Work;
  place: Place;
  rows: readonly CaseRow[];
  me_id: string;
  may_decide: boolean;
  show: (id: string | null, replace?: boolean) => void;
}

/** Taking cases: this one, or whichever comes next. */
export function useTaking({ work, place, rows, me_id, may_decide, show }: Taking) {
  const [bringing, setBringing] = useState(false);
  const now = useRef(rows);
  useEffect(() => {
    now.current = rows;
  });
  // A queue's next case is the server's to choose; other lists are gone through in their order.
  const source = useMemo<Source>(() => {
    if (place.view === 'waiting') return { queue: place.queue ?? '*' };
    return {
      queue: '*',
      rows: () => (place.view === 'resolved' || isTalkView(place.view) ? [] : now.current),
    };
  }, [place]);

  const claim = useCallback(
    async (id: string) => {
      try {
        if (await work.claim(id)) return;
        const { holders } = await api.cases.get(id);
        const elsewhere = holders.some(({ rater }) => rater === me_id);
        const why = elsewhere
          ? 'You hold it in another window; you can decide it here as well.'
          : 'Someone else has it, it was decided, or you passed on it before. You can still look.';
        say(id, elsewhere ? 'You have it elsewhere' : 'You did not get it', why);
      } catch (problem) {
        say(id, 'You did not get it', sentenceOf(problem));
      }
    },
    [work, me_id],
  );

  /** Opens a case from the list, and takes it if it is free. */
  const open = useCallback(
    (id: string) => {
      show(id);
      const row = now.current.find((found) => found.id === id);
      const free = row?.state === 'waiting' && !row.holders.some(({ rater }) => rater !== me_id);
      if (may_decide && free) void claim(id);
    },
    [show, me_id, may_decide, claim],
  );

  /** Brings the next case, which mostly stands ready. */
  const advance = useCallback(
    async (besides: string | null) => {
      const ready = work.ready(besides);
      if (ready) {
        show(ready, besides !== null);
        return;
      }
      setBringing(true);
      try {
        show(await work.next(source, besides), besides !== null);
      } catch (problem) {
        say('next', 'The next case did not come', sentenceOf(problem));
        show(null);
      } finally {
        setBringing(false);
      }
    },
    [work, source, show],
  );
  return { source, bringing, claim, open, advance };
}

interface Beginning {
  place: Place;
  listed: readonly Listed[];
  me_id: string;
  show: (id: string) => void;
  open: (id: string) => void;
  advance: (besides: null) => Promise<void>;
}

/** What one begins with: in the list of all that waits what stands first, where that is a customer or a
 *  case that is due, unless a colleague is at it already; else the next case is taken. */
export function beginningOf({ place, listed, me_id, show, open, advance }: Beginning) {
  const isOther = (id: string) => id !== me_id;
  const first =
    place.view === 'waiting'
      ? listed.find((one) =>
          'talk' in one
            ? !one.talk.looking.some(({ member_id }) => isOther(member_id))
            : !one.shown.holders.some(({ rater }) => isOther(rater)),
        )
      : undefined;
  if (first && 'talk' in first) {
    return { begins_with: 'customer' as const, begin: () => show(first.talk.id) };
  }
  const due = first?.shown.due_at ? first.shown.id : null;
  return {
    begins_with: 'case' as const,
    begin: () => (due ? open(due) : void advance(null)),
  };
}

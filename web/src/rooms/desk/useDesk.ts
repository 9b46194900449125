import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { Case } from '@wheelhouse/core';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';
import { isProblem, sentenceOf } from '../../live/problem.ts';
import { mayAs, useMe, useNames } from '../../live/session.ts';
import { placeOf, searchOf } from './place.ts';
import { say, tellDecided, tellRefused } from './toasts.tsx';
import { useDeskList } from './useDeskList.ts';
import { useWork } from './useWork.ts';
import type { AnswerBody, Source } from './work.ts';

/** Everything the desk does: which list and which case are shown, what is held, what comes next. */
export function useDesk() {
  const me = useMe();
  const nameOf = useNames();
  const navigate = useNavigate();
  const params = useParams({ strict: false }) as { case_id?: string };
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const { view: place_view, queue: place_queue } = placeOf(search);
  const place = useMemo(
    () => ({ view: place_view, queue: place_queue }),
    [place_view, place_queue],
  );
  const case_id = params.case_id ?? null;
  const [query, setQuery] = useState('');
  const [bringing, setBringing] = useState(false);
  const [done, setDone] = useState(0);

  const show = useCallback(
    (id: string | null, replace = false) =>
      void navigate({ to: id ? `/desk/${id}` : '/desk', search: searchOf(place), replace }),
    [navigate, place],
  );
  const { work, view } = useWork({
    decided: (asked, result) => tellDecided(asked, result, () => void undo(asked.id)),
    refused: (asked, problem) => {
      setDone((count) => count - 1);
      tellRefused(asked, problem, nameOf, () => show(asked.id));
    },
    lost: (id) => {
      if (id === case_id)
        say(id, 'Your hold lapsed', 'Claim it again to go on; your draft is kept.');
    },
  });
  const list = useDeskList(place, view.gone, query);
  const shown = useQuery({
    queryKey: keys.case(case_id ?? ''),
    queryFn: ({ signal }) => api.cases.get(case_id ?? '', { signal }),
    enabled: case_id !== null,
  });
  const queues = useQuery({ queryKey: keys.queues, queryFn: api.queues.list });
  const may_decide = mayAs(me.role, 'reviewer');
  const rows = list.rows;
  const source = useMemo<Source>(
    () =>
      place.view === 'waiting'
        ? { queue: place.queue ?? '*' }
        : { queue: '*', rows: () => (place.view === 'resolved' ? [] : rows) },
    [place, rows],
  );

  const claim = useCallback(
    async (id: string) => {
      try {
        const ours = await work.claim(id);
        if (ours) return;
        const now = await api.cases.get(id);
        const elsewhere = now.holders.some(({ rater }) => rater === me.id);
        const why = elsewhere
          ? 'You hold it in another window. You can decide it here as well.'
          : 'Someone else has it, or it was decided. You can still look.';
        say(id, 'It was not claimed', why);
      } catch (problem) {
        say(id, 'It could not be claimed', sentenceOf(problem));
      }
    },
    [work, me.id],
  );

  /** Opens a case from the list, and takes it if it is free. */
  const open = useCallback(
    (id: string) => {
      show(id);
      const row = rows.find((found) => found.id === id);
      const free = row?.state === 'waiting' && !row.holders.some(({ rater }) => rater !== me.id);
      if (may_decide && free) void claim(id);
    },
    [show, rows, me.id, may_decide, claim],
  );

  /** Brings the next case, which mostly stands ready. */
  const advance = useCallback(
    async (besides: string | null) => {
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

  const undo = useCallback(
    async (id: string) => {
      try {
        await work.undo(id);
        setDone((count) => Math.max(0, count - 1));
        show(id);
        say(id, 'Taken back', 'It waits again, with nothing decided.');
      } catch (problem) {
        const late = isProblem(problem, 'too_late');
        say(id, 'Not taken back', late ? 'It has taken effect already.' : sentenceOf(problem));
      }
    },
    [work, show],
  );

  const decide = (asked: Case, body: AnswerBody) => {
    setDone((count) => count + 1);
    void work.decide(asked, body);
    void advance(asked.id);
  };

  // What is held is the case at hand and the one after it, nothing else.
  useEffect(() => work.keepOnly(case_id), [work, case_id]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a case claimed for one list is let go of when another is chosen.
  useEffect(() => () => work.dropAhead(), [work, place]);
  const holding = case_id !== null && view.held.has(case_id);
  useEffect(() => {
    if (holding && place.view !== 'resolved') work.prepare(source, case_id);
  }, [work, holding, source, case_id, place.view]);

  return {
    me,
    nameOf,
    place,
    case_id,
    query,
    setQuery,
    bringing,
    done,
    show,
    work,
    view,
    list,
    shown,
    queues,
    may_decide,
    holding,
    claim,
    open,
    advance,
    undo,
    decide,
  };
}

export type Desk = ReturnType<typeof useDesk>;

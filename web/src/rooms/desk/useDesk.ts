import { useQuery } from '@tanstack/react-query';
import type { Case } from '@wheelhouse/core';
import { useCallback, useEffect, useState } from 'react';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';
import { isProblem, sentenceOf } from '../../live/problem.ts';
import { mayAs, useMe, useNames } from '../../live/session.ts';
import { heldBefore } from './leases.ts';
import { say, takenBackWords, tellDecided, tellRefused } from './toasts.tsx';
import { useAddress } from './useAddress.ts';
import { useDeskList } from './useDeskList.ts';
import { useTaking } from './useTaking.ts';
import { useWork } from './useWork.ts';
import type { AnswerBody } from './work.ts';

/** Refusals after which the case is no longer this person's to decide. */
const for_others: ReadonlySet<string> = new Set([
  'already_resolved',
  'already_answered',
  'held_by_other',
  'not_eligible',
  'own_request',
]);

/** Everything the desk does: which list and which case are shown, what is held, what comes next. */
export function useDesk() {
  const me = useMe();
  const nameOf = useNames();
  const may_decide = mayAs(me.role, 'reviewer');
  const { place, case_id, show } = useAddress();
  const [query, setQuery] = useState('');
  const [done, setDone] = useState(0);
  const { work, view } = useWork({
    decided: (asked, result) => tellDecided(asked, result, () => void undo(asked.id)),
    refused: (asked, problem) => {
      setDone((count) => count - 1);
      tellRefused(asked, problem, nameOf, () => {
        show(asked.id);
        if (!for_others.has(problem.code)) void claim(asked.id);
      });
    },
    lost: (id) => {
      if (id !== case_id) return;
      const asked = shown.data?.needs_role;
      if (asked && !mayAs(me.role, asked)) {
        say(id, 'It is no longer yours', `It asks for a ${asked} now. Your draft is kept.`);
        return;
      }
      say(id, 'Your hold lapsed', 'Take it again to go on; your draft is kept.');
    },
  });
  const list = useDeskList(place, view.gone, query);
  const shown = useCase(case_id);
  const queues = useQuery({ queryKey: keys.queues, queryFn: api.queues.list });
  const taking = useTaking({ work, place, rows: list.rows, me_id: me.id, may_decide, show });
  const { source, claim, advance } = taking;

  const undo = useCallback(
    async (id: string) => {
      try {
        const reopened = await work.undo(id);
        setDone((count) => Math.max(0, count - 1));
        show(id);
        say('decided', ...takenBackWords(reopened));
        if (reopened.state === 'waiting') await claim(id);
      } catch (problem) {
        const late = isProblem(problem, 'too_late');
        say(id, 'Not taken back', late ? 'It has taken effect already.' : sentenceOf(problem));
      }
    },
    [work, show, claim],
  );
  const decide = (asked: Case, body: AnswerBody) => {
    setDone((count) => count + 1);
    void work.decide(asked, body);
    void advance(asked.id);
  };

  // What is held is the case at hand and the one after it, nothing else.
  useEffect(() => work.keepOnly(case_id), [work, case_id]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what stands ready for one list is let go of when another is chosen.
  useEffect(() => () => work.dropAhead(), [work, place]);
  const holding = case_id !== null && view.held.has(case_id);
  useEffect(() => {
    if (holding && place.view !== 'resolved') work.prepare(source, case_id);
  }, [work, holding, source, case_id, place.view]);
  // A reload gave back what was held; whoever comes back to the same case goes on with it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the desk is opened.
  useEffect(() => {
    if (case_id !== null && heldBefore(case_id)) void claim(case_id);
  }, []);

  return {
    ...{ me, nameOf, may_decide, place, case_id, show, query, setQuery, done, work, view },
    ...{ list, shown, queues, holding, undo, decide, ...taking },
  };
}

const useCase = (case_id: string | null) =>
  useQuery({
    queryKey: keys.case(case_id ?? ''),
    queryFn: ({ signal }) => api.cases.get(case_id ?? '', { signal }),
    enabled: case_id !== null,
  });

export type Desk = ReturnType<typeof useDesk>;

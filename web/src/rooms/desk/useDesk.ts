import { useQuery } from '@tanstack/react-query';
import type { Case, CaseRow } from '@wheelhouse/core';
import { useCallback, useMemo, useState } from 'react';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';
import { isProblem, sentenceOf } from '../../live/problem.ts';
import { mayAs, useMe, useNames } from '../../live/session.ts';
import { useTalkList } from './conversation/useTalkList.ts';
import { useTalkOf } from './conversation/useTalkOf.ts';
import { inOrder, type Listed, oneAfterTheOther } from './inOrder.ts';
import { isWorkList, type Place } from './place.ts';
import { say, takenBackWords, tellDecided, tellRefused } from './toasts.tsx';
import { findOut } from './unconfirmed.ts';
import { useAddress, useWords } from './useAddress.ts';
import { useDeskList } from './useDeskList.ts';
import { tellLost, useStanding } from './useStanding.ts';
import { beginningOf, useTaking } from './useTaking.ts';
import { useWork } from './useWork.ts';
import type { AnswerBody, Work } from './work.ts';

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
  const { place, case_id: open_id, show, ...address } = useAddress();
  const in_address = open_id?.startsWith('conv_') ? open_id : null;
  const case_id = in_address ? null : open_id;
  const [query, setQuery] = useWords();
  const [done, setDone] = useState(0);
  const { work, view } = useWork({
    decided: (asked, result) => tellDecided(asked, result, () => void undo(asked.id)),
    refused: (asked, problem) => {
      setDone((count) => count - 1);
      const reopen = () => {
        show(asked.id);
        if (!for_others.has(problem.code)) void claim(asked.id);
      };
      tellRefused(asked, problem, nameOf, reopen);
      if (problem.code === 'unreachable') {
        void findOut(asked, me.id, reopen).then((came) => setDone((count) => count + came));
      }
    },
    lost: (id) => {
      if (id !== case_id) return;
      // What the page knows of the case is what it was; why it was lost, the server says.
      void shown.refetch().then(({ data }) => data && tellLost(data, me, nameOf));
    },
  });
  const { gone, ...talks } = useTalkList(place, query, view.gone);
  const list = useDeskList(place, gone, query);
  const listed = useListed(place, talks, list.rows);
  const shown = useCase(case_id);
  const talk = useTalkOf(shown.data);
  const queues = useQuery({ queryKey: keys.queues, queryFn: api.queues.list });
  const taking = useTaking({ work, place, rows: list.rows, me_id: me.id, may_decide, show });
  const { source, claim, advance } = taking;

  const undo = useUndo(work, taking, show, setDone);
  const decide = (asked: Case, body: AnswerBody) => {
    setDone((count) => count + 1);
    void work.decide(asked, body);
    void advance(asked.id);
  };

  const standing = useStanding({
    ...{ work, view, me, nameOf, case_id, place, source, claim },
    ...{ shown: shown.data, rows: list.rows },
  });
  const to_work = may_decide && isWorkList(place.view);
  const stuck = standing.barred !== null && case_id !== null && !view.gone.has(case_id);
  return {
    /** Where the case at hand is not ours to decide: on to one that is. */
    takeNext: to_work && stuck ? () => void advance(case_id) : null,
    ...beginningOf({ place, listed, me_id: me.id, show, advance, open: taking.open }),
    ...{ me, nameOf, may_decide, place, case_id, show, query, setQuery, done, work, view },
    open_id,
    /** The conversation that is open, by itself or because a case asks for a person in it. */
    talk_id: in_address ?? (talk?.purpose === 'hand_off' ? talk.id : null),
    /** The conversation in which a reply is held. */
    reply_to: talk?.purpose === 'reply' ? talk.id : null,
    ...{ talks, list, listed, shown, queues, undo, decide, ...standing, ...taking, ...address },
  };
}

/** Conversations and cases as one list: where people wait, by what is due. */
function useListed(
  { view }: Place,
  { rows: talks, more, alone }: Omit<ReturnType<typeof useTalkList>, 'gone'>,
  cases: readonly CaseRow[],
): Listed[] {
  return useMemo(() => {
    const by = view === 'waiting' || view === 'mine' ? inOrder : oneAfterTheOther;
    return by(talks, alone ? [] : cases, more === null);
  }, [view, talks, more, alone, cases]);
}

/** Takes a decision back, and says what came of that. */
function useUndo(
  work: Work,
  { claim }: Pick<ReturnType<typeof useTaking>, 'claim'>,
  show: (id: string) => void,
  setDone: (change: (count: number) => number) => void,
) {
  return useCallback(
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
    [work, show, claim, setDone],
  );
}

const useCase = (case_id: string | null) =>
  useQuery({
    queryKey: keys.case(case_id ?? ''),
    queryFn: ({ signal }) => api.cases.get(case_id ?? '', { signal }),
    enabled: case_id !== null,
  });

export type Desk = ReturnType<typeof useDesk>;

import type { Case, CaseRow, Me } from '@wheelhouse/core';
import { useEffect } from 'react';
import { barredFrom } from './barred.ts';
import { drafts } from './drafts.ts';
import { heldBefore } from './leases.ts';
import type { Place } from './place.ts';
import { say } from './toasts.tsx';
import type { Source, Work } from './work.ts';
import type { WorkView } from './workView.ts';

interface Standing {
  work: Work;
  view: WorkView;
  case_id: string | null;
  /** The same case in full, once it is here. */
  shown: Case | undefined;
  place: Place;
  source: Source;
  claim: (case_id: string) => Promise<void>;
  rows: readonly CaseRow[];
  me: Me;
  nameOf: (id: string) => string;
}

/** How the person stands to the case at hand: whether they hold it, and why they may not decide it. */
export function useStanding(standing: Standing) {
  const { work, view, case_id, shown, place, source, claim, me, nameOf } = standing;
  useGivenAway(standing);
  // What is held is the case at hand and the one after it, nothing else.
  useEffect(() => work.keepOnly(case_id), [work, case_id]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what stands ready for one list is let go of when another is chosen.
  useEffect(() => () => work.dropAhead(), [work, place]);
  const barred =
    case_id !== null && view.gone.has(case_id)
      ? 'Your answer is on its way.'
      : shown
        ? barredFrom(shown, me, nameOf, Date.now())
        : null;
  const holding = case_id !== null && view.held.has(case_id) && barred === null;
  useEffect(() => {
    if (holding && place.view !== 'resolved') work.prepare(source, case_id);
  }, [work, holding, source, case_id, place.view]);
  // A reload gave back what was held; whoever comes back to the same case goes on with it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the desk is opened.
  useEffect(() => {
    if (case_id !== null && heldBefore(case_id)) void claim(case_id);
  }, []);
  return { barred, holding };
}

/** What is given to someone else is theirs at once: the server has ended the hold, and says so itself
 *  only when it is next asked to renew it. */
function useGivenAway({ work, view, shown, rows, me, nameOf }: Standing) {
  useEffect(() => {
    for (const id of view.held) {
      const known = id === shown?.id ? shown : rows.find((row) => row.id === id);
      if (!known?.assigned_to || known.assigned_to === me.id) continue;
      work.forget(id);
      if (known === shown) tellLost(shown, me, nameOf);
    }
  }, [work, view.held, shown, rows, me, nameOf]);
}

/** Says that a case is no longer held: by whom it is, or how to have it again. */
export function tellLost(now: Case, me: Me, nameOf: (id: string) => string): void {
  const barred = barredFrom(now, me, nameOf, Date.now());
  const kept = keptWords(now.id);
  if (now.state === 'cancelled')
    say(now.id, 'It was withdrawn', `Nothing is left to decide.${kept}`);
  else if (now.state === 'resolved')
    say(now.id, 'It is decided by now', `You can still look.${kept}`);
  else if (barred) say(now.id, 'It is no longer yours', `${barred}${kept}`);
  else say(now.id, 'Your hold lapsed', `Take it again to go on.${kept}`);
}

export const keptWords = (case_id: string): string =>
  drafts.get(case_id) ? ' Your draft is kept.' : '';

import { type Case, type OutputLife, peopleAsked } from '@wheelhouse/core';

export type Said = OutputLife['events'][number];

/** What is told of a case while it waits leaves out what others said of it: who decides next must
 *  not be led (rule C10). A decision that was taken back is told as taken back, not as what it was. */
const told_when_decided = new Set<Said['type']>(['case.resolved', 'output.decided']);

const rated = new Set<Said['type']>(['case.answered', 'case.undone']);

/** Taking a case and giving it back says nothing of the case: who looked through a list would fill
 *  its history. A hold that a higher role's need has ended does. */
const is_passing = ({ type, data }: Pick<Said, 'type' | 'data'>): boolean =>
  type === 'case.claimed' || (type === 'case.released' && data.why !== 'escalated');

export interface HistoryLine {
  event: Said;
  /** Null where naming them would tell the next rater who was before. */
  who: string | null;
}

/** A case's history as a reviewer may read it, newest first (rule K25): what was said and done, and
 *  not who held it when. */
export function historyOf(
  shown: Pick<Case, 'state' | 'quorum' | 'adjudicating' | 'answers_in'>,
  events: readonly Said[],
): HistoryLine[] {
  const waits = shown.state === 'waiting';
  const apart = waits && (peopleAsked(shown.quorum, shown.answers_in) > 1 || shown.adjudicating);
  return events
    .filter((event) => !is_passing(event) && !(waits && told_when_decided.has(event.type)))
    .map((event) => ({
      event,
      who: apart && rated.has(event.type) ? null : event.actor_name,
    }))
    .reverse();
}

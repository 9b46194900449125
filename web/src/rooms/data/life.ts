import type { Feedback, LifeDelivery, OutputLife, Resolution } from '@wheelhouse/core';

export type LifeEvent = OutputLife['events'][number];

/** One thing that happened to an output, with what it left behind. */
export interface Moment {
  event: LifeEvent;
  resolution: Resolution | undefined;
  feedback: Feedback | undefined;
  /** How far others were told of it. */
  deliveries: readonly LifeDelivery[];
  /** Milliseconds since the moment before; 0 for the first. */
  after_ms: number;
  /** A decision that was taken back or corrected later, or an answer that was taken back. */
  superseded: boolean;
}

/** The moments of a life, oldest first, each resolution and each feedback beside the event that made
 *  it (rule K20). */
export function momentsOf({ events, resolutions, feedback, deliveries }: OutputLife): Moment[] {
  const by_resolution = new Map(resolutions.map((one) => [one.id, one]));
  const by_feedback = new Map(feedback.map((one) => [one.id, one]));
  const undone = new Set(
    events.flatMap(({ type, data }) =>
      type === 'case.undone' ? [data.resolution_id, ...(data.answer_ids ?? [])].map(String) : [],
    ),
  );
  const last = events.findLast(({ type }) => makes_resolution.has(type));
  return events.map((event, at) => {
    const id = String(event.data.resolution_id ?? '');
    const made = makes_resolution.has(event.type);
    return {
      event,
      resolution: made ? by_resolution.get(id) : undefined,
      feedback: by_feedback.get(String(event.data.feedback_id ?? '')),
      deliveries: deliveries.filter(({ cursor }) => cursor === event.cursor),
      after_ms: Math.max(0, Date.parse(event.at) - Date.parse(events[at - 1]?.at ?? event.at)),
      superseded: made
        ? undone.has(id) || event !== last
        : event.type === 'case.answered' && undone.has(String(event.data.answer_id)),
    };
  });
}

const makes_resolution = new Set<LifeEvent['type']>(['case.resolved', 'case.corrected']);

/** What stands out of a life, for the one line above it. */
export function lifeSentence({ output }: OutputLife, now_ms: number): string {
  const { verdict, outcome, undo_until, claimed_at, spot_checked, case_id } = output;
  if (outcome) {
    const acted = outcome.earlier?.some((one) => one.claimed_at !== null);
    if (outcome.earlier?.length) {
      const run = acted ? 'Whoever asked had acted on the decision before.' : '';
      return `Corrected: ${outcome.status}. ${run}`.trim();
    }
    const undo = undo_until !== null && Date.parse(undo_until) > now_ms;
    if (undo) return `Decided: ${outcome.status}. It can still be undone.`;
    if (claimed_at) return `Decided: ${outcome.status}. Whoever asked has acted on it.`;
    if (verdict === 'pass') {
      return spot_checked && case_id ? 'Passed, and looked at as a spot check.' : 'Passed.';
    }
    return verdict === 'block' ? 'Blocked.' : `Decided: ${outcome.status}.`;
  }
  return 'Waits for a person.';
}

/** How far a delivery has come, in words. */
export function deliveryWords(of: Pick<LifeDelivery, 'state' | 'attempts' | 'status' | 'fault'>) {
  const { state, attempts, status, fault } = of;
  const tries = attempts === 1 ? '' : ` after ${attempts} attempts`;
  if (state === 'delivered') return `delivered${tries}${status ? `, answered ${status}` : ''}`;
  if (state === 'dead') return `given up${tries}${fault ? `: ${fault}` : ''}`;
  return attempts ? `not through yet${fault ? `: ${fault}` : ''}` : 'on its way';
}

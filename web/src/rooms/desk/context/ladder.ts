import { type Case, type Deadline, fallbackAt, type Rung } from '@wheelhouse/core';

/** One thing that the clock does to a case that nobody decides. */
export interface Step {
  /** Milliseconds since 1970. */
  at: number;
  words: string;
  state: 'past' | 'next' | 'later';
}

/** What happens to a case while it waits, and when its time is up, in order (rule K23). What would
 *  come after the end never happens, so it is left out. */
export function stepsOf(
  shown: Pick<Case, 'created_at' | 'due_at'>,
  deadline: Deadline,
  now_ms: number,
): Step[] {
  const opened = Date.parse(shown.created_at);
  const due = shown.due_at === null ? null : Date.parse(shown.due_at);
  const rungs = deadline.ladder
    .map((rung) => ({ at: opened + rung.after_ms, words: rungWords(rung) }))
    .filter(({ at }) => due === null || at < due);
  const all = due === null ? rungs : [...rungs, { at: due, words: endWords(shown, deadline) }];
  const next = all.findIndex(({ at }) => at > now_ms);
  return all.map((step, place) => ({
    ...step,
    state: step.at <= now_ms ? 'past' : place === next ? 'next' : 'later',
  }));
}

function rungWords(rung: Rung): string {
  switch (rung.do) {
    case 'remind':
      return 'Whoever should decide is reminded';
    case 'widen':
      return rung.queue ? `Everyone is let in, in “${rung.queue}”` : 'Everyone is let in';
    case 'escalate':
      return `A ${rung.role} or above is asked for`;
  }
}

function endWords(shown: Pick<Case, 'created_at' | 'due_at'>, deadline: Deadline): string {
  switch (fallbackAt(deadline, shown)) {
    case 'none':
      return 'Time is up: neither yes nor no';
    case 'reject':
      return 'Time is up: it counts as rejected';
    case 'approve':
      return `Time is up: it may run all the same (“${deadline.approve_in_words ?? ''}”)`;
  }
}

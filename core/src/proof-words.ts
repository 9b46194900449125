/** How far a proof is, as verdicts, pages and reports tell it. */
export interface Proof {
  labelled: number;
  wrong: number;
  needed: number;
  unlikely: boolean;
}

/** Written so that a verdict does not wait for it: to ask for the words of a place takes longer. */
const whole = (count: number) => String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
const some = (count: number) => (count === 0 ? 'none' : whole(count));

/** How far a proof is, in half a sentence: what there was, and what would do or that it will not. */
export function proofWords({ labelled, wrong, needed, unlikely }: Proof): string {
  const decisions = `${labelled === 0 ? 'no' : whole(labelled)} decision${labelled > 1 ? 's' : ''}`;
  const so_far = `${decisions} so far${labelled === 0 ? '' : `, ${some(wrong)} wrong`}`;
  if (unlikely) return `${so_far}, which is too many: as it goes it will not be proven`;
  // No countdown: at 5% an error adds about forty, at 2% about a hundred.
  return `${so_far}; it takes at least some ${whole(needed)} more, and each error adds to that`;
}

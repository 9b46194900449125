import type { Ports } from '../ports.ts';
import type { OpenDraft } from '../store/effects.ts';
import { first_gates } from './bot.ts';
import type { RulingsCache } from './definition.ts';
import { judgementOf } from './draft.ts';
import { askedIn } from './ground.ts';
import type { Minds } from './mind.ts';
import { submissionOf } from './proposal.ts';
import { type Calling, type Ground, type Leaving, type Thought, think } from './think.ts';
import { onlyTold } from './thought.ts';

interface Judging {
  ports: Ports;
  rulings: RulingsCache;
  minds: Minds;
}

/** What a turn stands on, and what was thought of it. */
interface Thinking {
  ground: Ground;
  first: Thought | Calling | Leaving;
}

/** The turn about what the customer said after a reply that waits for a person, where that is a matter
 *  of its own which the gate lets pass by itself: it is answered now, and the reply stays (rule W128).
 *  Read together, the gate would hold both. What does not pass alone waits as one with what waits, so
 *  that a person decides once (rule W67).
 *  @param drafts replies that wait under the epoch that now is */
export async function beyondHeld(
  { ports, rulings, minds }: Judging,
  of: Thinking,
  drafts: OpenDraft[],
): Promise<Thinking> {
  const { ground, first } = of;
  const whole = 'reason' in first ? undefined : onlyTold(first);
  const answered = Math.max(0, ...drafts.filter(({ asks }) => !asks).map((one) => one.for_seq));
  const rest = ground.together.filter(({ seq }) => seq > answered);
  if (!whole || !rest.length || rest.length === ground.together.length) return of;
  const before = ground.together.filter(({ seq }) => seq <= answered);
  const asked = askedIn(rest, ground.message);
  if (!asked.asking.length) return of;
  const own = { ...ground, ...asked, earlier: [...ground.earlier, ...before] };
  const came = await think({ minds }, own);
  const told = 'reason' in came ? undefined : onlyTold(came);
  // More of the same matter is read with it.
  if (!told || told.unsure || !whole.text.includes(told.text)) return of;
  return (await passes(ports, rulings, own, told)) ? { ground: own, first: told } : of;
}

async function passes(
  ports: Ports,
  rulings: RulingsCache,
  ground: Ground,
  thought: Thought,
): Promise<boolean> {
  const { scope } = ground;
  const submission = submissionOf(ground, thought);
  const { gate } = submission;
  const found = await ports.database.transact(scope, async (tx) =>
    (await rulings.current(tx, scope, [gate])).get(gate),
  );
  const ruling = found?.ruling.definition ?? first_gates.gate;
  return judgementOf(ruling, submission, 1).verdict === 'pass';
}

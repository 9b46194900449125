import { differs, isRefusal, judge, type Pair } from '@wheelhouse/core';
import type { Ports } from '../ports.ts';
import { findOutput } from '../store/outputs.ts';
import { lastPreference } from '../store/preferences.ts';
import type { Composing } from './compose.ts';
import type { Submission } from './output.ts';
import { alternativeOf, submissionOf } from './proposal.ts';
import { cancelOutput } from './read-output.ts';
import type { Calling, Ground, Leaving, Thought } from './think.ts';

interface Pairing extends Composing {
  submit(scope: Ground['scope'], item: Submission): Promise<{ verdict: string }>;
}

/** Whether a second answer is to stand beside this one: of the share of its answers that the bot's
 *  builder set, and not where the customer passed such a question by already (rule W65). */
export async function isDrawn(
  ports: Ports,
  { scope, turn, bot: { definition } }: Ground,
  thought: Thought | Calling | Leaving,
): Promise<boolean> {
  if (!definition.preference_share || !('others' in thought)) return false;
  if (thought.body || thought.open) return false;
  if ((turn.posture ?? definition.posture) !== 'auto') return false;
  const last = await ports.database.transact(scope, (tx) => lastPreference(tx, scope, turn.id));
  if (last && last.chosen_side === null) return false;
  return ports.chance.fraction() < definition.preference_share;
}

/** An answer with another one beside it, of which the customer is asked which is better. The other one
 *  is what the bot says by itself, where a language model says the first; else the surest that differs.
 *  Both pass the gate, or the answer stands alone.
 *  @param first what the bot thought before a language model wrote */
export async function besideAnother(
  pairing: Pairing,
  ground: Ground,
  thought: Thought,
  first: Thought,
): Promise<Thought> {
  const { ports, rulings } = pairing;
  const { scope, bot } = ground;
  const { gate, hand_off_below } = bot.definition;
  const ruling = (
    await ports.database.transact(scope, (tx) => rulings.current(tx, scope, [gate]))
  ).get(gate)?.ruling;
  // A spot check holds nothing back.
  const passes = ({ body, hold_reason }: Submission) =>
    ruling !== undefined &&
    hold_reason === undefined &&
    judge(ruling.definition.policy, body, 1).verdict === 'pass';
  if (thought.body || !passes(submissionOf(ground, thought))) return thought;
  const other = [first, ...(first.others ?? [])].find(
    (one) =>
      one.confidence >= hand_off_below &&
      differs(one.text, thought.text) &&
      passes(alternativeOf(ground, one)),
  );
  if (!other) return thought;
  const alternative = alternativeOf(ground, other);
  if (!(await passed(pairing, ground, alternative))) return thought;
  const [own, id] = [submissionOf(ground, thought).body.id, alternative.body.id] as [
    string,
    string,
  ];
  const pair: Pair =
    ports.chance.fraction() < 0.5 ? { first: own, second: id } : { first: id, second: own };
  return { ...thought, pair };
}

/** Sends an alternative through the gate. One that a person would have to look at is withdrawn: nobody
 *  is to work for what may never be said. */
async function passed(
  { ports, rulings, submit }: Pairing,
  { scope }: Ground,
  alternative: Submission,
): Promise<boolean> {
  const id = alternative.body.id as string;
  let verdict: string | undefined;
  try {
    verdict = (await submit(scope, alternative)).verdict;
  } catch (refusal) {
    // It was submitted before the server that thought of it died.
    if (!isRefusal(refusal) || refusal.code !== 'id_taken') throw refusal;
    const known = await ports.database.transact(scope, (tx) => findOutput(tx, scope, id));
    // Thought of otherwise now, it may be the same as the answer: then nothing is asked.
    if (known?.content !== alternative.body.content) return false;
    verdict = known?.verdict;
  }
  if (verdict === 'hold') {
    const why = 'It was one of two answers, of which the other is said.';
    await cancelOutput(ports, rulings, alternative.by, id, why).catch((refusal) => {
      if (!isRefusal(refusal)) throw refusal;
    });
  }
  return verdict === 'pass';
}

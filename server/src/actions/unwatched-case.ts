import { every_workspace, fromMs, toMs } from '@wheelhouse/core';
import type { Ports, Tx } from '../ports.ts';
import {
  saveUnwatchedCase,
  type UnwatchedTier,
  unwatchedOver,
  unwatchedToAsk,
} from '../store/unwatched.ts';
import type { RulingsCache } from './definition.ts';
import { askAboutTier, closeTierCase, momentWords } from './tier-case.ts';

const persists_after_ms = 86_400_000;
const at_once = 20;

/** Opens a case for each tier that has not been watched for a day, and closes those that are watched again
 *  (rule G54). @returns how many were opened or closed */
export const askAboutUnwatched = (ports: Ports, rulings: RulingsCache): Promise<number> =>
  ports.database.transact(every_workspace, async (tx) => {
    const since = fromMs(toMs(tx.now) - persists_after_ms);
    const persisting = await unwatchedToAsk(tx, since, at_once);
    for (const one of persisting) await ask(ports, rulings, tx, one);
    const over = await unwatchedOver(tx, at_once);
    for (const one of over) {
      await closeTierCase(tx, rulings, one, one.case_id);
      saveUnwatchedCase(tx, one, one, null);
    }
    return persisting.length + over.length;
  });

async function ask(ports: Ports, rulings: RulingsCache, tx: Tx, one: UnwatchedTier): Promise<void> {
  const id = await askAboutTier(ports, rulings, tx, one, {
    kind: 'unwatched',
    title: 'nobody judges the spot checks of what passes',
    facts: [
      ['Not watched since', momentWords(one.unwatched_at)],
      ['Wait for more than three days', `${one.waiting} spot checks`],
      ['Passes', one.blind ? 'nothing, until they are judged' : 'as certified, unwatched'],
    ],
    form: asked,
  });
  saveUnwatchedCase(tx, one, one, id);
}

/** Judging them is done at the desk, by whoever may. */
const asked = {
  instructions:
    'Were all of these spot checks wrong, an alarm would have been raised, and nobody knows. Once those that wait for a week are so many, nothing passes until they are judged. This closes by itself when they are. What you decide is kept in the record.',
  questions: [
    {
      kind: 'choice',
      name: 'decision',
      title: 'Who judges them?',
      options: [
        { value: 'soon', label: 'Those who usually do, now' },
        {
          value: 'others',
          label: 'Others',
          description: 'Assign them at the desk, or let more people into the queue.',
        },
        {
          value: 'fewer',
          label: 'Nobody can judge so many',
          description: 'Under the gate’s tab Policy the share of spot checks can be made smaller.',
        },
        { value: 'hold', label: 'Nobody: let it hold' },
      ],
    },
    { kind: 'text', name: 'why', title: 'Why?', required: false, max_length: 2_000 },
  ],
};

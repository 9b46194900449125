import type { Case } from '@wheelhouse/core';
import { api } from '../../live/api.ts';
import { isPassing, sentenceOf } from '../../live/problem.ts';
import { outcomeWords } from './outcome.ts';
import { loud_ms, say, short, tellLoud } from './toasts.tsx';

/** What became of an answer that the server did not confirm, as its case tells it. */
export type Became = 'arrived' | 'not_arrived' | 'another' | 'unknown';

const ask_again_ms = 2_000;

/** @param now the case as it was read once the server could be reached again */
export function becameOf(asked: Case, now: Case, me_id: string): Became {
  if (now.resolution?.by.includes(me_id)) return 'arrived';
  if (now.state !== 'waiting') return 'another';
  // Who has answered is hidden while more people are to: the count alone may be a colleague's.
  return now.answers_in > asked.answers_in ? 'unknown' : 'not_arrived';
}

const became_words: Record<Exclude<Became, 'arrived'>, [title: string, words: string]> = {
  not_arrived: [
    'Not decided',
    'Your answer did not arrive. Nothing was decided; look again and decide it.',
  ],
  another: ['Not decided', 'It was decided or withdrawn without your answer.'],
  unknown: [
    'Not confirmed',
    'An answer has come in meanwhile, and it is not known whether it is yours.',
  ],
};

/** Finds out what became of an answer once the server can be asked, and says so (rule K104).
 *  @returns how many answers of ours that makes */
export async function findOut(asked: Case, me_id: string, open: () => void): Promise<0 | 1> {
  try {
    const now = await readOnceBack(asked.id);
    const became = becameOf(asked, now, me_id);
    if (became === 'arrived' && now.resolution) {
      const outcome = outcomeWords(now.resolution.outcome);
      say(asked.id, `${outcome}: your answer had arrived`, short(asked.title), loud_ms);
      return 1;
    }
    const [title, words] = became_words[became === 'arrived' ? 'unknown' : became];
    tellLoud(asked, title, words, open, null);
  } catch (problem) {
    tellLoud(asked, 'Not confirmed', sentenceOf(problem), open, null);
  }
  return 0;
}

/** Asks for a case until the server answers, however long it is away.
 *  @throws ApiProblem when it refuses */
async function readOnceBack(case_id: string): Promise<Case> {
  for (;;) {
    try {
      return await api.cases.get(case_id);
    } catch (problem) {
      if (!isPassing(problem)) throw problem;
      await new Promise((resolve) => setTimeout(resolve, ask_again_ms));
    }
  }
}

import type { GatePromise } from '@wheelhouse/core';
import { scoreText, tierWords, whole } from './promiseText.ts';
import { warnedWords } from './warningWords.ts';

const ended_words: Record<string, string> = {
  time: 'the override’s time is over',
  withdrawn: 'the override was ended by hand',
  replaced: 'another override took its place',
  alarmed: 'an alarm ended the override',
  policy_changed: 'the promise was changed, which ended the override',
};

const signerWords = ({ signed_by_name: who }: Record<string, unknown>): string =>
  typeof who === 'string'
    ? `${who} let more pass than is certified`
    : 'More passes than is certified';

/** What came of an override in the end. */
function tallyWords({ passed, checks }: Record<string, unknown>): string {
  if (typeof passed !== 'number') return '';
  if (passed === 0) return '. Nothing had passed by it';
  const { n, wrong } = checks as { n: number; wrong: number };
  const seen = n === 0 ? 'none of it looked at' : `${whole(n)} looked at, ${whole(wrong)} wrong`;
  return `. ${whole(passed)} had passed by it: ${seen}`;
}

const anewWords = ({ labelled, wrong }: Record<string, unknown>): string =>
  `Proof begun anew: what was judged before (${whole(Number(labelled))} decisions, ${whole(Number(wrong))} wrong) counts no more`;

/** What happened to a promise, from the data of its event. */
export function happenedWords({ type, data }: GatePromise['events'][number]): string {
  const tier =
    typeof data.tier === 'string' && data.tier !== 'all' ? ` (${tierWords(data.tier)})` : '';
  const at = typeof data.threshold === 'number' ? ` at ${scoreText(data.threshold)}` : '';
  const tracked =
    typeof data.tracked === 'number' ? `; tracked from ${scoreText(data.tracked)} on` : '';
  switch (type as string) {
    case 'gate.learning':
      return data.why === 'begun_anew' ? `${anewWords(data)}${tier}` : `Began to learn${tier}`;
    case 'gate.head_learned':
      return 'Learned what people agree with';
    case 'gate.certified':
      return `Certified${at}${tier}`;
    case 'gate.expired':
      return `Certificate ended: ${String(data.why ?? data.why_ended ?? 'a change').replaceAll('_', ' ')}${tier}`;
    case 'gate.warned':
      return `${warnedWords(data)}${tier}`;
    case 'gate.alarmed':
      return `Alarm: more of what passed was wrong than promised${tier}${tracked}`;
    case 'gate.unwatched':
      return `Not watched: ${whole(Number(data.waiting))} spot checks wait for people${data.holds ? ', and nothing passes until they are judged' : ''}${tier}`;
    case 'gate.watched':
      return `Watched again: its spot checks are judged${tier}`;
    case 'gate.hours_spent':
      return `People’s hours of the day were spent; ${whole(Number(data.waiting))} waited for the next`;
    case 'gate.overridden':
      return `${signerWords(data)}${at}${tier}: ${String(data.reason ?? '')}`;
    case 'gate.override_ended':
      return `As promised again: ${ended_words[String(data.why)] ?? String(data.why)}${tallyWords(data)}`;
    default:
      return `${type}${tier}`;
  }
}

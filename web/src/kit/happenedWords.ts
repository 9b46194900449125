import type { Event } from '@wheelhouse/core';
import { minuteText } from './duration.ts';
import { namedWords, scoreText, share, tierWords, whole } from './promiseWords.ts';
import { warnedWords } from './warningWords.ts';

type Happened = Pick<Event, 'type' | 'data'>;
type Data = Happened['data'];

const ended_words: Record<string, string> = {
  time: 'the override’s time is over',
  withdrawn: 'the override was ended by hand',
  replaced: 'another override took its place',
  alarmed: 'an alarm ended the override',
  policy_changed: 'the promise was changed, which ended the override',
};

/** Why a certificate ended. */
const expired_words: Record<string, string> = {
  alarmed: 'spot checks raised an alarm',
  labels_changed: 'what was decided since bears it no more',
  policy_changed: 'the gate promises something else now',
  replaced: 'another one took its place',
  unused: 'nothing came of that version for 30 days',
  unwatched: 'nobody judged its spot checks',
};

const signerWords = (who: unknown): string =>
  typeof who === 'string'
    ? `${who} let more pass than is certified`
    : 'More passes than is certified';

/** What came of an override in the end. */
function tallyWords({ passed, checks }: Data): string {
  if (typeof passed !== 'number') return '';
  if (passed === 0) return '. Nothing had passed by it';
  const { n, wrong } = checks as { n: number; wrong: number };
  const seen = n === 0 ? 'none of it looked at' : `${whole(n)} looked at, ${whole(wrong)} wrong`;
  return `. ${whole(passed)} had passed by it: ${seen}`;
}

const anewWords = ({ labelled, wrong }: Data): string =>
  `Proof begun anew: what had been judged by then (${whole(Number(labelled))} decisions, ${whole(Number(wrong))} wrong) counts no more`;

/** What happened to a promise, from the data of its event: where it stands beside others, of which version
 *  and tier.
 *  @param by who did it
 *  @returns undefined of what is no event of a promise */
export function happenedWords({ type, data }: Happened, by?: string): string | undefined {
  const named = namedWords(data);
  const of = `${named ? ` for ${named}` : ''}${
    typeof data.tier === 'string' && data.tier !== 'all' ? ` (${tierWords(data.tier)})` : ''
  }`;
  const at = typeof data.threshold === 'number' ? ` at ${scoreText(data.threshold)}` : '';
  switch (type) {
    case 'gate.learning':
      return data.why === 'begun_anew' ? `${anewWords(data)}${of}` : `Began to learn${of}`;
    case 'gate.head_learned':
      return `Learned what people agree with${of}`;
    case 'gate.certified':
      return `Certified${at}${of}`;
    case 'gate.expired':
      return `Certificate ended${of}: ${expired_words[String(data.why)] ?? String(data.why ?? 'a change').replaceAll('_', ' ')}`;
    case 'gate.warned':
      return warnedWords(data).replace(/^Warned/, `Warned${of}`);
    case 'gate.alarmed':
      return `Alarm${of}: more of what passed was wrong than promised${checkWords(data)}${
        typeof data.tracked === 'number' ? `; tracked from ${scoreText(data.tracked)} on` : ''
      }`;
    case 'gate.calmed':
      return `Calm again, ${whole(Number(data.wrong))} of ${whole(Number(data.checks))} spot checks wrong: people look at ${share(Number(data.spot_check))} of what passes, as usual${of}`;
    case 'gate.unwatched':
      return `Not watched${of}: ${whole(Number(data.waiting))} spot checks wait for people${data.holds ? ', and nothing passes until they are judged' : ''}`;
    case 'gate.watched':
      return `Watched again${of}: its spot checks are judged`;
    case 'gate.hours_spent':
      return `People’s hours of the day were spent; ${whole(Number(data.waiting))} waited for the next`;
    case 'gate.overridden':
      return `${signerWords(data.signed_by_name ?? by)}${at}${data.until ? ` until ${minuteText(data.until)}` : ''}${of}: ${String(data.reason ?? '')}`;
    case 'gate.override_ended':
      return `As promised again: ${endedBy(data, by)}${tallyWords(data)}`;
    default:
      return undefined;
  }
}

const checkWords = ({ checks, wrong }: Data): string =>
  typeof checks === 'number' ? `, ${whole(Number(wrong))} of ${whole(checks)} spot checks` : '';

const endedBy = ({ why }: Data, by?: string): string =>
  why === 'withdrawn' && by
    ? `${by} ended the override`
    : (ended_words[String(why)] ?? String(why));

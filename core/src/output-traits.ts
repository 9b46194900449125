import type { Json } from './json.ts';
import type { OutputTraits } from './learn/agreement.ts';
import type { OutputSubmission } from './output.ts';

/** Of what an output holds, at most so many fields are read, and none deeper. */
const most_fields = 60;
const deepest = 3;
/** A longer text is prose, of which its length alone is told. */
const longest_word = 40;
/** Up to so many scores are each told by their name: what a judge or a check gives is no share among labels. */
const most_named_scores = 5;
/** Log odds beyond this tell no more: a confidence of 1 is no certainty. */
const most_odds = 20;

type Traits = { numbers: Record<string, number>; words: Record<string, string>; room: number };

/**
 * What can be told of an output before a person sees it, for what learns whether they will agree: how
 * sure the AI was and of what else, whom and what it concerns, and short words, numbers and lengths in
 * what was sent. Texts of `input` are people's own and only their lengths are told.
 */
export function traitsOf(output: OutputSubmission): OutputTraits {
  const { confidence, scores, groups, risk, cost_usd, action, content, input, metadata } = output;
  const traits: Traits = { numbers: {}, words: {}, room: most_fields };
  const { numbers, words } = traits;
  if (confidence === undefined) words.confidence = 'none';
  else numbers.confidence = confidence;
  if (scores) readScores(traits, scores);
  if (risk !== undefined) words.risk = risk;
  if (cost_usd !== undefined) numbers.cost = Math.log1p(cost_usd);
  for (const [name, group] of Object.entries(groups ?? {}))
    readWord(traits, `group.${name}`, group);
  if (action) {
    readWord(traits, 'action', action.name);
    read(traits, 'arguments', action.arguments, true, 0);
  }
  read(traits, 'content', content, true, 0);
  read(traits, 'metadata', metadata, true, 0);
  read(traits, 'input', input, false, 0);
  // What is surer by as much is as many log odds apart, near 1 too; none given is neither sure nor unsure.
  return { score: confidence === undefined ? 0 : oddsOf(confidence), numbers, words };
}

const oddsOf = (share: number): number => {
  const odds = Math.log(share) - Math.log1p(-share);
  return Math.max(-most_odds, Math.min(most_odds, odds));
};

/** The likeliest label, the one after it, and how far they are apart; of few, what each comes to. */
function readScores({ numbers, words }: Traits, scores: Record<string, number>): void {
  let [first, second] = ['', ''];
  let [most, next] = [-1, -1];
  const labels = Object.keys(scores);
  if (labels.length <= most_named_scores) {
    for (const label of labels) numbers[`scores.${label}`] = oddsOf(scores[label] as number);
  }
  for (const label of labels) {
    const score = scores[label] as number;
    if (score > most) [second, next, first, most] = [first, most, label, score];
    else if (score > next) [second, next] = [label, score];
  }
  if (most < 0) return;
  words.label = first;
  if (next < 0) return;
  words.rival = second;
  numbers.margin = most - next;
  numbers.rival_odds = oddsOf(next);
}

function read(
  traits: Traits,
  name: string,
  value: Json | undefined,
  words: boolean,
  depth: number,
): void {
  if (value === undefined || traits.room <= 0) return;
  traits.room--;
  if (typeof value === 'number')
    traits.numbers[name] = Math.sign(value) * Math.log1p(Math.abs(value));
  else if (typeof value === 'boolean') traits.words[name] = String(value);
  else if (typeof value === 'string') {
    if (words && value.length <= longest_word) traits.words[name] = value;
    else traits.numbers[`${name}.length`] = Math.log1p(value.length);
  } else if (Array.isArray(value)) traits.numbers[`${name}.items`] = Math.log1p(value.length);
  else if (value !== null && depth < deepest) {
    for (const key in value) read(traits, `${name}.${key}`, value[key], words, depth + 1);
  }
}

function readWord(traits: Traits, name: string, word: string): void {
  if (traits.room-- > 0) traits.words[name] = word;
}

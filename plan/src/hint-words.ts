import type { ScoredFile } from '@wheelhouse/core';
import { countWords } from './plan-words.ts';

/** What is to be looked at in a file before anybody relies on its plan: nothing there is wrong for sure. */
export const hintWords = (file: Pick<ScoredFile, 'copies' | 'alike'>): string[] => [
  ...copiesWords(file),
  ...alikeWords(file),
];

function copiesWords({ copies }: Pick<ScoredFile, 'copies'>): string[] {
  if (!copies) return [];
  const { n, different, times } = copies;
  return [
    `The ${countWords(n)} outputs are no more than ${countWords(different)} different lines, most of them there ${countWords(times)} times. Each counts as an output by itself: if they are copies, take them out, or the plan claims far more than the file shows.`,
  ];
}

function alikeWords({ alike }: Pick<ScoredFile, 'alike'>): string[] {
  if (!alike) return [];
  const { n, line, label, predicted } = alike;
  const [which, count] =
    n === 1 ? ['One output counts', ''] : [`${countWords(n)} outputs count`, ', the first'];
  return [
    `${which} as wrong that differ${n === 1 ? 's' : ''} from the right answer in capitals or blanks alone${count} on line ${countWords(line)} (${quoted(predicted)}, and ${quoted(label)} would be right). If they mean the same, write them alike.`,
  ];
}

const quoted = (text: string) => `“${text}”`;

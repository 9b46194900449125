import type { RatingScale } from '@wheelhouse/core';
import { commentField } from './comment.ts';
import type { Drawn } from './drawn.ts';
import { button, make } from './elements.ts';
import { icon } from './icons.ts';
import type { ChatState } from './state.ts';
import type { Words } from './words.ts';

type Judge = (said: { score: number; comment?: string }) => void;

/** Whether the whole conversation helped, asked when it has ended. */
export function ratingQuestion(words: Words, scale: RatingScale, judge: Judge): Drawn {
  let score: number | null = null;
  // What was picked here stands, whatever is told meanwhile of before it.
  let picked: number | null = null;
  const give = (next: number) => {
    picked = next;
    judge({ score: next });
    field.element.hidden = false;
    thanks.hidden = true;
  };
  const choices = (scale === 'thumbs' ? [5, 1] : [1, 2, 3, 4, 5]).map((value) => {
    const name = scale === 'thumbs' ? (value > 3 ? words.yes : words.no) : starWords(words, value);
    const shape = scale === 'thumbs' ? (value > 3 ? 'up' : 'down') : 'star';
    const choice = button(`thumb ${scale}`, name, () => give(value), icon(shape));
    choice.title = name;
    return { value, choice };
  });
  const thanks = make('span', 'fine', words.thanks);
  thanks.setAttribute('role', 'status');
  thanks.hidden = true;
  const field = commentField(words, (comment) => {
    judge({ score: picked ?? score ?? 5, comment });
    field.element.hidden = true;
    thanks.hidden = false;
    choices[0]?.choice.focus();
  });
  field.element.hidden = true;
  const question = make('strong', '', words.rate);
  question.id = 'rate';
  const row = make('div', 'thumbs', ...choices.map(({ choice }) => choice));
  row.setAttribute('role', 'group');
  row.setAttribute('aria-labelledby', 'rate');
  return {
    element: make('div', 'rating', question, row, field.element, thanks),
    update(state) {
      score = scoreOf(state);
      for (const { value, choice } of choices) {
        choice.setAttribute('aria-pressed', String(value === score));
        choice.toggleAttribute('data-under', scale === 'stars' && value <= (score ?? 0));
      }
    },
  };
}

const starWords = (words: Words, value: number) => words.stars.replace('{n}', String(value));

function scoreOf({ judged, chat }: ChatState): number | null {
  const under_way = judged.findLast(
    (one) => 'score' in one.said && one.conversation_id === chat?.id,
  )?.said;
  return under_way && 'score' in under_way ? under_way.score : (chat?.rating?.score ?? null);
}

import type { PreferenceQuestion } from '@wheelhouse/core';
import type { Drawn } from './drawn.ts';
import { button, make } from './elements.ts';
import { rendered } from './markdown.ts';
import type { Judged } from './memory.ts';
import type { ChatState } from './state.ts';
import type { Words } from './words.ts';

type Judge = (said: Judged['said']) => void;

/** Which of two answers is better: the one that is chosen is said. Nobody has to: writing on is an
 *  answer too. */
export function preferenceQuestion(words: Words, asked: PreferenceQuestion, judge: Judge): Drawn {
  const title = make('strong', '', words.prefer);
  title.id = 'prefer';
  const answers = [asked.first, asked.second].map(({ output_id, text }, at) => {
    const bubble = make('div', 'bubble', rendered(text));
    bubble.id = `prefer-${at}`;
    const name = words.prefer_answer.replace('{n}', String(at + 1));
    const choice = button('pick', words.prefer_this, () => judge({ output_id }));
    choice.setAttribute('aria-describedby', bubble.id);
    choice.setAttribute('aria-label', `${words.prefer_this}: ${name}`);
    return {
      output_id,
      choice,
      element: make('div', 'answer', make('span', 'by', name), bubble, choice),
    };
  });
  const element = make(
    'div',
    'preference',
    title,
    ...answers.map((one) => one.element),
    make('span', 'fine', words.prefer_or),
  );
  element.setAttribute('role', 'group');
  element.setAttribute('aria-labelledby', 'prefer');
  return {
    element,
    update(state) {
      const chosen = chosenOf(state);
      for (const { output_id, choice, element: answer } of answers) {
        choice.setAttribute('aria-pressed', String(output_id === chosen));
        choice.disabled = chosen !== undefined;
        answer.toggleAttribute('data-other', chosen !== undefined && output_id !== chosen);
      }
    },
  };
}

/** What was chosen and is on its way. */
function chosenOf({ judged, chat }: ChatState): string | undefined {
  const said = judged.findLast(
    (one) => one.conversation_id === chat?.id && 'output_id' in one.said,
  );
  return said && 'output_id' in said.said ? said.said.output_id : undefined;
}

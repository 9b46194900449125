import { button, make } from './elements.ts';
import type { Words } from './words.ts';

/** A field for a few words beside what was chosen, which may be left empty. */
export function commentField(words: Words, send: (comment: string) => void) {
  const text = make('textarea');
  text.rows = 2;
  text.maxLength = 5_000;
  text.placeholder = words.comment;
  text.setAttribute('aria-label', words.comment);
  const go = () => {
    const said = text.value.trim();
    if (said) send(said);
  };
  const element = make('div', 'comment', text, button('small', words.send_comment, go));
  return { element, text };
}

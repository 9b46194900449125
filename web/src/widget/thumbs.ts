import { commentField } from './comment.ts';
import type { Drawn } from './drawn.ts';
import { button, make } from './elements.ts';
import { icon } from './icons.ts';
import type { ChatState } from './state.ts';
import type { Words } from './words.ts';

type Judge = (said: { up: boolean; comment?: string }, message_id: string) => void;

/** Whether a reply helped: two thumbs, and room for a few words once one was given. */
export function thumbs(words: Words, message_id: string, judge: Judge): Drawn {
  let up: boolean | undefined;
  let comment: string | undefined;
  const give = (next: boolean) => {
    const same = comment === undefined ? {} : { comment };
    judge({ up: next, ...(next === up ? same : {}) }, message_id);
    field.element.hidden = false;
    thanks.hidden = true;
  };
  const yes = button('thumb', words.yes, () => give(true), icon('up'));
  const no = button('thumb', words.no, () => give(false), icon('down'));
  yes.title = words.yes;
  no.title = words.no;
  const thanks = make('span', 'fine', words.thanks);
  thanks.setAttribute('role', 'status');
  thanks.hidden = true;
  const field = commentField(words, (said) => {
    judge({ up: up ?? true, comment: said }, message_id);
    field.element.hidden = true;
    thanks.hidden = false;
    yes.focus();
  });
  field.element.hidden = true;
  const pair = make('div', 'thumbs', yes, no, thanks);
  pair.setAttribute('role', 'group');
  pair.setAttribute('aria-label', words.helpful);
  return {
    element: make('div', 'judging', pair, field.element),
    update(state) {
      const said = saidOf(state, message_id);
      up = said?.up;
      comment = said?.comment ?? undefined;
      yes.setAttribute('aria-pressed', String(up === true));
      no.setAttribute('aria-pressed', String(up === false));
    },
  };
}

/** What is on its way counts before what has arrived. */
function saidOf({ judged, messages }: ChatState, message_id: string) {
  const under_way = judged.findLast((one) => one.message_id === message_id)?.said;
  if (under_way && 'up' in under_way) return under_way;
  return messages.find(({ id }) => id === message_id)?.thumb;
}

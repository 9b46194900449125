import { type Block, isSafeAddress, markdownOf, type Span } from '@wheelhouse/core/markdown';
import { make } from './elements.ts';

/** The Markdown that messages have, as nodes. No text ever becomes HTML, and a link leads only to the
 *  web or to a mailbox. */
export function rendered(text: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  fragment.append(...markdownOf(text).map(block));
  return fragment;
}

function block(one: Block): HTMLElement {
  if (one.kind === 'code') return make('pre', '', make('code', '', one.text));
  if (one.kind === 'quote') return facing(make('blockquote', '', ...one.blocks.map(block)));
  if (one.kind === 'heading') return make('p', '', make('strong', '', ...one.spans.map(span)));
  if (one.kind === 'paragraph') return make('p', '', ...lines(one.lines));
  const items = one.items.map((blocks) => make('li', '', ...itemOf(blocks)));
  const list = make(one.ordered ? 'ol' : 'ul', '', ...items);
  if (list instanceof HTMLOListElement && one.start !== 1) list.start = one.start;
  return facing(list);
}

/** Its signs, or its line, stand on the side from which its words are read. */
function facing<Made extends HTMLElement>(element: Made): Made {
  element.dir = 'auto';
  return element;
}

/** What an item begins with stands beside its sign, whichever way it is read itself. */
function itemOf(blocks: Block[]): Node[] {
  const [first, ...rest] = blocks;
  if (first?.kind !== 'paragraph') return blocks.map(block);
  return [make('span', 'item', ...lines(first.lines)), ...rest.map(block)];
}

const lines = (all: Span[][]): (Node | string)[] =>
  all.flatMap((line, at) => [...(at ? [make('br')] : []), ...line.map(span)]);

function span(one: Span): Node | string {
  if (typeof one === 'string') return one;
  if (one.kind === 'code') return make('code', '', one.text);
  if (one.kind === 'link') return link(one.spans.map(span), one.to);
  const name = one.kind === 'struck' ? 's' : one.kind;
  return make(name, '', ...one.spans.map(span));
}

/** Anything but a web address or a mailbox stays text. */
export function link(label: string | (Node | string)[], address: string): Node | string {
  const words = typeof label === 'string' ? [label] : label;
  if (!isSafeAddress(address) || !URL.canParse(address)) return make('span', '', ...words);
  const anchor = make('a', '', ...words);
  anchor.href = address;
  anchor.target = '_blank';
  anchor.rel = 'noopener noreferrer nofollow';
  return anchor;
}

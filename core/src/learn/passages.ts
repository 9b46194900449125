import { lastSentenceEnd } from '../sentence.ts';
import type { Passage } from './retrieve.ts';

/** The longest passage, in UTF-16 units: about what fits a chat bubble. */
export const longest_passage = 800;

const heading_line = /^(#{1,6})\s+(.+?)\s*#*$/;

/** Splits an article's Markdown at its headings and paragraphs into passages of at most
 *  `longest_passage`; neighbouring paragraphs under one heading stay together while they fit. A heading
 *  alone is no passage. What is in a code fence is never taken for a heading. */
export function passagesOf(article: { name: string; title: string; text: string }): Passage[] {
  const passages: Passage[] = [];
  const path: string[] = [];
  let block = '';
  const close = () => {
    if (block.trim()) {
      const { name, title } = article;
      passages.push({ article: name, title, heading: path.filter(Boolean), text: block.trim() });
    }
    block = '';
  };
  for (const paragraph of paragraphsOf(article.text)) {
    const heading = heading_line.exec(paragraph);
    if (heading) {
      close();
      const depth = (heading[1] as string).length;
      path.length = Math.min(path.length, depth - 1);
      // The article's own title stands above all of them already.
      const title = heading[2] as string;
      path[depth - 1] = depth === 1 && title === article.title ? '' : title;
      continue;
    }
    for (const piece of piecesOf(paragraph)) {
      if (block && block.length + piece.length + 2 > longest_passage) close();
      block = block ? `${block}\n\n${piece}` : piece;
    }
  }
  close();
  return passages;
}

/** Paragraphs and heading lines, in order. */
function paragraphsOf(text: string): string[] {
  const found: string[] = [];
  let lines: string[] = [];
  let fenced = false;
  const close = () => {
    if (lines.length) found.push(lines.join('\n'));
    lines = [];
  };
  for (const line of text.replaceAll('\r\n', '\n').split('\n')) {
    if (/^\s*(```|~~~)/.test(line)) fenced = !fenced;
    if (!fenced && heading_line.test(line)) {
      close();
      found.push(line);
    } else if (!fenced && !line.trim()) close();
    else lines.push(line);
  }
  close();
  return found;
}

/** A paragraph that is too long, cut behind sentences, else behind words, else where it must be. */
function piecesOf(paragraph: string): string[] {
  const pieces: string[] = [];
  let rest = paragraph;
  while (rest.length > longest_passage) {
    const room = rest.slice(0, longest_passage);
    const sentence = lastSentenceEnd(room);
    const word = Math.max(...[' ', '，', '、', '；'].map((end) => room.lastIndexOf(end)));
    let cut = longest_passage;
    if (sentence > longest_passage / 3) cut = sentence;
    else if (word > 0) cut = word + 1;
    // Never between the halves of one character.
    else if (/[\uD800-\uDBFF]/.test(room.at(-1) ?? '')) cut--;
    pieces.push(rest.slice(0, cut).trim());
    rest = rest.slice(cut).trim();
  }
  if (rest) pieces.push(rest);
  return pieces;
}

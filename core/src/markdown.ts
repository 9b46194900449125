/** The Markdown that support articles and messages are written in, as data: no text becomes HTML here
 *  or where it is drawn, and a link leads to the web or to a mailbox or is no link. It is not all of
 *  CommonMark: what it does not know stays as it was written. A line is a line, as it was typed. */

export type Span =
  | string
  | { kind: 'strong' | 'em' | 'struck'; spans: Span[] }
  | { kind: 'code'; text: string }
  | { kind: 'link'; to: string; spans: Span[] };

export type Block =
  | { kind: 'paragraph'; lines: Span[][] }
  | { kind: 'heading'; spans: Span[] }
  | { kind: 'list'; ordered: boolean; start: number; items: Block[][] }
  | { kind: 'quote'; blocks: Block[] }
  | { kind: 'code'; text: string };

/** Lists and quotes stand in each other so deep, and text in text; deeper is shown as it is written. */
const most_depth = 4;

const fence = /^\s{0,3}(`{3,}|~{3,})/;
const heading = /^\s{0,3}#{1,6}\s+(\S.*)$/;
const quote = /^\s{0,3}>\s?/;
const item = /^(\s*)([-*+•]|\d{1,9}[.)])(\s+)(?=\S)/;
const rule = /^\s{0,3}(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,})$/;
const underline = /^\s{0,3}(?:={2,}|-{2,})\s*$/;
const table_rule = /^\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?$/;

const isBlank = (line: string | undefined): boolean => line !== undefined && line.trim() === '';
const indentOf = (line: string): number => line.length - line.trimStart().length;

/** @returns the blocks of a text, in order; the same text gives the same blocks */
export function markdownOf(text: string): Block[] {
  const lines = text.replaceAll('\r\n', '\n').replaceAll('\t', '    ').split('\n');
  return blocksOf(lines, 0);
}

interface Taken {
  block: Block | undefined;
  /** The line behind it. */
  next: number;
}

function blocksOf(lines: string[], depth: number): Block[] {
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length; ) {
    const taken = takeBlock(lines, at, depth);
    if (taken.block) blocks.push(taken.block);
    at = taken.next;
  }
  return blocks;
}

function takeBlock(lines: string[], at: number, depth: number): Taken {
  const line = lines[at] ?? '';
  if (isBlank(line) || rule.test(line)) return { block: undefined, next: at + 1 };
  if (fence.test(line)) return takeFence(lines, at);
  const title = heading.exec(line)?.[1];
  if (title !== undefined) {
    const spans = spansOf(title.trimEnd().replace(/\s#+$/, ''));
    return { block: { kind: 'heading', spans }, next: at + 1 };
  }
  if (depth < most_depth && quote.test(line)) return takeQuote(lines, at, depth);
  if (depth < most_depth && item.test(line)) return takeList(lines, at, depth);
  if (beginsTable(lines, at)) return takeTable(lines, at);
  return takeParagraph(lines, at, depth);
}

/** To its own end, or to the end of what was written. */
function takeFence(lines: string[], at: number): Taken {
  const mark = fence.exec(lines[at] ?? '')?.[1] ?? '```';
  const ends = (line: string) => line.trim().startsWith(mark) && /^[`~]+$/.test(line.trim());
  let next = at + 1;
  while (next < lines.length && !ends(lines[next] ?? '')) next += 1;
  return { block: { kind: 'code', text: lines.slice(at + 1, next).join('\n') }, next: next + 1 };
}

function takeQuote(lines: string[], at: number, depth: number): Taken {
  let next = at;
  while (next < lines.length && quote.test(lines[next] ?? '')) next += 1;
  const inner = lines.slice(at, next).map((line) => line.replace(quote, ''));
  return { block: { kind: 'quote', blocks: blocksOf(inner, depth + 1) }, next };
}

/** Items that follow each other, also behind blank lines; what is indented behind one belongs to it. */
function takeList(lines: string[], at: number, depth: number): Taken {
  const [, indent = '', mark = '-'] = item.exec(lines[at] ?? '') ?? [];
  const ordered = /\d/.test(mark);
  const items: Block[][] = [];
  let next = at;
  while (next < lines.length) {
    const [head = '', here = '', sign = '', gap = ''] = item.exec(lines[next] ?? '') ?? [];
    if (!head || /\d/.test(sign) !== ordered || rule.test(lines[next] ?? '')) break;
    if (here.length < indent.length) break;
    const width = here.length + sign.length + Math.min(gap.length, 4);
    const inner = [(lines[next] ?? '').slice(head.length)];
    next += 1;
    while (next < lines.length && belongs(lines, next, here.length)) {
      const line = lines[next] ?? '';
      inner.push(line.slice(Math.min(width, indentOf(line))));
      next += 1;
    }
    items.push(blocksOf(inner, depth + 1));
    if (item.test(lines[pastBlank(lines, next)] ?? '')) next = pastBlank(lines, next);
  }
  const start = ordered ? Number.parseInt(mark, 10) : 1;
  return { block: { kind: 'list', ordered, start, items }, next };
}

/** Whether a line is of the item before it, which begins so many signs in. */
function belongs(lines: string[], at: number, indent: number): boolean {
  const line = lines[pastBlank(lines, at)];
  if (line === undefined) return false;
  return indentOf(line) >= indent + 2;
}
function pastBlank(lines: string[], at: number): number {
  let next = at;
  while (isBlank(lines[next])) next += 1;
  return next;
}

const beginsTable = (lines: string[], at: number): boolean => {
  const [line = '', below = ''] = [lines[at], lines[at + 1]];
  return line.includes('|') && below.includes('|') && table_rule.test(below.trim());
};

/** Each row as a line, its first in bold: a table is mostly wider than a chat. */
function takeTable(lines: string[], at: number): Taken {
  const rows = [cellsOf(lines[at] ?? '')];
  let next = at + 2;
  for (; (lines[next] ?? '').includes('|'); next += 1) rows.push(cellsOf(lines[next] ?? ''));
  const drawn = rows.map((cells, row) => {
    const spans = cells.flatMap((cell, column) => [...(column ? [' · '] : []), ...spansOf(cell)]);
    return row ? spans : [{ kind: 'strong' as const, spans }];
  });
  return { block: { kind: 'paragraph', lines: drawn }, next };
}

const cellsOf = (line: string): string[] =>
  line
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => cell.trim())
    .filter((cell) => cell !== '');

function takeParagraph(lines: string[], at: number, depth: number): Taken {
  let next = at + 1;
  while (next < lines.length && !endsParagraph(lines, next, depth)) next += 1;
  if (next === at + 1 && underline.test(lines[next] ?? '')) {
    return { block: { kind: 'heading', spans: spansOf((lines[at] ?? '').trim()) }, next: next + 1 };
  }
  const drawn = lines.slice(at, next).map((line) => spansOf(line.trim()));
  return { block: { kind: 'paragraph', lines: drawn }, next };
}

function endsParagraph(lines: string[], at: number, depth: number): boolean {
  const line = lines[at] ?? '';
  if (isBlank(line) || rule.test(line) || fence.test(line) || heading.test(line)) return true;
  if (underline.test(line) || beginsTable(lines, at)) return true;
  if (depth >= most_depth) return false;
  // A number that opens a line of a text is mostly none of a list, unless it is the first.
  const mark = item.exec(line)?.[2];
  return quote.test(line) || (mark !== undefined && (!/\d/.test(mark) || /^1\D/.test(mark)));
}

/** What stands in a line, the first that fits: an escaped sign, code, a picture, a link, an address in
 *  brackets, bold, struck, italic, a bare address. Each is found in time that grows with the line. */
const inline = new RegExp(
  [
    /\\([\\`*_{}[\]()#+\-.!|>~<])/,
    /(`{1,8})([^`]+)\2/,
    /(!?)\[((?:[^[\]\\]|\\.|\[[^[\]]*\])*)\]\(\s*<?((?:[^\s()<>]|\((?:[^\s()]|\([^\s()]*\))*\))*)>?(?:\s+["'][^"'\n]*["'])?\s*\)/,
    /<((?:https?:\/\/|mailto:)[^\s<>]+)>/,
    /\*\*(\S|\S.{0,400}?\S)\*\*(?!\*)/,
    /__(\S|\S.{0,400}?\S)__(?!_)/,
    /~~(\S|\S.{0,400}?\S)~~/,
    /\*([^\s*]|[^\s*].{0,400}?[^\s*])\*(?!\*)/,
    /_([^\s_]|[^\s_].{0,400}?[^\s_])_(?!_)/,
    /(https?:\/\/[^\s<>"]+)/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
);
const word = /[\p{L}\p{N}_]/u;
const counted = /[\p{N}\p{Script=Latin}]/u;

/** @returns what stands in a line, neighbouring text as one */
export function spansOf(text: string, depth = 0): Span[] {
  const spans: Span[] = [];
  const add = (span: Span) => {
    const last = spans.at(-1);
    if (span === '') return;
    if (typeof span === 'string' && typeof last === 'string') spans[spans.length - 1] = last + span;
    else spans.push(span);
  };
  if (depth > most_depth) return [text];
  let from = 0;
  const signs = new RegExp(inline);
  for (let found = signs.exec(text); found; found = signs.exec(text)) {
    const { span, length } = spanOf(text, found, depth);
    add(text.slice(from, found.index));
    for (const one of span) add(one);
    from = found.index + length;
    signs.lastIndex = from;
  }
  add(text.slice(from));
  return spans;
}

function spanOf(text: string, found: RegExpExecArray, depth: number) {
  const [
    all,
    escaped,
    ,
    code,
    picture,
    label,
    to,
    address,
    strong,
    strong_too,
    struck,
    em,
    em_too,
  ] = found;
  const bare = found[13];
  const inner = (within: string) => spansOf(within, depth + 1);
  const whole = (span: Span[]) => ({ span, length: all.length });
  if (escaped !== undefined) return whole([escaped]);
  if (code !== undefined) return whole([{ kind: 'code', text: code.trim() || code }]);
  if (label !== undefined && to !== undefined) return whole(linkOf(picture, label, to, inner));
  if (address !== undefined) return whole(linked(address, [address.replace(/^mailto:/i, '')]));
  if (bare !== undefined) {
    const length = endOf(bare);
    return { span: linked(bare.slice(0, length), [bare.slice(0, length)]), length };
  }
  const [before = '', behind = ''] = [text[found.index - 1], text[found.index + all.length]];
  // In a word "_" is a part of it, as in names of files, and behind a number "*" multiplies it.
  const part = (strong_too ?? em_too) !== undefined && word.test(before + behind);
  if (part || (em !== undefined && counted.test(before)))
    return { span: [all[0] ?? ''], length: 1 };
  if (struck !== undefined) return whole([{ kind: 'struck', spans: inner(struck) }]);
  const bold = strong ?? strong_too;
  if (bold !== undefined) return whole([{ kind: 'strong', spans: inner(bold) }]);
  return whole([{ kind: 'em', spans: inner(em ?? em_too ?? '') }]);
}

/** A picture is a link to it: what stands elsewhere is not fetched unasked. */
function linkOf(
  picture: string | undefined,
  label: string,
  to: string,
  inner: (text: string) => Span[],
): Span[] {
  const spans = picture ? [label || to] : inner(label).flatMap(unlinked);
  return linked(to, spans.length ? spans : [to]);
}

const linked = (to: string, spans: Span[]): Span[] =>
  isSafeAddress(to) ? [{ kind: 'link', to, spans }] : spans;

/** No link stands in a link. */
const unlinked = (span: Span): Span[] =>
  typeof span !== 'string' && span.kind === 'link' ? span.spans : [span];

/** Whether a link may lead there: to the web or to a mailbox. */
export const isSafeAddress = (address: string): boolean =>
  /^(?:https?:\/\/[^\s/?#]|mailto:[^\s@])/i.test(address);

/** How much of a bare address is one: signs of the sentence around it are not, nor brackets that it
 *  does not open. */
function endOf(address: string): number {
  let length = address.length;
  // How many more are closed than opened, in what is left of it.
  const over = { ')': overOf(address, '(', ')'), ']': overOf(address, '[', ']') };
  for (; length > 0; length -= 1) {
    const last = address[length - 1] ?? '';
    if ((last === ')' || last === ']') && over[last] > 0) over[last] -= 1;
    else if (!".,;:!?'*_~“”’»،؛؟。、".includes(last)) return length;
  }
  return length;
}
const overOf = (text: string, opens: string, closes: string): number =>
  text.split(closes).length - text.split(opens).length;

/** What stands before each source of a text: its number, where the text has such marks ("[1]"), and else
 *  nothing. */
export const sourceMarks = (text: string, sources: number): string[] =>
  Array.from({ length: sources }, (_, at) => (text.includes('[1]') ? `[${at + 1}] ` : ''));

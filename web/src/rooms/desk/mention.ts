interface Named {
  id: string;
  name: string;
}

/** The mention being typed just before the caret, without its `@`; null when there is none. */
export function mentionAt(text: string, caret: number): { name: string; start: number } | null {
  const found = /(?:^|\s)@([^\s@]{0,40})$/u.exec(text.slice(0, caret));
  if (!found) return null;
  const name = found[1] ?? '';
  return { name, start: caret - name.length - 1 };
}

/** The text with the mention at the caret written out, and where the caret goes. */
export function completed(
  text: string,
  caret: number,
  name: string,
): { text: string; caret: number } {
  const mention = mentionAt(text, caret);
  if (!mention) return { text, caret };
  const head = `${text.slice(0, mention.start)}@${name} `;
  return { text: head + text.slice(caret).replace(/^ /, ''), caret: head.length };
}

/** Whether a word goes on: "@Tomorrow" does not name Tom. */
const goesOn = (next: string | undefined) => next !== undefined && /[\p{L}\p{N}]/u.test(next);

/** Where a mention begins in a text, from some place on; -1 where it is in none. */
function nextOf(mention: string, text: string, from: number): number {
  let at = text.indexOf(mention, from);
  while (at >= 0 && goesOn(text[at + mention.length])) at = text.indexOf(mention, at + 1);
  return at;
}

/** Who is named in a text. Longer names are looked for first, so that "@Ana Maria" is not "@Ana". */
export function mentionsIn(text: string, people: readonly Named[]): string[] {
  const found = new Set<string>();
  let rest = text;
  for (const { id, name } of [...people].sort((a, b) => b.name.length - a.name.length)) {
    const mention = `@${name}`;
    for (let at = rest.indexOf(mention); at >= 0; at = rest.indexOf(mention, at + 1)) {
      const next = rest[at + mention.length];
      if (goesOn(next)) continue;
      found.add(id);
      rest = rest.slice(0, at) + ' '.repeat(mention.length) + rest.slice(at + mention.length);
    }
  }
  return [...found];
}

/** A note in pieces, the mentions in it told apart; `start` is where each begins. */
export function mentionPieces(
  text: string,
  names: readonly string[],
): { start: number; piece: string; is_mention: boolean }[] {
  const mentions = names.map((name) => `@${name}`).sort((a, b) => b.length - a.length);
  const pieces: { start: number; piece: string; is_mention: boolean }[] = [];
  let from = 0;
  while (from < text.length) {
    const found = mentions
      .map((mention) => ({ mention, at: nextOf(mention, text, from) }))
      .filter(({ at }) => at >= 0)
      .sort((a, b) => a.at - b.at)[0];
    const until = found?.at ?? text.length;
    if (until > from) {
      pieces.push({ start: from, piece: text.slice(from, until), is_mention: false });
    }
    if (!found) break;
    pieces.push({ start: until, piece: found.mention, is_mention: true });
    from = until + found.mention.length;
  }
  return pieces;
}

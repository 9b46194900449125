/** Where things stand in a JSON text, for saying which line is wrong. */
export interface Located {
  line: number | null;
  message: string;
}

const lineAt = (text: string, position: number) => text.slice(0, position).split('\n').length;

/** What is wrong with a JSON text and on which line, or null when it reads. */
export function jsonFault(text: string): Located | null {
  try {
    JSON.parse(text);
    return null;
  } catch (thrown) {
    const said = thrown instanceof Error ? thrown.message : String(thrown);
    // Engines say it differently: "at position 12", "at line 3 column 4", or nothing at all.
    const line = /line (\d+)/.exec(said)?.[1];
    const position = /position (\d+)/.exec(said)?.[1];
    const at_end = /end of (JSON|data)|Unexpected EOF/i.test(said);
    return {
      line: line
        ? Number(line)
        : position
          ? lineAt(text, Number(position))
          : at_end
            ? lineAt(text, text.length)
            : null,
      message: said
        .replace(/\s*\(line \d+ column \d+\)/, '')
        .replace(/,? in JSON at position \d+/, '')
        .replace(/^JSON\.parse: /, ''),
    };
  }
}

/** The line on which the value at a dotted path begins; that of the nearest place above it when the
 *  path itself is not there, which is where it is missing.
 *  @param text JSON that reads */
export function lineOf(text: string, path: string): number {
  const starts = placesOf(text);
  let here = path;
  for (;;) {
    const position = starts.get(here);
    if (position !== undefined) return lineAt(text, position);
    if (here === '') return 1;
    here = here.includes('.') ? here.slice(0, here.lastIndexOf('.')) : '';
  }
}

const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** Where each value begins, by dotted path. */
function placesOf(text: string): Map<string, number> {
  const found = new Map<string, number>();
  const stack: { path: string; index: number | null; key: string }[] = [];
  let expects_key = false;
  const pathHere = () => {
    const top = stack.at(-1);
    if (!top) return '';
    const name = top.index === null ? top.key : String(top.index);
    return top.path === '' ? name : `${top.path}.${name}`;
  };
  for (const { 0: word, index } of text.matchAll(token)) {
    const top = stack.at(-1);
    if (word === '}' || word === ']') {
      stack.pop();
      expects_key = false;
    } else if (word === ',') {
      if (top && top.index !== null) top.index += 1;
      else expects_key = true;
    } else if (word === ':') expects_key = false;
    else if (expects_key && top) top.key = JSON.parse(word) as string;
    else {
      const path = pathHere();
      found.set(path, index);
      if (word === '{') stack.push({ path, index: null, key: '' });
      if (word === '[') stack.push({ path, index: 0, key: '' });
      expects_key = word === '{';
    }
  }
  return found;
}

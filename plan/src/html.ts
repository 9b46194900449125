/** Text that is markup already. */
class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type { Markup };

type Part = string | number | Markup | readonly Markup[];

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string) => text.replace(/[&<>"]/g, (letter) => escapes[letter] as string);

const textOf = (part: Part): string => {
  if (part instanceof Markup) return part.text;
  if (Array.isArray(part)) return part.map(textOf).join('');
  return escaped(String(part));
};

/** Markup from a template: what is put into it is text, unless it was made here as well. */
export const html = (pieces: TemplateStringsArray, ...parts: Part[]): Markup =>
  new Markup(
    pieces
      .map((piece, at) => piece + (at < parts.length ? textOf(parts[at] as Part) : ''))
      .join(''),
  );

/** What a library drew, taken as it is. */
export const drawn = (svg: string): Markup => new Markup(svg);

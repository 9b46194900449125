/** The little Markdown that messages have: bold, italic, code, links. */
const marks = /\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*|`([^`]+)`|\[([^\]]+)\]\([^)\s]+\)/g;

/** A message's Markdown as one line of plain text, for where there is room for a line alone. */
export const plainText = (markdown: string): string =>
  markdown
    .replaceAll(marks, (_, bold, italic, code, label) => bold ?? italic ?? code ?? label)
    .replaceAll(/^\s*(?:[-*]|#{1,6})\s+/gm, '')
    .replaceAll(/\s+/g, ' ')
    .trim();

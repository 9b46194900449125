import { drawn, html, type Markup } from './html.ts';
import { report_style } from './report-style.ts';

/** A document that can be filed: one file of HTML that fetches nothing, runs nothing and prints well. */
export function paper(title: string, body: readonly Markup[]): string {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><style>${drawn(report_style)}</style></head>
<body><main>
${body}
</main></body></html>
`.text;
}

/** Names with what they are, one under the other. */
export const rowsOf = (rows: readonly (readonly [string, string])[]): Markup =>
  html`<table><tbody>${rows.map(([name, value]) => html`<tr><th scope="row"><bdi>${name}</bdi></th><td><bdi>${value}</bdi></td></tr>`)}</tbody></table>`;

/** @param of figures are aligned at their end, words at their start */
export function table(
  caption: string,
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  of: 'figures' | 'words' = 'figures',
): Markup {
  const head = heads.map((name) => html`<th scope="col">${name}</th>`);
  const line = (cells: readonly string[]) =>
    html`<tr>${cells.map((cell) => html`<td><bdi>${cell}</bdi></td>`)}</tr>`;
  return html`<div class="wide"><table class="${of}"><caption><span>${caption}</span></caption><thead><tr>${head}</tr></thead><tbody>${rows.map(line)}</tbody></table></div>
`;
}

const table_rows = 21;
/** As many rows as are read on paper, evenly, and the last.
 *  @param keeps a row that is told in any case */
export const some = <Row>(
  rows: readonly Row[],
  keeps: (row: Row) => boolean = () => false,
): Row[] => {
  const every = Math.max(1, Math.ceil(rows.length / table_rows));
  return rows.filter((row, at) => keeps(row) || (rows.length - 1 - at) % every === 0);
};

/** A caption that says how many rows are told of how many there are. */
export const cut = (caption: string, all: readonly unknown[], told: readonly unknown[]): string =>
  all.length > told.length ? `${caption} ${told.length} of ${all.length} rows.` : caption;

export const listOf = (lines: readonly string[]): Markup =>
  html`<ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>`;

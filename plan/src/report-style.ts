/** Of the report: reads on a screen, in the dark and on paper, and fetches nothing. */
export const report_style = `
:root { color-scheme: light dark; --ground: #fff; --text: #1c2024; --muted: #5b646d; --line: #d5d9de; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #141719; --text: #e3e6e9; --muted: #9ba3ac; --line: #3a4149; }
  svg [stroke="#0b6478"] { stroke: #74bccb; }
  svg [stroke="#a32d25"] { stroke: #f09a94; } svg [fill="#a32d25"] { fill: #f09a94; }
  svg [stroke="#865604"] { stroke: #f2bf57; } svg [fill="#865604"] { fill: #f2bf57; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text);
  font: 15px/1.5 ui-sans-serif, system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif; }
main { max-width: 800px; margin: 0 auto; padding: 32px 24px 64px; }
h1 { font-size: 24px; line-height: 32px; margin: 0 0 4px; }
h2 { font-size: 17px; margin: 32px 0 8px; }
p { margin: 0 0 12px; max-width: 75ch; }
caption span { display: block; position: sticky; inset-inline-start: 0; max-width: calc(100vw - 48px); }
.quiet, caption { color: var(--muted); font-size: 13px; }
.promise { padding: 16px; margin: 16px 0; border: 1px solid var(--line); border-radius: 8px; font-size: 17px; }
.promise p:last-child { margin: 0; }
table { width: 100%; margin: 0 0 16px; border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: 13px; }
caption { text-align: start; padding: 0 0 4px; }
th, td { padding: 4px 8px 4px 0; border-bottom: 1px solid var(--line); text-align: start; vertical-align: top;
  overflow-wrap: anywhere; }
thead th { color: var(--muted); font-weight: 600; }
.figures td, .figures thead th { text-align: end; overflow-wrap: normal; }
.words td:first-child { white-space: nowrap; padding-inline-end: 16px; }
.figures th:first-child, .figures td:first-child { text-align: start; }
figure { margin: 8px 0 16px; } svg { max-width: 100%; height: auto; }
.wide { overflow-x: auto; }
ul { padding-inline-start: 20px; } li { margin: 0 0 6px; max-width: 75ch; }
code { font-size: 12px; overflow-wrap: anywhere; }
@media print {
  :root { color-scheme: light; --ground: #fff; --text: #000; --muted: #444; --line: #bbb; }
  @page { margin: 18mm 16mm; }
  body { font-size: 10.5pt; } main { max-width: none; padding: 0; } caption span { max-width: none; }
  h2 { break-after: avoid; } figure, .promise, tr { break-inside: avoid; } .wide { overflow: visible; }
  thead { display: table-header-group; }
}`;

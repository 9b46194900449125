/** One sheet, adopted by the shadow root: no style attribute and no style element, so that the
 *  strictest content policy of a host page lets it through. Logical sides, for both directions. */
const dark = `--accent: var(--wheelhouse-accent, #4fc3ae); --on-accent: var(--wheelhouse-on-accent, #06251f);
  --paper: var(--wheelhouse-paper, #16191d); --ink: var(--wheelhouse-ink, #eceff2);
  --dim: var(--wheelhouse-dim, #a2abb6); --line: var(--wheelhouse-line, #2c323a);
  --raised: var(--wheelhouse-raised, #20252b); --alarm: #ff9c8f; --on-alarm: #3b0a05;
  --scheme: dark;`;

// What a page says of every element it says of this one, and what is inside would inherit it.
export const style = `
:host { all: initial !important; position: fixed !important; inset-block-end: 20px !important;
  inset-inline-end: 20px !important; z-index: 2147483000 !important; color: var(--ink) !important;
  font: 15px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif !important;
  --accent: var(--wheelhouse-accent, #0b6e5f); --on-accent: var(--wheelhouse-on-accent, #fff);
  --paper: var(--wheelhouse-paper, #fff); --ink: var(--wheelhouse-ink, #16191d);
  --dim: var(--wheelhouse-dim, #5b636e); --line: var(--wheelhouse-line, #dfe3e8);
  --raised: var(--wheelhouse-raised, #f3f5f7); --alarm: #b42318; --on-alarm: #fff;
  --accent-ink: var(--accent); --scheme: light; color-scheme: var(--scheme) !important; }
:host([dir="ltr"]) { direction: ltr !important; }
:host([dir="rtl"]) { direction: rtl !important; }
:host([data-scheme="dark"]) { ${dark} }
@media (prefers-color-scheme: dark) { :host(:not([data-scheme="light"])) { ${dark} } }
:host([data-position="start"]) { inset-inline: 20px auto !important; }
:host([data-position="start"]) .launch { margin-inline: 0 auto; }
* { box-sizing: border-box; }
button { font: inherit; color: inherit; background: none; border: 0; cursor: pointer; }
:focus-visible { outline: 2px solid var(--accent-ink); outline-offset: 2px; }
.launch { inline-size: 56px; block-size: 56px; border-radius: 28px; background: var(--accent);
  color: var(--on-accent); box-shadow: 0 6px 20px rgb(0 0 0 / .22); display: grid;
  place-items: center; margin-inline-start: auto; position: relative; }
.launch svg { inline-size: 26px; block-size: 26px; }
.unread { position: absolute; inset-block-start: -2px; inset-inline-end: -2px; min-inline-size: 20px;
  block-size: 20px; border-radius: 10px; background: var(--alarm); color: var(--on-alarm); font-size: 12px;
  line-height: 20px; text-align: center; padding-inline: 5px; }
.panel { inline-size: 376px; block-size: min(620px, calc(100vh - 112px)); background: var(--paper);
  border: 1px solid var(--line); border-radius: 14px; box-shadow: 0 12px 40px rgb(0 0 0 / .24);
  display: flex; flex-direction: column; overflow: hidden; margin-block-end: 12px; position: relative; }
[hidden] { display: none !important; }
header { display: flex; align-items: center; gap: 10px; padding: 12px 14px;
  border-block-end: 1px solid var(--line); }
.face { inline-size: 34px; block-size: 34px; display: grid; place-items: center; flex: none;
  background: var(--raised); border: 1px solid var(--line); }
.face:is(.bot, .chat) { border-radius: 9px; }
.face.member { border-radius: 50%; background: var(--accent); color: var(--on-accent); }
.face.queue { border-radius: 50%; border-style: dashed; }
.face svg { inline-size: 18px; block-size: 18px; }
.head { display: flex; align-items: center; gap: 10px; flex: 1; min-inline-size: 0; padding: 2px;
  text-align: start; border-radius: 8px; }
.who { min-inline-size: 0; flex: 1; }
.about { padding: 10px 14px; font-size: 13px; border-block-end: 1px solid var(--line);
  background: var(--raised); display: grid; gap: 6px; }
.about p { margin: 0; }
.typing { display: flex; gap: 8px; align-items: center; padding: 2px 14px 8px; font-size: 12px;
  color: var(--dim); }
.dots { display: inline-flex; gap: 3px; }
.dots i { inline-size: 5px; block-size: 5px; border-radius: 50%; background: var(--dim); }
.seen { align-self: flex-end; font-size: 12px; color: var(--dim); margin-block-start: -6px; }
.who strong { display: block; font-weight: 600; overflow: hidden; text-overflow: ellipsis;
  white-space: nowrap; }
.who span { color: var(--dim); font-size: 13px; }
.shut { inline-size: 36px; block-size: 36px; border-radius: 8px; color: var(--dim); flex: none; }
.log { flex: 1; overflow-y: auto; padding: 14px; display: flex; flex-direction: column; gap: 10px;
  overscroll-behavior: contain; }
.below { position: relative; block-size: 0; }
.below button { position: absolute; inset-block-end: 8px; inset-inline: 0; margin-inline: auto;
  inline-size: fit-content; border-radius: 16px; background: var(--paper); color: var(--accent-ink);
  border-color: var(--accent-ink); box-shadow: 0 2px 8px rgb(0 0 0 / .2); }
.row { display: flex; flex-direction: column; gap: 3px; max-inline-size: 86%;
  align-self: flex-start; align-items: flex-start; }
.row.mine { align-self: flex-end; align-items: flex-end; }
.by { font-size: 12px; color: var(--dim); display: flex; gap: 5px; align-items: center; }
.by svg { inline-size: 13px; block-size: 13px; }
.bubble { padding: 8px 12px; border-radius: 12px; background: var(--raised);
  overflow-wrap: anywhere; min-inline-size: 0; }
.row.bot .bubble { border-start-start-radius: 3px; }
.row.member .bubble { border-start-start-radius: 3px; border-inline-start: 3px solid var(--accent); }
.row.mine .bubble { background: var(--accent); color: var(--on-accent); border-end-end-radius: 3px; }
.row.waits .bubble { opacity: .6; }
.bubble :is(p, ul, ol, pre, blockquote) { margin: 0; }
.bubble p, .item { unicode-bidi: plaintext; }
.bubble * + :is(p, ul, ol, pre, blockquote) { margin-block-start: 8px; }
.bubble li > :is(ul, ol), .bubble li + li { margin-block-start: 3px; }
.bubble ul, .bubble ol { padding-inline-start: 22px; }
.bubble blockquote { padding-inline-start: 10px; border-inline-start: 3px solid;
  border-color: color-mix(in srgb, currentColor 35%, transparent); }
.bubble code { font: .9em ui-monospace, Menlo, Consolas, monospace; }
.bubble pre { padding: 8px 10px; border-radius: 8px; white-space: pre-wrap; direction: ltr;
  text-align: left; background: color-mix(in srgb, currentColor 9%, transparent); }
.bubble a { color: inherit; text-decoration: underline; }
.bubble img { max-inline-size: 100%; border-radius: 8px; display: block; }
.line { align-self: center; text-align: center; color: var(--dim); font-size: 13px;
  max-inline-size: 92%; padding-block: 2px; }
.picks { display: flex; flex-wrap: wrap; gap: 6px; margin-block-start: 4px; }
.pick { border: 1px solid var(--accent-ink); color: var(--accent-ink); border-radius: 16px;
  padding: 5px 12px; min-block-size: 32px; background: var(--paper); }
.cites { font-size: 12px; color: var(--dim); }
.cites a { color: inherit; }
.note { padding: 8px 14px; font-size: 13px; color: var(--dim); border-block-start: 1px solid var(--line);
  background: var(--raised); }
.ask { border: 1px solid var(--line); border-radius: 16px; padding: 4px 12px; font-size: 13px;
  min-block-size: 32px; align-self: center; margin: 6px auto; color: var(--dim); }
.ask:disabled { opacity: .5; cursor: default; }
.ask:hover { color: var(--ink); border-color: var(--dim); }
form { display: flex; gap: 8px; padding: 10px; border-block-start: 1px solid var(--line);
  align-items: flex-end; }
.call-back { padding: 8px 14px; font-size: 13px; border-block-start: 1px solid var(--line);
  background: var(--raised); overflow-y: auto; flex: none; max-block-size: 60%; }
.call-back summary { cursor: pointer; min-block-size: 28px; line-height: 28px; font-weight: 600; }
.call-back form { display: grid; padding: 4px 0 6px; border: 0; align-items: stretch; }
.call-back label { display: grid; gap: 3px; color: var(--dim); }
.call-back input { font: inherit; color: var(--ink); background: var(--paper);
  border: 1px solid var(--dim); border-radius: 8px; padding: 7px 10px; min-inline-size: 0; }
.first { display: grid; gap: 12px; padding: 14px; align-items: stretch; overflow-y: auto; flex: none;
  max-block-size: 78%; background: var(--raised); }
.first .asked { display: grid; gap: 4px; font-size: 14px; }
.first small { color: var(--dim); font-size: 12px; }
.first p { margin: 0; }
.first :is(input:not([type="checkbox"], [type="radio"]), select) { font: inherit; color: var(--ink);
  background: var(--paper); border: 1px solid var(--dim); border-radius: 8px; padding: 7px 10px;
  min-inline-size: 0; inline-size: 100%; min-block-size: 38px; }
.first [aria-invalid] { border-color: var(--alarm) !important; }
.first .fault { font-size: 13px; }
.choices { display: grid; gap: 2px; }
.choices.radio { grid-auto-flow: column; grid-auto-columns: max-content; gap: 4px 12px; overflow-x: auto; }
.choice { display: flex; gap: 8px; align-items: center; min-block-size: 30px; }
.choice input { accent-color: var(--accent-ink); inline-size: 17px; block-size: 17px; flex: none; }
.acts { display: flex; gap: 8px; align-items: center; }
.start { background: var(--accent); color: var(--on-accent); border-radius: 10px; padding: 8px 16px;
  min-block-size: 40px; font-weight: 600; }
.skip { padding: 8px 12px; min-block-size: 40px; color: var(--dim); border-radius: 10px; }
.skip:hover { color: var(--ink); }
.fault:not(:empty) { color: var(--alarm); }
textarea { flex: 1; resize: none; font: inherit; color: inherit; background: var(--paper);
  border: 1px solid var(--dim); border-radius: 10px; padding: 9px 11px; max-block-size: 132px;
  min-block-size: 42px; field-sizing: content; }
textarea::placeholder { color: var(--dim); }
.send { inline-size: 42px; block-size: 42px; border-radius: 10px; background: var(--accent);
  color: var(--on-accent); flex: none; display: grid; place-items: center; }
.send:disabled { opacity: .45; cursor: default; }
.send svg { inline-size: 20px; block-size: 20px; }
:host([dir="rtl"]) .send svg { transform: scaleX(-1); }
.again { color: var(--alarm); font-size: 12px; text-decoration: underline; padding: 4px 0; }
.launch:has(.launch-text) { inline-size: auto; padding-inline: 18px; display: flex; gap: 8px;
  align-items: center; font-weight: 600; }
.earlier { align-self: center; color: var(--dim); font-size: 13px; text-decoration: underline; padding: 4px; }
.judging { display: flex; flex-direction: column; gap: 4px; max-inline-size: 100%; }
.thumbs { display: flex; gap: 2px; align-items: center; }
.thumb { inline-size: 32px; block-size: 32px; border-radius: 8px; color: var(--dim); display: grid;
  place-items: center; padding: 0; }
.thumb:hover { color: var(--ink); background: var(--raised); }
.thumb svg { inline-size: 17px; block-size: 17px; }
.thumb[aria-pressed="true"] { color: var(--accent-ink); background: var(--raised); }
.thumb[aria-pressed="true"] svg, .thumb[data-under] svg { fill: currentColor; }
.thumb[data-under] { color: var(--accent-ink); }
.fine { font-size: 12px; color: var(--dim); }
.comment { display: flex; gap: 6px; align-items: flex-end; inline-size: 100%; }
.comment textarea { font-size: 13px; min-block-size: 0; padding: 6px 9px; }
.small { font-size: 13px; padding: 6px 10px; min-block-size: 32px; border: 1px solid var(--dim);
  border-radius: 8px; flex: none; }
.preference { align-self: stretch; display: grid; gap: 8px; border: 1px solid var(--line);
  border-radius: 12px; padding: 12px; }
.answer { display: grid; gap: 6px; justify-items: start; }
.answer .bubble { max-inline-size: 100%; }
.answer[data-other] { opacity: .55; }
.pick[aria-pressed="true"] { background: var(--accent); color: var(--on-accent); }
.pick:disabled { cursor: default; }
.rating { align-self: stretch; border: 1px solid var(--line); border-radius: 12px; padding: 12px;
  display: flex; flex-direction: column; gap: 6px; align-items: center; text-align: center; }
.rating .thumb { inline-size: 40px; block-size: 40px; }
.rating .thumb[aria-pressed="true"] { background: none; }
.rating .thumb svg { inline-size: 22px; block-size: 22px; }

.limit { padding: 0 12px 4px; font-size: 12px; color: var(--dim); text-align: end; }
.limit[data-over] { color: var(--ink); font-weight: 600; }
.other { padding: 4px; text-decoration: underline; }
.attach { inline-size: 36px; block-size: 42px; border-radius: 10px; color: var(--dim); flex: none;
  display: grid; place-items: center; padding: 0; }
.attach svg { inline-size: 20px; block-size: 20px; }
.file { display: flex; flex-direction: column; gap: 6px; align-items: flex-start; }
.picture { max-inline-size: 100%; block-size: auto; max-block-size: 260px; border-radius: 8px; }
.keep { padding: 0; text-decoration: underline; text-align: start; overflow-wrap: anywhere; }
progress { inline-size: 140px; block-size: 6px; accent-color: var(--accent-ink); }
.panel[data-drop]::after { content: attr(data-drop); position: absolute; inset: 8px; display: grid;
  place-items: center; border: 2px dashed var(--accent-ink); border-radius: 10px; font-weight: 600;
  background: var(--paper); color: var(--ink); }
.more { position: relative; flex: none; }
.more svg { stroke-width: 3; }
.menu { position: absolute; inset-block-start: 100%; inset-inline-end: 0; z-index: 1; padding: 4px;
  min-inline-size: 200px; background: var(--paper); border: 1px solid var(--line); border-radius: 10px;
  box-shadow: 0 8px 24px rgb(0 0 0 / .2); display: flex; flex-direction: column; }
.menu button { text-align: start; padding: 8px 12px; border-radius: 7px; min-block-size: 36px;
  font-size: 14px; }
.menu button:hover { background: var(--raised); }
.panel[data-history] > :not(header, .history) { display: none; }
.history { flex: 1; overflow-y: auto; padding: 8px; }
.top { display: flex; align-items: center; gap: 4px; padding-block-end: 6px; }
.rows { display: flex; flex-direction: column; gap: 2px; }
.rows p { padding: 8px 12px; }
.rows button { display: flex; flex-direction: column; gap: 2px; text-align: start; padding: 9px 12px;
  border-radius: 10px; }
.rows button:hover { background: var(--raised); }
.one-line { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; max-inline-size: 100%;
  unicode-bidi: plaintext; }
:host([dir="rtl"]) .top svg { transform: scaleX(-1); }
.shut svg { inline-size: 20px; block-size: 20px; }
.shut { display: grid; place-items: center; padding: 0; }
@media (max-width: 480px) {
  :host { inset-block-end: 12px !important; inset-inline-end: 12px !important; }
  .panel { position: fixed; inset-inline: 0; inset-block-start: var(--view-top, 0); inline-size: auto;
    block-size: var(--view-height, 100dvh); border: 0; border-radius: 0; margin: 0; }
  :host([open]) .launch { display: none; }
}
@media (prefers-reduced-motion: no-preference) {
  .dots i { animation: dot 1.2s infinite; }
  .dots i:nth-child(2) { animation-delay: .15s; }
  .dots i:nth-child(3) { animation-delay: .3s; }
  @keyframes dot { 0%, 60%, 100% { opacity: .3; } 30% { opacity: 1; } }
  .panel { animation: rise .14s ease-out; }
  @keyframes rise { from { opacity: 0; transform: translateY(8px); } } }
`;

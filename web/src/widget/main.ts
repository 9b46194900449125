import { VisitorChat } from './chat.ts';
import { nameOf } from './state.ts';
import { keepContrast, keepInSight } from './theme.ts';
import { ChatView } from './view.ts';
import { warn } from './warning.ts';
import { wordsFor } from './words.ts';

/** <script src="https://your.server/widget.js" data-bot="shop" async></script>
 *  More: data-workspace, data-language, data-open, data-identity, data-title, data-launcher,
 *  data-position, data-colour, data-scheme. Colours also by custom properties of the page:
 *  --wheelhouse-accent, --wheelhouse-paper, --wheelhouse-ink and so on. */
function start(script: HTMLScriptElement): void {
  const { bot = 'default', workspace, language, open, identity, title, launcher } = script.dataset;
  const server = new URL(script.src).origin;
  const name = nameOf({ server, bot, workspace_id: workspace });
  if (stands(name)) {
    warn(`this page has the chat of data-bot="${bot}" already; one is enough.`);
    return;
  }
  const tongue = language ?? (document.documentElement.lang || navigator.language);
  const { words, direction, tag } = wordsFor(tongue);
  const host = document.createElement('wheelhouse-chat');
  host.setAttribute('dir', direction);
  host.setAttribute('lang', tag);
  dress(host, script.dataset);
  const root = host.attachShadow({ mode: 'open' });
  const chat = new VisitorChat({
    server,
    bot,
    workspace_id: workspace,
    language: tongue,
    identity,
  });
  const view = new ChatView(root, chat, words, { title, launcher });
  // For the page: document.querySelector('wheelhouse-chat').write('…') opens it with words to send.
  Object.assign(host, { write: (text: string) => view.write(text) });
  const show = () => {
    document.body.append(host);
    keepInSight(host);
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    scheme.addEventListener('change', () => keepContrast(host));
    // The page's own sheets may still be on their way.
    addEventListener('load', () => keepContrast(host));
    keepContrast(host);
    // Who was in a conversation hears its answers, also with the panel shut.
    if (chat.known) void chat.open();
    if (open !== undefined) view.toggle(true);
  };
  answer(chat, view, [name, host]);
  if (document.body) show();
  else addEventListener('DOMContentLoaded', show, { once: true });
}

/** How it looks, as the page asks for. */
function dress(host: HTMLElement, { position, colour, scheme }: DOMStringMap): void {
  if (position === 'start') host.setAttribute('data-position', position);
  if (scheme === 'light' || scheme === 'dark') host.setAttribute('data-scheme', scheme);
  if (colour && CSS.supports('color', colour)) {
    host.style.setProperty('--wheelhouse-accent', colour);
    host.style.setProperty('--wheelhouse-on-accent', colour);
  }
}

type Act = 'identify' | 'sign-out' | 'open' | 'close';
interface Command {
  (act: Act, value?: string): void;
  /** The chats that stand in the page, by their bot. */
  chats?: Map<string, HTMLElement>;
}
const page = window as unknown as { Wheelhouse?: Command & { q?: ArrayLike<unknown>[] } };

/** A page that took its chat away may put it in anew. */
function stands(name: string): boolean {
  const there = page.Wheelhouse?.chats?.get(name);
  return there !== undefined && (there.isConnected || document.readyState === 'loading');
}

/** Wheelhouse('identify', token), 'sign-out', 'open' and 'close', for the host page. What it asked
 *  before this script was there waits in `Wheelhouse.q`. */
function answer(chat: VisitorChat, view: ChatView, one: [name: string, host: HTMLElement]): void {
  const { chats = [] } = page.Wheelhouse ?? {};
  const waiting = page.Wheelhouse?.q ?? [];
  const command: Command = (act, value) => {
    if (act === 'identify' && value) chat.identify(value);
    if (act === 'sign-out') chat.identify(undefined);
    if (act === 'open' || act === 'close') view.toggle(act === 'open');
  };
  command.chats = new Map([...chats, one]);
  page.Wheelhouse = command;
  for (const [act, value] of waiting.map((asked) => Array.from(asked))) {
    command(act as Act, value as string | undefined);
  }
}

const script = document.currentScript;
if (script instanceof HTMLScriptElement) start(script);

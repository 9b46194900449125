/** One act that a key does. Every visible act is registered here, and the `?` sheet is drawn from
 *  what is registered, so that the two never disagree. */
export interface KeyAct {
  /** `a`, `?`, `Enter`, `mod+Enter` (⌘ on a Mac, Ctrl elsewhere), or two in turn: `g h`. */
  key: string;
  label: string;
  /** Heading in the key sheet. */
  group?: string;
  run: () => void;
  /** Listed but doing nothing for now. */
  off?: boolean;
  /** Also while typing in a field. Meant for Escape and keys with a modifier. */
  in_fields?: boolean;
}

export interface KeyPress {
  key: string;
  code: string;
  mod: boolean;
  alt: boolean;
  shift: boolean;
  /** Focus is in something that takes text. */
  typing: boolean;
  /** Focus is on something that Enter or Space already does something with. */
  on_control: boolean;
  /** Focus is inside a dialog or menu, which has its own keys, or a dialog stands over the page. */
  in_overlay: boolean;
}

/** The name of what was pressed. Letters are taken by place where the layout has no Latin ones, so
 *  that Arabic or Russian keyboards work the same keys. */
export function nameOf(press: Pick<KeyPress, 'key' | 'code' | 'mod' | 'alt' | 'shift'>): string {
  let key = press.key;
  if (key.length === 1 && key.charCodeAt(0) > 126) {
    const letter = /^(?:Key([A-Z])|Digit(\d))$/.exec(press.code);
    key = letter ? (letter[1] ?? letter[2] ?? key) : key;
  }
  if (key.length === 1) key = key.toLowerCase();
  // A shifted sign is a sign of its own (`?`); a shifted letter is that letter with Shift.
  const named = key.length > 1 || press.mod || /^[a-z]$/.test(key);
  return [press.mod && 'mod', press.alt && 'alt', named && press.shift && 'shift', key]
    .filter(Boolean)
    .join('+');
}

const sequence_ms = 1_200;
const single_key_setting = 'wheelhouse.single_keys';

/** All acts that keys can do at the moment. The last registered wins, so a form's `a` stands before
 *  its page's. */
export class KeyRegistry {
  #layers: { acts: readonly KeyAct[] }[] = [];
  #listed: readonly KeyAct[] = [];
  #watchers = new Set<() => void>();
  #first: { key: string; at: number } | undefined;
  #single = true;

  /** Single letters can be turned off (WCAG 2.1.4), for those who speak to their computer. */
  get single_keys() {
    return this.#single;
  }
  set single_keys(on: boolean) {
    this.#single = on;
    this.#changed();
  }

  /** @returns a function that takes the acts away again */
  add(acts: readonly KeyAct[]): () => void {
    const layer = { acts };
    this.#layers.push(layer);
    this.#changed();
    return () => {
      this.#layers = this.#layers.filter((other) => other !== layer);
      this.#changed();
    };
  }

  /** What can be done now, each key once. */
  readonly list = (): readonly KeyAct[] => this.#listed;

  readonly watch = (watcher: () => void) => {
    this.#watchers.add(watcher);
    return () => {
      this.#watchers.delete(watcher);
    };
  };

  /** Does what a key press asks for.
   *  @returns whether it was for us, so that the browser is to leave it alone */
  press(press: KeyPress, now: number): boolean {
    const name = nameOf(press);
    if (['Shift', 'Control', 'Alt', 'Meta'].includes(press.key)) return false;
    const first = this.#first && now - this.#first.at < sequence_ms ? this.#first.key : undefined;
    this.#first = undefined;
    if (!this.#allowed(press, name)) return false;
    const act = (first && this.#find(`${first} ${name}`, press)) || this.#find(name, press);
    if (act) {
      if (!act.off) act.run();
      return true;
    }
    if (!press.typing && this.#listed.some(({ key }) => key.startsWith(`${name} `))) {
      this.#first = { key: name, at: now };
      return true;
    }
    return false;
  }

  #allowed(press: KeyPress, name: string): boolean {
    if (press.in_overlay && !press.mod) return false;
    if (press.on_control && (name === 'Enter' || name === ' ')) return false;
    return press.mod || press.key.length > 1 || this.#single;
  }

  /** The last one registered that may act here: what a field keeps to itself does not stand in the
   *  way of what it lets through. */
  #find(key: string, { typing }: Pick<KeyPress, 'typing'>): KeyAct | undefined {
    for (const { acts } of this.#layers.toReversed()) {
      const act = acts.find((each) => each.key === key && (!typing || each.in_fields));
      if (act) return act;
    }
    return undefined;
  }

  #changed() {
    const seen = new Set<string>();
    this.#listed = [...this.#layers]
      .reverse()
      .flatMap(({ acts }) => acts)
      .filter(({ key }) => !seen.has(key) && seen.add(key));
    for (const watcher of this.#watchers) watcher();
  }
}

export const key_registry = new KeyRegistry();

/** Listens to the whole page, and remembers whether single keys are wanted.
 *  @returns a function that stops it */
export function listenToKeys(registry: KeyRegistry): () => void {
  try {
    registry.single_keys = localStorage.getItem(single_key_setting) !== 'off';
  } catch {
    // No storage: keys are on.
  }
  // Read before anybody acts on the key, for a dialog that closes on it may be gone after. One that stands
  // there and has not taken the focus yet has the keys all the same.
  let under_dialog = false;
  const lookFirst = () => {
    under_dialog = document.querySelector('[aria-modal=true]') !== null;
  };
  const listen = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return;
    const target = event.target instanceof Element ? event.target : document.body;
    // A dialog that closes on this very key may be out of the page by now: where the key was pressed
    // is read from the way it took, not from what is left of it.
    const within = (selector: string) =>
      event.composedPath().some((each) => each instanceof Element && each.matches(selector));
    const press: KeyPress = {
      key: event.key,
      code: event.code,
      mod: event.metaKey || event.ctrlKey,
      alt: event.altKey,
      shift: event.shiftKey,
      typing: isTyping(target),
      on_control: within('button, a[href], summary, [role=option], [role=menuitem]'),
      in_overlay: under_dialog || within('[role=dialog], [role=menu], [role=listbox]'),
    };
    // By when it was pressed: a page that was busy between two keys in turn takes them for that all the same.
    if (registry.press(press, event.timeStamp)) event.preventDefault();
  };
  window.addEventListener('keydown', lookFirst, { capture: true });
  document.addEventListener('keydown', listen);
  return () => {
    window.removeEventListener('keydown', lookFirst, { capture: true });
    document.removeEventListener('keydown', listen);
  };
}

export function keepSingleKeys(registry: KeyRegistry, on: boolean) {
  registry.single_keys = on;
  try {
    localStorage.setItem(single_key_setting, on ? 'on' : 'off');
  } catch {
    // Kept for this page only.
  }
}

function isTyping(target: Element): boolean {
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  if (target instanceof HTMLElement && target.isContentEditable) return true;
  if (!(target instanceof HTMLInputElement)) return false;
  return !['checkbox', 'radio', 'button', 'submit', 'reset', 'range'].includes(target.type);
}

const mac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform);
const shown: Record<string, string> = {
  mod: mac ? '⌘' : 'Ctrl',
  alt: mac ? '⌥' : 'Alt',
  shift: mac ? '⇧' : 'Shift',
  Enter: 'Enter',
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ' ': 'Space',
};

/** A key's name as it is drawn: each cap apart, sequences in turn. */
export const capsOf = (key: string): string[] =>
  key
    .split(key === ' ' ? '\0' : ' ')
    .flatMap((part) => part.split('+'))
    .map((part) => shown[part] ?? (part.length === 1 ? part.toUpperCase() : part));

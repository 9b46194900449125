const kept_at = 'wheelhouse sound';

/** How a new reply is noticed by who looks elsewhere: the number of unread ones before the page's
 *  title, and, for who asked for it, a short sound. */
export class Notice {
  #on = recallOn();
  #context: AudioContext | undefined;
  #before: string | undefined;

  get on(): boolean {
    return this.#on;
  }

  /** Called by a gesture, without which a browser lets nothing sound. */
  turn(on: boolean): void {
    this.#on = on;
    try {
      localStorage.setItem(kept_at, on ? 'on' : 'off');
    } catch {
      // A browser that keeps nothing is asked again the next time.
    }
    if (on) this.sound();
  }

  sound(): void {
    if (!this.#on || typeof AudioContext === 'undefined') return;
    this.#context ??= new AudioContext();
    const context = this.#context;
    void context.resume().catch(() => {});
    const [tone, volume] = [context.createOscillator(), context.createGain()];
    const { currentTime: now } = context;
    tone.frequency.setValueAtTime(660, now);
    tone.frequency.setValueAtTime(880, now + 0.09);
    volume.gain.setValueAtTime(0.06, now);
    volume.gain.exponentialRampToValueAtTime(0.0001, now + 0.3);
    tone.connect(volume).connect(context.destination);
    tone.start(now);
    tone.stop(now + 0.3);
  }

  /** The page's own title comes back when all is read, unless the page has changed it meanwhile. */
  unread(count: number): void {
    const bare = document.title.replace(/^\(\d+\) /, '');
    if (count > 0) {
      this.#before ??= bare;
      document.title = `(${count}) ${bare}`;
    } else if (this.#before !== undefined) {
      this.#before = undefined;
      document.title = bare;
    }
  }
}

function recallOn(): boolean {
  try {
    return localStorage.getItem(kept_at) === 'on';
  } catch {
    return false;
  }
}

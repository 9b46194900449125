/** How long something was really looked at: the time that the page is hidden does not count. */
export class Stopwatch {
  #spent = 0;
  #since: number | null = document.hidden ? null : performance.now();

  constructor() {
    const look = new WeakRef(this);
    const listen = () => {
      const watch = look.deref();
      if (!watch) return document.removeEventListener('visibilitychange', listen);
      watch.#turn(!document.hidden);
    };
    document.addEventListener('visibilitychange', listen);
  }

  #turn(on: boolean) {
    if (this.#since !== null) this.#spent += performance.now() - this.#since;
    this.#since = on ? performance.now() : null;
  }

  /** Milliseconds so far. */
  read(): number {
    const running = this.#since === null ? 0 : performance.now() - this.#since;
    return Math.round(this.#spent + running);
  }
}

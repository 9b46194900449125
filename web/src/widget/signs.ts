const typing_every_ms = 3_000;
/** What comes within this time is told of at once; what is read meanwhile need not be told as come. */
const gather_ms = 1_000;

/** Tells that the customer writes, now and then, how far it has come to their browser and how far they
 *  have read; in a conversation alone. */
export class Signs {
  #call: (method: string, path: string, body?: unknown) => Promise<unknown>;
  #typed_at = 0;
  #read_seq = 0;
  #delivered_seq = 0;
  #later: ReturnType<typeof setTimeout> | undefined;

  constructor(call: (method: string, path: string, body?: unknown) => Promise<unknown>) {
    this.#call = call;
  }

  /** Another conversation is shown, of which nothing was read. */
  begin(): void {
    this.#read_seq = 0;
    this.#delivered_seq = 0;
    clearTimeout(this.#later);
    this.#later = undefined;
  }

  /** What has come and may not be seen yet: many at once, and none that is read before. */
  delivered(id: string | undefined, seq: number): void {
    if (!id || seq <= Math.max(this.#delivered_seq, this.#read_seq)) return;
    this.#delivered_seq = seq;
    this.#later ??= setTimeout(() => {
      this.#later = undefined;
      const delivered_seq = this.#delivered_seq;
      if (delivered_seq <= this.#read_seq) return;
      void this.#call('POST', `/conversations/${id}/read`, { delivered_seq }).catch(() => {
        this.#delivered_seq = 0;
      });
    }, gather_ms);
  }

  types(id: string | undefined): void {
    if (!id || Date.now() - this.#typed_at < typing_every_ms) return;
    this.#typed_at = Date.now();
    void this.#call('POST', `/conversations/${id}/typing`).catch(() => {});
  }

  read(id: string | undefined, seq: number): void {
    if (!id || seq <= this.#read_seq) return;
    const before = this.#read_seq;
    this.#read_seq = seq;
    void this.#call('POST', `/conversations/${id}/read`, { seq }).catch(() => {
      this.#read_seq = before;
    });
  }
}

const typing_every_ms = 3_000;

/** Tells that the customer writes, now and then, and how far they have read; in a conversation alone. */
export class Signs {
  #call: (method: string, path: string, body?: unknown) => Promise<unknown>;
  #typed_at = 0;
  #read_seq = 0;

  constructor(call: (method: string, path: string, body?: unknown) => Promise<unknown>) {
    this.#call = call;
  }

  /** Another conversation is shown, of which nothing was read. */
  begin(): void {
    this.#read_seq = 0;
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

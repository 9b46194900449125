/** Something that is under way once, whoever waits for it. */
export class Once<Made> {
  #going: Promise<Made> | undefined;

  run(make: () => Promise<Made>): Promise<Made> {
    const going = this.#going ?? make();
    this.#going = going;
    const end = () => {
      if (this.#going === going) this.#going = undefined;
    };
    going.then(end, end);
    return going;
  }

  /** Whoever comes now begins it anew. */
  leave(): void {
    this.#going = undefined;
  }
}

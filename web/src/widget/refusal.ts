/** A page that answers a refusal with a word that counts as little is told so no faster. */
const between_ms = 10_000;

/** Tells the host page that its word on who this is does not count, for it to fetch another. */
export class IdentityRefusal {
  #told_at = Number.NEGATIVE_INFINITY;

  /** @param still whether it is so when the page is told */
  tell(still: () => boolean): void {
    const soon = performance.now() - this.#told_at < between_ms;
    this.#told_at = performance.now();
    const say = () => still() && dispatchEvent(new Event('wheelhouse:identity-refused'));
    if (soon) setTimeout(say, between_ms);
    else say();
  }
}

import { framesOf, Refused } from './state.ts';

/** The server, as one visitor's browser asks it. */
export class Server {
  /** What the visitor was let in by. */
  token: string | undefined;
  readonly #origin: string;

  constructor(origin: string) {
    this.#origin = origin;
  }

  addressOf = (path: string): string => `${this.#origin}/api/v1/chat${path}`;

  get headers(): Record<string, string> {
    return this.token ? { authorization: `Bearer ${this.token}` } : {};
  }

  /** @throws Refused what the server will not do; Error when it is busy or away, to be asked later */
  async call<Body>(method: string, path: string, body?: unknown): Promise<Body> {
    // Whoever was let in no more asks nothing before they are again.
    if (!this.token && path !== '/visitors') throw new Error('not let in');
    const response = await fetch(this.addressOf(path), {
      method,
      headers: {
        ...this.headers,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (response.status >= 500 || response.status === 429) throw new Error('unavailable');
    if (!response.ok) {
      const told = (await response.json().catch(() => ({}))) as {
        errors?: { field: string }[];
        code?: string;
      };
      const fields = told.errors?.map(({ field }) => field);
      throw new Refused(response.status, fields, told.code);
    }
    return (response.status === 204 ? undefined : await response.json()) as Body;
  }

  /** Ends a token, whoever had it, also while the page is being left. What stands open under it ends. */
  end = (token: string): void => {
    const headers = { authorization: `Bearer ${token}` };
    const asked = { method: 'POST', headers, keepalive: true };
    void fetch(this.addressOf('/sign-out'), asked).catch(() => {});
  };

  /** Bytes, as they are kept. */
  async blob(path: string): Promise<Blob> {
    const response = await fetch(this.addressOf(path), { headers: this.headers });
    if (!response.ok) throw new Refused(response.status);
    return response.blob();
  }

  /** What is told as it happens, until the signal ends it. */
  async stream<Frame>(path: string, signal: AbortSignal): Promise<AsyncGenerator<Frame>> {
    const response = await fetch(this.addressOf(path), { headers: this.headers, signal });
    if (!response.ok || !response.body) throw new Refused(response.status);
    return framesOf<Frame>(response.body);
  }
}

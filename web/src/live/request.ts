import { ApiProblem, unreachable } from './problem.ts';

export type Query = Record<string, string | number | boolean | null | undefined>;

export interface RequestOptions {
  query?: Query;
  body?: unknown;
  /** Sent as it is, in place of a body. */
  file?: { content: Blob; content_type: string };
  signal?: AbortSignal;
  /** Sent as Idempotency-Key: a retry with the same key gets the first answer again. */
  once?: string;
  /** Lets the request outlive the page, for giving back what was held. */
  keepalive?: boolean;
}

export const api_root = '/api/v1';

/** One request to the server, as JSON.
 *  @throws ApiProblem the problem document, or `unreachable`; AbortError when `signal` fires */
export async function request<T>(
  method: string,
  path: string,
  { query, body, file, signal, once, keepalive }: RequestOptions = {},
): Promise<T> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (method !== 'GET') headers['x-wheelhouse'] = '1';
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (file) headers['content-type'] = file.content_type;
  if (once) headers['idempotency-key'] = once;
  let response: Response;
  try {
    response = await fetch(addressOf(path, query), {
      method,
      headers,
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(file ? { body: file.content } : {}),
      ...(signal ? { signal } : {}),
      ...(keepalive ? { keepalive } : {}),
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw unreachable(cause);
  }
  if (!response.ok) throw await problemOf(response);
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}

export function addressOf(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return `${api_root}${path}${text ? `?${text}` : ''}`;
}

async function problemOf(response: Response): Promise<ApiProblem> {
  const document: unknown = await response.json().catch(() => undefined);
  if (document && typeof document === 'object') {
    return new ApiProblem(document as Record<string, unknown>);
  }
  return new ApiProblem({
    status: response.status,
    code: response.status >= 500 ? 'unavailable' : 'unknown',
    title: `The server answered ${response.status}.`,
  });
}

/** A key that makes one write safe to repeat. */
export const onceKey = (): string => crypto.randomUUID();

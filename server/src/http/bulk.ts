import { isUtf8 } from 'node:buffer';
import { Readable } from 'node:stream';
import {
  invalid,
  isRefusal,
  OutputSubmission,
  type Principal,
  Refusal,
  readJson,
  refuse,
} from '@wheelhouse/core';
import { refused } from '../actions/batch.ts';
import type { Submission } from '../actions/output.ts';
import type { Ports } from '../ports.ts';
import type { App } from './app.ts';
import { faultsOf, problemOf, refusalOf } from './errors.ts';
import { requestDigest } from './idempotency.ts';

const group_size = 1_000;
const line_limit = 1_048_576;

interface Asked {
  by: Principal;
  gate: string;
  /** Of the whole; each line is kept under the key and its own number. */
  once: { key: string } | undefined;
}

/** Judges many outputs, some hundreds to a transaction, and streams one result each in the order
 *  they came, so that memory stays flat however long the body is. A bad line fails alone. */
export async function bulkResults(
  app: App,
  asked: Asked,
  body: unknown[] | AsyncIterable<Buffer>,
): Promise<Readable> {
  const source = Array.isArray(body) ? items(body) : lines(body);
  // An empty body is most likely a slip of whoever wrote it, and "200, no results" would hide it.
  const first = await source.next();
  if (first.done) throw invalid({ field: 'body', message: 'holds no output: send one or more' });
  return Readable.from(pieces(app, asked, resumed(first.value, source)));
}

async function* resumed(first: unknown, rest: AsyncIterable<unknown>) {
  yield first;
  yield* rest;
}

async function* pieces(app: App, asked: Asked, source: AsyncIterable<unknown>) {
  yield '{"results":[';
  let line = 0;
  let first = true;
  const results = async (group: unknown[]) => {
    const from = line;
    line += group.length;
    return resultsOf(app, asked, group, from);
  };
  // One group is written while the next is read and checked.
  let under_way: Promise<string> | undefined;
  let group: unknown[] = [];
  const next = (text: string) => {
    const piece = first ? text : `,${text}`;
    first = false;
    return piece;
  };
  for await (const item of source) {
    group.push(item);
    if (group.length < group_size) continue;
    const done = under_way;
    under_way = results(group);
    group = [];
    if (done) yield next(await done);
  }
  if (under_way) yield next(await under_way);
  if (group.length) yield next(await results(group));
  yield ']}';
}

/** Refuses a callback to an address that is not public, by the name its field has here. */
export function checkCallback({ network }: Ports, { callback_url }: OutputSubmission): void {
  if (callback_url) network.check(callback_url, 'callback_url');
}

async function resultsOf(
  app: App,
  { by, gate, once: whole }: Asked,
  group: unknown[],
  from: number,
): Promise<string> {
  const results: string[] = new Array(group.length);
  const submissions: Submission[] = [];
  const places: number[] = [];
  const fail = (at: number, thrown: unknown) => {
    const refusal = refusalOf(thrown);
    const { status: _s, type: _t, request_id: _r, ...problem } = problemOf(refusal, '');
    results[at] = JSON.stringify({ line: from + at + 1, ...problem });
  };
  group.forEach((item, at): void => {
    if (item instanceof Refusal) {
      fail(at, item);
      return;
    }
    const parsed = OutputSubmission.safeParse(item);
    if (!parsed.success) {
      fail(at, faultsOf(parsed.error));
      return;
    }
    try {
      checkCallback(app.ports, parsed.data);
    } catch (thrown) {
      fail(at, thrown);
      return;
    }
    places.push(at);
    const key = whole && `${whole.key}#${from + at + 1}`;
    const once = key ? { key, request: requestDigest('LINE', gate, parsed.data) } : undefined;
    submissions.push({ by, gate, body: parsed.data, once });
  });
  const settled = submissions.length ? await settle(app, by, submissions) : [];
  settled.forEach((one, index) => {
    const at = places[index] as number;
    if (one.ok) results[at] = JSON.stringify(one.value);
    else fail(at, one.refusal);
  });
  return results.join(',');
}

/** A database that is away is said on each line: the answer has begun, and one that breaks off says
 *  nothing of the lines before it either. */
async function settle(app: App, by: Principal, submissions: Submission[]) {
  try {
    return await app.submitMany(by, submissions);
  } catch (thrown) {
    if (!isRefusal(thrown)) throw thrown;
    return submissions.map(() => refused(thrown));
  }
}

async function* items(list: unknown[]): AsyncGenerator<unknown> {
  yield* list;
}

/** The lines of a body, each read or refused alone. It is read to its end whatever a line holds: what
 *  is left unread would keep the connection from its next request. */
async function* lines(body: AsyncIterable<Buffer>): AsyncGenerator<unknown> {
  let kept: Buffer[] = [];
  let size = 0;
  const line = () => (size > line_limit ? [tooLong()] : read(Buffer.concat(kept)));
  try {
    for await (const chunk of body) {
      const first = chunk.indexOf(newline);
      const rest = chunk.lastIndexOf(newline) + 1;
      if (first >= 0) {
        size += first;
        if (size <= line_limit) kept.push(chunk.subarray(0, first));
        yield* line();
        yield* linesIn(chunk.subarray(first + 1, rest));
        kept = [];
        size = 0;
      }
      size += chunk.length - rest;
      if (size <= line_limit) kept.push(chunk.subarray(rest));
      else kept = [];
    }
  } catch {
    yield refuse('malformed', {}, 'The body broke off.');
    return;
  }
  yield* line();
}

const newline = 10;

/** Whole lines, decoded together, unless one of them is no UTF-8. */
function linesIn(block: Buffer): unknown[] {
  if (isUtf8(block)) return block.toString('utf8').split('\n').flatMap(parsed);
  const found: unknown[] = [];
  for (let from = 0, end = block.indexOf(newline); end >= 0; end = block.indexOf(newline, from)) {
    found.push(...read(block.subarray(from, end)));
    from = end + 1;
  }
  return found;
}

const tooLong = () => refuse('too_large', { limit_bytes: line_limit }, 'One line is over 1 MiB.');

const read = (line: Buffer): unknown[] =>
  isUtf8(line)
    ? parsed(line.toString('utf8'))
    : [refuse('malformed', {}, 'This line is not UTF-8.')];

/** What a line holds, or why it is refused; an empty one holds nothing. */
function parsed(line: string): unknown[] {
  if (!line.trim()) return [];
  try {
    return [readJson(line, 'This line')];
  } catch (refusal) {
    return [refusal];
  }
}

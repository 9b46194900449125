import { invalid, isRefusal, type Refusal } from '@wheelhouse/core';
import { articlesAt, crawlNext, crawlsDue, leaveCrawl, type Visit } from '../actions/crawl.ts';
import type { Incoming, Ports } from '../ports.ts';
import { faultOf } from './deliver.ts';
import type { Job } from './run.ts';

const crawls_at_once = 4;
const timeout_ms = 15_000;
/** With its site’s robots.txt and all that it leads on to. */
const longest_visit_ms = 45_000;
const largest_page = 5 * 1_048_576;
const largest_robots = 512 * 1_024;
const most_redirects = 5;
const robots_kept_ms = 600_000;
const most_robots_kept = 1_000;
const agent = 'Wheelhouse (+https://github.com/wheelhouse)';

/** Fetches the addresses of crawls, one at a time for each (rule W43). */
export function crawler(ports: Ports): Job {
  const closing = new AbortController();
  const visit = visitor(ports, closing.signal);
  return {
    name: 'crawl',
    every_ms: 500,
    async run() {
      const due = await crawlsDue(ports, crawls_at_once);
      await Promise.all(
        due.map((one) =>
          crawlNext(ports, one, visit).catch(async (error) => {
            if (closing.signal.aborted) return leaveCrawl(ports, one);
            ports.log.error(
              { error: String(error), crawl_id: one.id },
              'an address could not be crawled; it is tried again',
            );
          }),
        ),
      );
      return due.length;
    },
    async close() {
      closing.abort();
    },
  };
}

const refusedAs = (message: string): Refusal => invalid({ field: 'address', message });

const readable = 'text/html, text/markdown, text/plain, application/pdf';

/** Visits addresses as the guard of the network and each site's robots.txt allow, at every redirect
 *  anew. */
function visitor(ports: Ports, closing: AbortSignal): Visit {
  const robots = new Map<string, { text: string; until_ms: number }>();

  const get = async (url: string, keep_bytes: number, over: AbortSignal): Promise<Incoming> => {
    try {
      return await ports.network.send({
        url,
        method: 'GET',
        headers: { 'user-agent': agent, accept: readable },
        body: '',
        timeout_ms,
        keep_bytes,
        signal: over,
      });
    } catch (thrown) {
      if (closing.aborted) throw thrown;
      if (over.aborted) throw refusedAs(`took over ${longest_visit_ms / 1_000} seconds in all`);
      throw isRefusal(thrown) ? thrown : refusedAs(faultOf(thrown));
    }
  };

  /** What a site asks of programs (RFC 9309): without such a file all is allowed, and while it cannot
   *  be had, nothing. */
  const robotsOf = async (url: string, over: AbortSignal) => {
    const at = new URL('/robots.txt', url).href;
    const now_ms = ports.clock.ticks_ms();
    const kept = robots.get(at);
    if (kept && kept.until_ms > now_ms) return { url: at, text: kept.text };
    const { status, bytes } = await get(at, largest_robots, over);
    if (status >= 500) throw refusedAs(`the site’s robots.txt answered ${status}; try again later`);
    const text = status < 300 && bytes ? new TextDecoder().decode(bytes) : '';
    if (robots.size >= most_robots_kept) robots.clear();
    robots.set(at, { text, until_ms: now_ms + robots_kept_ms });
    return { url: at, text };
  };

  const read = async (address: string, over: AbortSignal) => {
    let url = address;
    for (let hops = 0; hops <= most_redirects; hops++) {
      ports.network.check(url, 'address');
      if (!ports.documents.mayVisit(url, await robotsOf(url, over))) {
        throw refusedAs('the site’s robots.txt asks programs to stay away from it');
      }
      const { status, headers, bytes } = await get(url, largest_page, over);
      const to = headers.location;
      if (status >= 300 && status < 400 && to && URL.canParse(to, url)) {
        url = new URL(to, url).href;
        continue;
      }
      if (status !== 200) throw refusedAs(`answered ${status}`);
      if (!bytes) throw refusedAs(`is over ${largest_page / 1_048_576} MiB, or broke off`);
      return articlesAt(ports, url, headers['content-type'] ?? '', bytes);
    }
    throw refusedAs(`led on more than ${most_redirects} times`);
  };

  return async (address) => {
    const over = new AbortController();
    const leave = () => over.abort();
    closing.addEventListener('abort', leave);
    void ports.clock.pause(longest_visit_ms, over.signal).then(leave);
    try {
      const { found, refused } = await read(address, over.signal);
      // Wherever it led to, it is met again by the address that was asked for.
      const known = found.map((one, at) => ({
        ...one,
        origin: at ? `${address}#${at + 1}` : address,
      }));
      return { found: known, refused };
    } finally {
      closing.removeEventListener('abort', leave);
      leave();
    }
  };
}

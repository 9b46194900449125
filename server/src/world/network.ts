import { promises as dns, type LookupAddress } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { refuse } from '@wheelhouse/core';
import type { Incoming, Network, Outgoing } from '../ports.ts';
import { isPublic } from './public-address.ts';

const body_kept = 2_000;
/** Of a name; twice, and the rest of the request's time is left for the request. */
const look_up_ms = 3_000;

/** All addresses of a host name, or an Error that says what failed. */
export type LookUp = (host: string) => Promise<LookupAddress[]>;

export interface NetworkOptions {
  /** Lets a receiver stand on the same machine, for development. */
  allow_private: boolean;
  look_up?: LookUp;
}

/** The one way out of the server. Every address is judged when it is saved, and again when it is
 *  resolved: the socket connects to the very address that was judged, so a name that changes its
 *  mind in between (DNS rebinding) gains nothing. Redirects are never followed. */
export function guardedNetwork({
  allow_private,
  look_up = allow_private ? lookUpHere : lookUpPublic,
}: NetworkOptions): Network {
  const judge = (address: string) => allow_private || isPublic(address);
  const check = (url: string, field?: string) => {
    const { hostname, protocol, username, password } = parsedUrl(url, field);
    if (protocol !== 'https:' && protocol !== 'http:') throw forbidden(url, field);
    if (username || password) throw forbidden(url, field);
    const bare = hostname.replace(/^\[|\]$/g, '');
    if (isIP(bare) ? !judge(bare) : !allow_private && local_name.test(bare))
      throw forbidden(url, field);
  };
  return {
    check,
    send: (request) => {
      check(request.url);
      return send(request, judgedLookUp(request.url, look_up, judge));
    },
  };
}

/** A name without a dot, or under a suffix that only means something inside a network. */
const local_name =
  /^[^.]*\.?$|(^|\.)(localhost|localdomain|local|internal|intranet|lan|home\.arpa)\.?$/i;

const forbidden = (url: string, field = 'url') =>
  refuse('forbidden_address', {
    errors: [{ field, message: 'is not a public address' }],
    url,
  });

function parsedUrl(url: string, field?: string): URL {
  try {
    return new URL(url);
  } catch {
    throw forbidden(url, field);
  }
}

// Not getaddrinfo: it runs on the four threads that files and hashes share, so four names whose
// servers hang would hold up every other delivery (invariant 16).
async function lookUpPublic(host: string): Promise<LookupAddress[]> {
  const resolver = new dns.Resolver({ timeout: look_up_ms, tries: 2 });
  const [four, six] = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
  const found: LookupAddress[] = [];
  if (four.status === 'fulfilled')
    found.push(...four.value.map((address) => ({ address, family: 4 })));
  if (six.status === 'fulfilled')
    found.push(...six.value.map((address) => ({ address, family: 6 })));
  if (!found.length && four.status === 'rejected') throw four.reason;
  return found;
}

/** Names of this machine and its network stand in files that only the system's own look-up reads. */
const lookUpHere: LookUp = (host) => dns.lookup(host, { all: true });

/** A look-up for one socket that hands on only addresses it has judged, all of them or none. */
function judgedLookUp(
  url: string,
  look_up: LookUp,
  judge: (address: string) => boolean,
): LookupFunction {
  return (host, options, done) => {
    look_up(host).then(
      (addresses) => {
        const [first] = addresses;
        if (!first || addresses.some(({ address }) => !judge(address))) {
          done(forbidden(url), '', 0);
        } else if (options.all) done(null, addresses);
        else done(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => done(error, '', 0),
    );
  };
}

function send(request: Outgoing, lookup: LookupFunction): Promise<Incoming> {
  const url = parsedUrl(request.url);
  const { request: open } = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const outgoing = open(url, {
      method: request.method,
      headers: { ...request.headers, 'content-length': Buffer.byteLength(request.body) },
      agent: false,
      lookup,
    });
    const giveUp = (why: string) => outgoing.destroy(new Error(why));
    const timeout = setTimeout(
      () => giveUp(`no response within ${request.timeout_ms} ms`),
      request.timeout_ms,
    );
    const leave = () => giveUp('given up');
    request.signal?.addEventListener('abort', leave);
    if (request.signal?.aborted) leave();
    // An answer that is neither a response nor an error, such as another protocol, ends here.
    let end = (error = new Error('the connection closed without a response')) => reject(error);
    outgoing.on('error', (error) => end(error));
    outgoing.on('close', () => {
      clearTimeout(timeout);
      request.signal?.removeEventListener('abort', leave);
      end();
    });
    outgoing.on('response', (incoming) => {
      const limit = request.keep_bytes ?? body_kept * 4;
      const chunks: Buffer[] = [];
      let length = 0;
      end = () => {
        const kept = Buffer.concat(chunks);
        const whole = incoming.complete && length <= limit;
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers as Record<string, string>,
          body: kept
            .subarray(0, body_kept * 4)
            .toString('utf8')
            .slice(0, body_kept),
          bytes: request.keep_bytes !== undefined && whole ? kept : undefined,
        });
      };
      incoming.on('data', (chunk: Buffer) => {
        length += chunk.length;
        chunks.push(chunk);
        if (length > limit) incoming.destroy();
      });
      // The status has been said; a body that breaks off or drips on changes nothing about it.
      incoming.on('error', () => end());
      incoming.on('close', () => end());
    });
    outgoing.end(request.body);
  });
}

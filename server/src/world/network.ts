import { lookup } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import { refuse } from '@wheelhouse/core';
import ipaddr from 'ipaddr.js';
import type { Incoming, Network, Outgoing } from '../ports.ts';

const body_kept = 2_000;

/** Whether an address is one of the public internet's. IPv4 inside IPv6 is judged as IPv4. */
export function isPublic(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return parsed.range() === 'unicast';
}

/** The one way out of the server. Every address is judged when it is saved, and again when it is
 *  resolved: the socket connects to the very address that was judged, so a name that changes its
 *  mind in between (DNS rebinding) gains nothing. Redirects are never followed.
 *  @param allow_private lets a receiver stand on the same machine, for development */
export function guardedNetwork({ allow_private }: { allow_private: boolean }): Network {
  const judge = (address: string) => allow_private || isPublic(address);
  const check = (url: string) => {
    const { hostname, protocol, username } = parsedUrl(url);
    if (protocol !== 'https:' && protocol !== 'http:') throw forbidden(url);
    if (username) throw forbidden(url);
    const bare = hostname.replace(/^\[|\]$/g, '');
    if (isIP(bare) && !judge(bare)) throw forbidden(url);
    if (!allow_private && /(^|\.)(localhost|local|internal)\.?$/i.test(bare)) throw forbidden(url);
  };
  return { check, send: (request) => send(request, judge, check) };
}

const forbidden = (url: string) =>
  refuse('forbidden_address', {
    errors: [{ field: 'url', message: 'is not a public address' }],
    url,
  });

function parsedUrl(url: string): URL {
  try {
    return new URL(url);
  } catch {
    throw forbidden(url);
  }
}

function send(
  request: Outgoing,
  judge: (address: string) => boolean,
  check: (url: string) => void,
): Promise<Incoming> {
  check(request.url);
  const url = parsedUrl(request.url);
  const { request: open } = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const outgoing = open(url, {
      method: request.method,
      headers: { ...request.headers, 'content-length': Buffer.byteLength(request.body) },
      signal: AbortSignal.timeout(request.timeout_ms),
      agent: false,
      lookup: (host, options, done) => {
        lookup(host, { ...options, all: true }, (error, addresses) => {
          if (error) return done(error, '', 0);
          const bad = addresses.find(({ address }) => !judge(address));
          if (bad || !addresses.length) return done(forbidden(request.url), '', 0);
          const [first] = addresses;
          if (options.all) return done(null, addresses as never);
          return done(null, first?.address ?? '', first?.family ?? 4);
        });
      },
    });
    outgoing.on('error', reject);
    outgoing.on('response', (incoming) => {
      let body = '';
      incoming.setEncoding('utf8');
      incoming.on('data', (chunk: string) => {
        if (body.length < body_kept) body += chunk.slice(0, body_kept - body.length);
        else incoming.destroy();
      });
      incoming.on('error', () => {});
      incoming.on('close', () =>
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers as Record<string, string>,
          body,
        }),
      );
    });
    outgoing.end(request.body);
  });
}

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { refuse, systemOf } from '@wheelhouse/core';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { readBot } from '../actions/bot.ts';
import { onlyWorkspace } from '../actions/workspace.ts';
import type { App } from './app.ts';

/** Plain files beside the sources, served as they are. */
const folder = fileURLToPath(new URL('../../src/demo/shop/page/', import.meta.url));
const files = [
  ['/demo', 'demo.html', 'text/html; charset=utf-8'],
  ['/demo/shop.css', 'shop.css', 'text/css; charset=utf-8'],
  ['/demo/shop.js', 'shop.js', 'text/javascript; charset=utf-8'],
] as const;

/** Stricter than the web app's: a shop page that loads its own files and the widget, and no more. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The demo shop's page, where the demo was asked for and its bot is there. */
export function demoShop(server: FastifyInstance, { ports, config }: App): void {
  if (config.seed !== 'demo') return;
  const ready = async () => {
    const workspace_id = await onlyWorkspace(ports);
    return readBot(ports, systemOf(workspace_id), 'shop').then(
      () => true,
      () => false,
    );
  };
  for (const [url, file, type] of files) {
    const text = readFileSync(`${folder}${file}`, 'utf8');
    server.get(url, async (_request, reply: FastifyReply) => {
      if (url === '/demo' && !(await ready())) {
        const words =
          'There is no demo shop here. While it is being filled, try again in a moment.';
        throw refuse('not_found', { path: url }, words);
      }
      return reply
        .headers({ 'content-security-policy': policy, 'cache-control': 'no-cache' })
        .type(type)
        .send(text);
    });
  }
}

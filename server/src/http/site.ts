import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import { refuse } from '@wheelhouse/core';
import type { FastifyInstance } from 'fastify';
import { sendProblem } from './errors.ts';

const built = fileURLToPath(new URL('../../../web/dist/', import.meta.url));

/** The web app's files; every other address that is a page gets its start page.
 *  @param folder what was built, which may be built anew meanwhile (rule K157) */
export async function site(
  server: FastifyInstance,
  methodsAt: (path: string) => string[],
  folder = built,
): Promise<void> {
  const there = existsSync(`${folder}index.html`);
  if (there) {
    const common = {
      index: false,
      // The web app's build packs its files, so that nothing is packed while someone waits.
      preCompressed: true,
    } as const;
    await server.register(fastifyStatic, {
      ...common,
      root: folder,
      wildcard: false,
      globIgnore: ['assets/**'],
      setHeaders: (reply, path) => {
        reply.header('cache-control', 'no-cache');
        // Other sites' pages load the widget, and nothing else of these.
        if (/[/\\]widget\.js/.test(path)) {
          reply.header('cross-origin-resource-policy', 'cross-origin');
        }
      },
    });
    // Looked for when they are asked for: were those that there are at the start the only ones, a start
    // page of after an update would name files that this server does not find.
    await server.register(fastifyStatic, {
      ...common,
      root: `${folder}assets/`,
      prefix: '/assets/',
      decorateReply: false,
      // Vite names its files by content, so they never change under their name.
      setHeaders: (reply) => {
        reply.header('cache-control', 'public, max-age=31536000, immutable');
      },
    });
  }
  server.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    const reading = request.method === 'GET' || request.method === 'HEAD';
    const page =
      there && !path.startsWith('/api/') && !path.startsWith('/health') && !/\.\w+$/.test(path);
    if (page && reading) return reply.header('cache-control', 'no-cache').sendFile('index.html');
    const allowed = page ? ['GET', 'HEAD'] : methodsAt(path);
    if (allowed.length) {
      const words = `${path.slice(0, 200)} answers ${allowed.join(', ')}, and not ${request.method}.`;
      reply.header('allow', allowed.join(', '));
      return sendProblem(refuse('method_not_allowed', { path, allowed }, words), request, reply);
    }
    return sendProblem(
      refuse('not_found', { path }, `There is nothing at ${request.method} ${path.slice(0, 200)}.`),
      request,
      reply,
    );
  });
}

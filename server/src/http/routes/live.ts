import { EventType, HomeSummary, invalid } from '@wheelhouse/core';
import * as z from 'zod';
import { readHome } from '../../actions/home.ts';
import type { eventStreams } from '../../realtime/stream.ts';
import type { App } from '../app.ts';
import { type Route, route } from '../route.ts';

export const liveRoutes = (app: App, streams: ReturnType<typeof eventStreams>): Route[] => [
  route({
    method: 'GET',
    path: '/home',
    action: 'home.read',
    summary: 'What the loop is doing now, over the last 24 hours',
    response: HomeSummary,
    handle: ({ by }) => readHome(app.ports, by),
  }),
  route({
    method: 'GET',
    path: '/metrics',
    action: 'metrics.read',
    summary: 'Figures for a monitor, as Prometheus text; also at /metrics',
    response: z.string(),
    media: 'text/plain',
    handle: async ({ by, reply }) => {
      reply.type('text/plain; version=0.0.4; charset=utf-8').header('cache-control', 'no-store');
      return (await app.metrics?.text(by, await app.gauges(by))) ?? '';
    },
  }),
  route({
    method: 'GET',
    path: '/events',
    action: 'events.read',
    summary: 'Everything that happens, as server-sent events, resumed by Last-Event-ID',
    query: z.strictObject({
      cursor: z.string().max(50).optional(),
      types: z.string().max(2_000).optional(),
    }),
    streams: true,
    handle: async ({ by, query, request, reply }) => {
      const wanted = (query.types?.split(',') ?? []).filter(Boolean);
      const types = wanted.map((type) => {
        const known = EventType.safeParse(type);
        if (known.success) return known.data;
        throw invalid({ field: 'types', message: `"${type}" is no type of event` });
      });
      const from = request.headers['last-event-id'] ?? query.cursor;
      for (const [name, value] of Object.entries(reply.getHeaders())) {
        if (value !== undefined) reply.raw.setHeader(name, value);
      }
      reply.hijack();
      await streams.open(by, reply.raw, Array.isArray(from) ? from[0] : from, types);
    },
  }),
];

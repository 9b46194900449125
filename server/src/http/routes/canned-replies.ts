import { CannedReply, CannedReplyDefinition, Name } from '@wheelhouse/core';
import * as z from 'zod';
import {
  changeCannedReply,
  dropCannedReply,
  readCannedReplies,
} from '../../actions/canned-reply.ts';
import type { App } from '../app.ts';
import { type Route, route } from '../route.ts';

const one = z.object({ name: Name });

export const cannedReplyRoutes = (app: App): Route[] => [
  route({
    method: 'GET',
    path: '/canned-replies',
    action: 'canned_replies.read',
    summary: 'List the replies that are kept for reuse',
    response: z.object({ rows: z.array(CannedReply) }),
    handle: async ({ by }) => ({ rows: await readCannedReplies(app.ports, by) }),
  }),
  route({
    method: 'PUT',
    path: '/canned-replies/:name',
    action: 'canned_replies.change',
    summary: 'Keep a reply for reuse, or change it',
    params: one,
    body: CannedReplyDefinition,
    response: CannedReply,
    handle: ({ by, ports, params, body }) => changeCannedReply(ports, by, params.name, body),
  }),
  route({
    method: 'DELETE',
    path: '/canned-replies/:name',
    action: 'canned_replies.change',
    summary: 'Remove a reply that was kept for reuse',
    params: one,
    handle: ({ by, ports, params }) => dropCannedReply(ports, by, params.name),
  }),
];

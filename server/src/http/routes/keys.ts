import { idOf, Key, KeySubmission } from '@wheelhouse/core';
import * as z from 'zod';
import { createKey, readKeys, removeKey } from '../../actions/key.ts';
import type { App } from '../app.ts';
import { type Route, route } from '../route.ts';

export const keyRoutes = (app: App): Route[] => [
  route({
    method: 'GET',
    path: '/keys',
    action: 'keys.read',
    summary: 'List keys',
    response: z.object({ rows: z.array(Key) }),
    handle: async ({ by }) => ({ rows: await readKeys(app.ports, by) }),
  }),
  route({
    method: 'POST',
    path: '/keys',
    action: 'keys.change',
    summary: 'Make a key; its secret is shown once',
    body: KeySubmission,
    response: Key,
    status: 201,
    shown_once: 'key',
    handle: ({ by, ports, body }) => createKey(ports, by, body),
  }),
  route({
    method: 'DELETE',
    path: '/keys/:id',
    action: 'keys.change',
    summary: 'Revoke a key',
    params: z.object({ id: idOf('key') }),
    handle: ({ by, ports, params }) => removeKey(ports, by, params.id),
  }),
];

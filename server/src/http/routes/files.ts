import { idOf, Message } from '@wheelhouse/core';
import * as z from 'zod';
import { eraseFile, readFileOf, shareFile } from '../../actions/file.ts';
import type { App } from '../app.ts';
import { fileIn, handOut } from '../file-form.ts';
import { type Route, route } from '../route.ts';

const one = z.object({ id: idOf('conversation') });

/** Files that are shared in conversations. */
export const fileRoutes = (app: App): Route[] => [
  route({
    method: 'POST',
    path: '/conversations/:id/files',
    keeps_key: true,
    takes_form: true,
    action: 'messages.send',
    summary: 'Share a file with the customer; a member takes the wheel by it',
    params: one,
    response: Message,
    status: 201,
    handle: async ({ by, params, request }) =>
      shareFile(app.ports, app.config.files, by, params.id, () => fileIn(request)),
  }),
  route({
    method: 'GET',
    path: '/conversations/:id/files/:file',
    action: 'conversations.read',
    summary: 'Fetch a file that was shared',
    params: one.extend({ file: idOf('file') }),
    response: z.string(),
    media: 'application/octet-stream',
    handle: async ({ by, params, reply }) =>
      handOut(reply, await readFileOf(app.ports, by, params.id, params.file)),
  }),
  route({
    method: 'POST',
    path: '/files/:id/erase',
    action: 'files.erase',
    summary: 'Erase a file for good',
    params: z.object({ id: idOf('file') }),
    handle: ({ by, ports, params }) => eraseFile(ports, by, params.id),
  }),
];

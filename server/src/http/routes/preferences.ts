import {
  Chat,
  idOf,
  Page,
  Preference,
  PreferenceFilter,
  PreferenceSubmission,
} from '@wheelhouse/core';
import * as z from 'zod';
import { chooseInChat, readPreferences } from '../../actions/preference.ts';
import type { App } from '../app.ts';
import { customerOf } from '../customer.ts';
import { type Route, route } from '../route.ts';

/** Which of two answers is better: what a customer says, and what all of them said. */
export const preferenceRoutes = (app: App): Route[] => [
  route({
    method: 'POST',
    path: '/chat/conversations/:id/preference',
    keeps_key: true,
    action: 'visitor',
    summary: 'Say which of two answers is better; that one is then said',
    params: z.object({ id: idOf('conversation') }),
    body: PreferenceSubmission,
    response: Chat,
    handle: async ({ params, body, request }) =>
      chooseInChat(app.ports, app.rulings, customerOf(request), params.id, body),
  }),
  route({
    method: 'GET',
    path: '/preferences',
    action: 'conversations.read',
    summary: 'Which of two answers customers found better, as data to train on, newest first',
    query: PreferenceFilter,
    response: Page(Preference),
    handle: ({ by, query }) => readPreferences(app.ports, by, query),
  }),
];

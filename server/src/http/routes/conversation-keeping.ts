import {
  Conversation,
  ConversationChange,
  idOf,
  SearchHit,
  SearchQuery,
  SnoozeSubmission,
} from '@wheelhouse/core';
import * as z from 'zod';
import { searchConversations } from '../../actions/search.ts';
import { snoozeConversation, unsnoozeConversation } from '../../actions/snooze.ts';
import { changeConversation } from '../../actions/wheel.ts';
import type { App } from '../app.ts';
import { type Route, route } from '../route.ts';

const one = z.object({ id: idOf('conversation') });

/** What a team does with conversations beside talking: finding them, putting them aside, keeping what
 *  they are about. */
export const conversationKeeping = (app: App): Route[] => [
  route({
    method: 'GET',
    path: '/conversation-search',
    action: 'conversations.read',
    summary: 'Find conversations by what was said in them and by whom they are with',
    query: SearchQuery,
    response: z.object({ rows: z.array(SearchHit) }),
    handle: ({ by, query }) => searchConversations(app.ports, by, query),
  }),
  route({
    method: 'POST',
    path: '/conversations/:id/snooze',
    action: 'conversations.snooze',
    summary: 'Put it aside until a moment; it comes back then, or when the customer writes',
    params: one,
    body: SnoozeSubmission,
    response: Conversation,
    handle: ({ by, ports, params, body }) => snoozeConversation(ports, by, params.id, body.until),
  }),
  route({
    method: 'POST',
    path: '/conversations/:id/unsnooze',
    action: 'conversations.unsnooze',
    summary: 'Bring back what was put aside',
    params: one,
    response: Conversation,
    handle: ({ by, ports, params }) => unsnoozeConversation(ports, by, params.id),
  }),
  route({
    method: 'PATCH',
    path: '/conversations/:id',
    action: 'conversations.change',
    summary:
      'Change what the team keeps of it: title, priority, labels, language, the bot’s posture',
    params: one,
    body: ConversationChange,
    response: Conversation,
    handle: ({ by, ports, params, body }) => changeConversation(ports, by, params.id, body),
  }),
];

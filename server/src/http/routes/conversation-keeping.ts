import {
  Conversation,
  ConversationChange,
  idOf,
  MergeSubmission,
  SearchHit,
  SearchQuery,
  SnoozeSubmission,
  TranscriptFileQuery,
} from '@wheelhouse/core';
import * as z from 'zod';
import { eraseConversation } from '../../actions/erase-conversation.ts';
import { mergeConversations } from '../../actions/merge.ts';
import { searchConversations } from '../../actions/search.ts';
import { snoozeConversation, unsnoozeConversation } from '../../actions/snooze.ts';
import { transcriptFile } from '../../actions/transcript-file.ts';
import { changeConversation } from '../../actions/wheel.ts';
import type { App } from '../app.ts';
import { type Route, route } from '../route.ts';

const one = z.object({ id: idOf('conversation') });

/** What a team does with conversations beside talking: finding them, putting them aside, keeping what
 *  they are about. */
export const conversationKeeping = (app: App): Route[] => [
  ...finding(app),
  ...changing(app),
  ...erasing(app),
];

const changing = (app: App): Route[] => [
  route({
    method: 'POST',
    path: '/conversations/:id/merge',
    action: 'conversations.merge',
    summary: 'Let it go on in another one of the same customer; what is written to it stands there',
    params: one,
    body: MergeSubmission,
    response: Conversation,
    handle: ({ by, ports, params, body }) =>
      mergeConversations(ports, app.rulings, by, params.id, body.into),
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

const finding = (app: App): Route[] => [
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
    method: 'GET',
    path: '/conversations/:id/transcript',
    action: 'conversations.read',
    summary:
      'The conversation as a file (text, Markdown or JSON); with the team’s notes on request',
    params: one,
    query: TranscriptFileQuery,
    response: z.string(),
    media: 'text/plain',
    handle: async ({ by, params, query, reply }) => {
      const { format, notes } = query;
      const stream = await transcriptFile(app.ports, by, params.id, {
        format,
        notes: notes === 'true',
      });
      const [type, ending] = file_kinds[format];
      reply
        .type(`${type}; charset=utf-8`)
        .header('cache-control', 'no-store')
        .header('content-disposition', `attachment; filename="${params.id}.${ending}"`);
      return stream;
    },
  }),
];

/** Erasing again changes nothing, so no key needs to be kept for it. */
const erasing = (app: App): Route[] => [
  route({
    method: 'POST',
    path: '/conversations/:id/erase',
    keeps_key: true,
    action: 'conversations.erase',
    summary: 'Erase a conversation for good, with all that was made of it; that it was stays',
    params: one,
    response: Conversation,
    handle: ({ by, params }) => eraseConversation(app.ports, app.rulings, by, params.id),
  }),
];

const file_kinds = {
  text: ['text/plain', 'txt'],
  markdown: ['text/markdown', 'md'],
  json: ['application/json', 'json'],
} as const;

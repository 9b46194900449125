import { Name, PreChat, PreChatAnswers } from '@wheelhouse/core';
import * as z from 'zod';
import { answerPreChat, readPreChat } from '../../actions/pre-chat-form.ts';
import type { App } from '../app.ts';
import { customerOf } from '../customer.ts';
import { type Route, route } from '../route.ts';

/** What a customer's browser asks and answers before the first message. */
export const preChatRoutes = (app: App): Route[] => [
  route({
    method: 'GET',
    path: '/chat/pre-chat-form',
    action: 'visitor',
    summary: 'What a bot asks of the visitor before their first message, and does not know yet',
    query: z.strictObject({ bot: Name.default('default') }),
    response: PreChat,
    handle: async ({ query, request }) => readPreChat(app.ports, customerOf(request), query.bot),
  }),
  route({
    method: 'PUT',
    path: '/chat/pre-chat-form',
    keeps_key: true,
    action: 'visitor',
    summary: 'Answer what a bot asks before the first message; answers with what is left to ask',
    body: PreChatAnswers,
    response: PreChat,
    handle: async ({ body, request }) => answerPreChat(app.ports, customerOf(request), body),
  }),
];

import {
  CallBackSubmission,
  Chat,
  ChatMessage,
  ChatMessageSubmission,
  ChatReadSubmission,
  ChatRow,
  ChatSubmission,
  ChatTranscript,
  idOf,
  RatingSubmission,
  Thumb,
  ThumbSubmission,
  Visitor,
  VisitorSubmission,
} from '@wheelhouse/core';
import * as z from 'zod';
import {
  askInChat,
  leaveCallBack,
  readChat,
  readChats,
  readUpTo,
  sayInChat,
} from '../../actions/chat.ts';
import { readFileOf, shareInChat, takenOf } from '../../actions/file.ts';
import { typeInChat } from '../../actions/looking.ts';
import { beginChat } from '../../actions/pre-chat-form.ts';
import { endInChat, rateInChat, thumbInChat } from '../../actions/rating.ts';
import { admitVisitor, signOut } from '../../actions/visitor.ts';
import { onlyWorkspace } from '../../actions/workspace.ts';
import type { chatStreams } from '../../realtime/chats.ts';
import type { App } from '../app.ts';
import { customerOf } from '../customer.ts';
import { fileIn, handOut } from '../file-form.ts';
import { type Route, route } from '../route.ts';

const one = z.object({ id: idOf('conversation') });
/** What one address may ask for in a minute: a page asks once, and an office shares an address. */
const visitors_a_minute = 60;

/** What a customer's browser calls. It shows the token that it was given, never a key or a cookie, so
 *  any page that the bot allows may call these. */
export const chatRoutes = (app: App, streams: ReturnType<typeof chatStreams>): Route[] => [
  ...coming(app),
  ...reading(app, streams),
  ...talking(app),
  ...judging(app),
  ...sharing(app),
];

const coming = (app: App): Route[] => [
  route({
    method: 'POST',
    path: '/chat/visitors',
    keeps_key: true,
    action: 'public',
    any_origin: true,
    summary: 'Let a browser in as a visitor; answers with its token',
    body: VisitorSubmission,
    response: Visitor,
    status: 201,
    shown_once: 'token',
    tight_limit: visitors_a_minute,
    handle: async ({ body, request }) => {
      const workspace_id = body.workspace_id ?? (await onlyWorkspace(app.ports));
      const { origin } = request.headers;
      return admitVisitor(app.ports, workspace_id, body, origin, takenOf(app.config.files));
    },
  }),
  route({
    method: 'POST',
    path: '/chat/sign-out',
    keeps_key: true,
    action: 'visitor',
    summary: 'End the browser’s token',
    handle: async ({ request }) =>
      signOut(app.ports, customerOf(request), (request.headers.authorization ?? '').slice(7)),
  }),
  route({
    method: 'GET',
    path: '/chat/conversations',
    action: 'visitor',
    summary: 'The visitor’s conversations, last active first',
    response: z.object({ rows: z.array(ChatRow) }),
    handle: async ({ request }) => ({
      rows: await readChats(app.ports, customerOf(request)),
    }),
  }),
  route({
    method: 'POST',
    path: '/chat/conversations',
    keeps_key: true,
    action: 'visitor',
    summary: 'Begin a conversation',
    body: ChatSubmission,
    response: z.object({ id: idOf('conversation') }),
    status: 201,
    handle: async ({ body, request }) => {
      const { id } = await beginChat(app.ports, customerOf(request), body);
      return { id };
    },
  }),
];

const reading = (app: App, streams: ReturnType<typeof chatStreams>): Route[] => [
  route({
    method: 'GET',
    path: '/chat/conversations/:id',
    action: 'visitor',
    summary: 'Read a conversation: its newest messages, or those after or before a number',
    params: one,
    query: z.strictObject({
      after: z.coerce.number().int().min(0).optional(),
      before: z.coerce.number().int().min(1).optional(),
    }),
    response: ChatTranscript,
    handle: async ({ params, query, request }) =>
      readChat(app.ports, customerOf(request), params.id, query),
  }),
  route({
    method: 'GET',
    path: '/chat/conversations/:id/stream',
    action: 'visitor',
    summary: 'What is said, as server-sent events, behind the number that the browser has',
    params: one,
    query: z.strictObject({ after: z.coerce.number().int().min(0).default(0) }),
    streams: true,
    handle: async ({ params, query, request, reply }) => {
      const by = customerOf(request);
      for (const [name, value] of Object.entries(reply.getHeaders())) {
        if (value !== undefined) reply.raw.setHeader(name, value);
      }
      await streams.open(by, params.id, query.after, reply.raw);
      reply.hijack();
    },
  }),
];

const talking = (app: App): Route[] => [
  route({
    method: 'POST',
    path: '/chat/conversations/:id/messages',
    keeps_key: true,
    action: 'visitor',
    summary: 'Say something',
    params: one,
    body: ChatMessageSubmission,
    response: ChatMessage,
    status: 201,
    handle: async ({ params, body, request }) =>
      sayInChat(app.ports, customerOf(request), params.id, body),
  }),
  route({
    method: 'POST',
    path: '/chat/conversations/:id/hand-off',
    keeps_key: true,
    action: 'visitor',
    summary: 'Ask for a person',
    params: one,
    response: Chat,
    handle: async ({ params, request }) =>
      askInChat(app.ports, app.rulings, customerOf(request), params.id),
  }),
  route({
    method: 'POST',
    path: '/chat/conversations/:id/call-back',
    keeps_key: true,
    action: 'visitor',
    summary: 'Leave where one is to be called back, and when it suits',
    params: one,
    body: CallBackSubmission,
    response: Chat,
    handle: async ({ params, body, request }) =>
      leaveCallBack(app.ports, customerOf(request), params.id, body),
  }),
  route({
    method: 'POST',
    path: '/chat/conversations/:id/typing',
    keeps_key: true,
    action: 'visitor',
    summary: 'Say that something is being typed; at most every three seconds',
    params: one,
    handle: ({ params, request }) => typeInChat(app.ports, customerOf(request), params.id),
  }),
  route({
    method: 'POST',
    path: '/chat/conversations/:id/read',
    keeps_key: true,
    action: 'visitor',
    summary: 'Say how far it was read, and how far it has come',
    params: one,
    body: ChatReadSubmission,
    handle: async ({ params, body, request }) =>
      readUpTo(app.ports, customerOf(request), params.id, body),
  }),
];

/** What a customer thinks of it, as it goes on and at its end. */
const judging = (app: App): Route[] => [
  route({
    method: 'PUT',
    path: '/chat/conversations/:id/messages/:message/thumb',
    keeps_key: true,
    action: 'visitor',
    summary: 'Say what one thinks of an AI’s reply; the last word counts',
    params: one.extend({ message: idOf('message') }),
    body: ThumbSubmission,
    response: Thumb,
    handle: async ({ params, body, request }) =>
      thumbInChat(app.ports, customerOf(request), params.id, params.message, body),
  }),
  route({
    method: 'POST',
    path: '/chat/conversations/:id/resolve',
    keeps_key: true,
    action: 'visitor',
    summary: 'End the conversation; writing in it opens it again',
    params: one,
    response: Chat,
    handle: async ({ params, request }) =>
      endInChat(app.ports, app.rulings, customerOf(request), params.id),
  }),
  route({
    method: 'PUT',
    path: '/chat/conversations/:id/rating',
    keeps_key: true,
    action: 'visitor',
    summary: 'Say whether a conversation that has ended helped; the last word counts',
    params: one,
    body: RatingSubmission,
    response: Chat,
    handle: async ({ params, body, request }) =>
      rateInChat(app.ports, customerOf(request), params.id, body),
  }),
];

const sharing = (app: App): Route[] => [
  route({
    method: 'POST',
    path: '/chat/conversations/:id/files',
    keeps_key: true,
    takes_form: true,
    action: 'visitor',
    summary: 'Share a file',
    params: one,
    response: ChatMessage,
    status: 201,
    handle: async ({ params, request }) =>
      shareInChat(
        app.ports,
        app.config.files,
        customerOf(request),
        params.id,
        await fileIn(request),
      ),
  }),
  route({
    method: 'GET',
    path: '/chat/conversations/:id/files/:file',
    action: 'visitor',
    summary: 'Fetch a file that was shared',
    params: one.extend({ file: idOf('file') }),
    response: z.string(),
    media: 'application/octet-stream',
    handle: async ({ params, request, reply }) =>
      handOut(reply, await readFileOf(app.ports, customerOf(request), params.id, params.file)),
  }),
];

import {
  Bot,
  BotDefinition,
  BotStop,
  Conversation,
  ConversationCounts,
  ConversationFilter,
  ConversationRow,
  ConversationSubmission,
  HandBackSubmission,
  HandOffSubmission,
  idOf,
  Looking,
  LookingSubmission,
  Message,
  MessageSubmission,
  Name,
  Page,
  Rating,
  RatingFilter,
  ReadSubmission,
  ResolveSubmission,
  TakeSubmission,
  Transcript,
  VersionCheck,
} from '@wheelhouse/core';
import * as z from 'zod';
import { changeBot, readBot, readBots } from '../../actions/bot.ts';
import { resumeBots, stopBots } from '../../actions/bot-stop.ts';
import { postMessage, readTranscript } from '../../actions/conversation.ts';
import { readConversations, readCounts } from '../../actions/conversation-list.ts';
import { look, readByTeam } from '../../actions/looking.ts';
import { openConversation } from '../../actions/opening.ts';
import { readRatings } from '../../actions/rating.ts';
import { transfer } from '../../actions/transfer.ts';
import { giveBack, resolveConversation, takeWheel } from '../../actions/wheel.ts';
import type { App } from '../app.ts';
import { type Route, route } from '../route.ts';
import { conversationKeeping } from './conversation-keeping.ts';
import { fileRoutes } from './files.ts';
import { secretRoutes } from './secrets.ts';

const one = z.object({ id: idOf('conversation') });

export const conversationRoutes = (app: App): Route[] => [
  ...talking(app),
  ...steering(app),
  ...conversationKeeping(app),
  ...looking(app),
  ...fileRoutes(app),
  ...bots(app),
  ...secretRoutes(),
];

const talking = (app: App): Route[] => [
  route({
    method: 'POST',
    path: '/conversations',
    action: 'conversations.open',
    summary: 'Begin a conversation with a contact',
    body: ConversationSubmission,
    response: Conversation,
    status: 201,
    handle: ({ by, ports, body }) => openConversation(ports, by, body),
  }),
  route({
    method: 'GET',
    path: '/conversations',
    action: 'conversations.read',
    summary: 'List conversations: the most urgent first, or those last active',
    query: ConversationFilter,
    response: Page(ConversationRow),
    handle: ({ by, query }) => readConversations(app.ports, by, query),
  }),
  route({
    method: 'GET',
    path: '/conversation-counts',
    action: 'conversations.read',
    summary: 'How many conversations wait, are yours, are with a bot, are open',
    response: ConversationCounts,
    handle: ({ by }) => readCounts(app.ports, by),
  }),
  route({
    method: 'GET',
    path: '/ratings',
    action: 'conversations.read',
    summary: 'What customers said at the end of conversations, newest first',
    query: RatingFilter,
    response: Page(Rating),
    handle: ({ by, query }) => readRatings(app.ports, by, query),
  }),
  route({
    method: 'GET',
    path: '/conversations/:id',
    action: 'conversations.read',
    summary: 'Read a conversation: its newest messages, or those after or before a number',
    params: one,
    query: z.strictObject({
      after: z.coerce.number().int().min(0).optional(),
      before: z.coerce.number().int().min(1).optional(),
      limit: z.coerce.number().int().min(1).max(500).default(100),
    }),
    response: Transcript,
    handle: ({ by, params, query }) => readTranscript(app.ports, by, params.id, query),
  }),
  route({
    method: 'POST',
    path: '/conversations/:id/messages',
    action: 'messages.send',
    summary: 'Say something: as yourself, which takes the wheel, or for the customer',
    params: one,
    body: MessageSubmission,
    response: Message,
    status: 201,
    handle: ({ by, ports, params, body }) => postMessage(ports, by, params.id, body),
  }),
];

const steering = (app: App): Route[] => [
  route({
    method: 'POST',
    path: '/conversations/:id/take',
    action: 'conversations.take',
    summary: 'Take the wheel; no word of the bot’s comes after the answer to this',
    params: one,
    body: TakeSubmission.nullish(),
    response: Conversation,
    handle: ({ by, ports, params, body }) =>
      takeWheel(ports, app.rulings, by, params.id, body ?? { force: false }),
  }),
  route({
    method: 'POST',
    path: '/conversations/:id/hand-back',
    action: 'conversations.hand_back',
    summary: 'Give the wheel back to the bot',
    params: one,
    body: HandBackSubmission.nullish(),
    response: Conversation,
    handle: ({ by, ports, params, body }) =>
      giveBack(ports, app.rulings, by, params.id, body?.summary),
  }),
  route({
    method: 'POST',
    path: '/conversations/:id/hand-off',
    action: 'conversations.hand_off',
    summary: 'Ask for a person, or send it to another one, or to a queue',
    params: one,
    body: HandOffSubmission.nullish(),
    response: Conversation,
    handle: ({ by, ports, params, body }) =>
      transfer(
        ports,
        app.rulings,
        by,
        params.id,
        body ?? {},
        by.kind === 'key' ? 'asked' : 'transferred',
      ),
  }),
  route({
    method: 'POST',
    path: '/conversations/:id/resolve',
    action: 'conversations.resolve',
    summary: 'End a conversation; the customer’s next word opens it again',
    params: one,
    body: ResolveSubmission.nullish(),
    response: Conversation,
    handle: ({ by, ports, params, body }) =>
      resolveConversation(ports, app.rulings, by, params.id, body ?? {}),
  }),
];

const looking = (app: App): Route[] => [
  route({
    method: 'POST',
    path: '/conversations/:id/looking',
    keeps_key: true,
    action: 'conversations.look',
    summary: 'Say that you have it open, and whether you write; again every ten seconds',
    params: one,
    body: LookingSubmission.nullish(),
    response: Looking,
    handle: ({ by, params, body }) =>
      look(app.ports, by, params.id, { typing: body?.typing ?? false }),
  }),
  route({
    method: 'POST',
    path: '/conversations/:id/read',
    keeps_key: true,
    action: 'conversations.look',
    summary: 'Say how far the team has read it',
    params: one,
    body: ReadSubmission,
    handle: ({ by, params, body }) => readByTeam(app.ports, by, params.id, body.seq),
  }),
];

const bots = (app: App): Route[] => [
  route({
    method: 'GET',
    path: '/bots',
    action: 'bots.read',
    summary: 'List bots',
    response: z.object({ rows: z.array(Bot) }),
    handle: async ({ by }) => ({ rows: await readBots(app.ports, by) }),
  }),
  route({
    method: 'GET',
    path: '/bots/:bot',
    action: 'bots.read',
    summary: 'Read a bot',
    params: z.object({ bot: Name }),
    response: Bot,
    handle: ({ by, params }) => readBot(app.ports, by, params.bot),
  }),
  route({
    method: 'PUT',
    path: '/bots/:bot',
    action: 'bots.change',
    summary: 'Create or change a bot: a new version of it',
    params: z.object({ bot: Name }),
    query: VersionCheck,
    body: BotDefinition,
    response: Bot,
    handle: ({ by, ports, params, query, body }) =>
      changeBot(ports, app.rulings, by, params.bot, body, query.if_version),
  }),
  route({
    method: 'POST',
    path: '/stop-bots',
    action: 'bots.stop',
    summary: 'Stop a bot, or all of them: once this is answered no server lets one speak or act',
    body: BotStop.nullish(),
    response: Stopped,
    handle: async ({ by, ports, body }) => ({ bots: await stopBots(ports, by, body?.bot) }),
  }),
  route({
    method: 'POST',
    path: '/resume-bots',
    action: 'bots.resume',
    summary: 'Let a stopped bot go on, or all of them',
    body: BotStop.nullish(),
    response: Stopped,
    handle: async ({ by, ports, body }) => ({ bots: await resumeBots(ports, by, body?.bot) }),
  }),
];

/** The names of the bots that it changed anything for. */
const Stopped = z.object({ bots: z.array(Name) });

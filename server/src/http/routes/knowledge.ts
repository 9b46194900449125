import {
  BriefView,
  idOf,
  Knowledge,
  KnowledgeFilter,
  Summary,
  SummaryFilter,
  Translation,
  TranslationSubmission,
} from '@wheelhouse/core';
import type { FastifyReply } from 'fastify';
import * as z from 'zod';
import { readBrief } from '../../actions/brief.ts';
import { readKnowledge } from '../../actions/knowledge.ts';
import { minds } from '../../actions/mind.ts';
import { readSummary } from '../../actions/summary.ts';
import { translate } from '../../actions/translation.ts';
import type { App } from '../app.ts';
import { type Route, route } from '../route.ts';

const one = z.object({ id: idOf('conversation') });
/** A language model is asked by these, so no more from one address than anyone needs who works. */
const asks_a_minute = 600;

/** Ends what a language model writes once nobody waits for it. */
function goneWith(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  return gone.signal;
}

/** What whoever has the wheel of a conversation is told, and may look up. */
export const knowledgeRoutes = (app: App): Route[] => {
  const { ports } = app;
  const knowing = { ports, minds: minds(ports) };
  return [
    route({
      method: 'GET',
      path: '/conversations/:id/brief',
      action: 'conversations.read',
      summary: 'Read what whoever took over last was told of it',
      params: one,
      response: BriefView,
      handle: ({ by, params }) => readBrief(ports, by, params.id),
    }),
    route({
      method: 'GET',
      path: '/conversations/:id/summary',
      action: 'conversations.hand_back',
      summary: 'Read what happened while a person had the wheel, as it would be given back with',
      params: one,
      query: SummaryFilter,
      response: Summary,
      tight_limit: asks_a_minute,
      handle: ({ by, params, query, reply }) =>
        readSummary(ports, by, params.id, { ...query, gone: goneWith(reply) }),
    }),
    route({
      method: 'GET',
      path: '/conversations/:id/knowledge',
      action: 'messages.send',
      summary: 'Read what the bot knows of what was asked last, or of what you look for',
      params: one,
      query: KnowledgeFilter,
      response: Knowledge,
      tight_limit: asks_a_minute,
      handle: ({ by, params, query, reply }) =>
        readKnowledge(knowing, by, params.id, { ...query, gone: goneWith(reply) }),
    }),
    route({
      method: 'POST',
      path: '/translations',
      action: 'messages.translate',
      summary: 'Put a text into another language, by the language model; nothing of it is kept',
      body: TranslationSubmission,
      response: Translation,
      keeps_key: true,
      tight_limit: asks_a_minute,
      handle: ({ body, reply }) => translate(ports, body, goneWith(reply)),
    }),
  ];
};

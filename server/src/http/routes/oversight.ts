import {
  ConversationReport,
  idOf,
  LiveView,
  Message,
  ReportFilter,
  WhisperSubmission,
} from '@wheelhouse/core';
import * as z from 'zod';
import { readLive } from '../../actions/live.ts';
import { readReport } from '../../actions/report.ts';
import { whisperTo } from '../../actions/whisper.ts';
import type { App } from '../app.ts';
import { type Route, route } from '../route.ts';

/** What leads see of all conversations, and what they say to whoever has one. */
export const oversightRoutes = (app: App): Route[] => [
  route({
    method: 'GET',
    path: '/live',
    action: 'live.read',
    summary: 'Who waits, who answers, which bots speak or are stopped, at this moment',
    response: LiveView,
    handle: ({ by }) => readLive(app.ports, by),
  }),
  route({
    method: 'GET',
    path: '/reports/conversations',
    action: 'reports.read',
    summary: 'What conversations came to in a stretch of time, with what each figure counts',
    query: ReportFilter,
    response: ConversationReport,
    handle: ({ by, query }) => readReport(app.ports, by, query),
  }),
  route({
    method: 'POST',
    path: '/conversations/:id/whisper',
    action: 'conversations.whisper',
    summary: 'A note to the member who has the wheel, for them alone',
    params: z.object({ id: idOf('conversation') }),
    body: WhisperSubmission,
    response: Message,
    status: 201,
    handle: ({ by, ports, params, body }) => whisperTo(ports, by, params.id, body),
  }),
];

import type { chatStreams } from '../realtime/chats.ts';
import type { eventStreams } from '../realtime/stream.ts';
import type { App } from './app.ts';
import type { Identify } from './identify.ts';
import type { Route } from './route.ts';
import { articleRoutes } from './routes/articles.ts';
import { auditRoutes } from './routes/audit.ts';
import { cannedReplyRoutes } from './routes/canned-replies.ts';
import { caseRoutes } from './routes/cases.ts';
import { chatRoutes } from './routes/chats.ts';
import { contactRoutes } from './routes/contacts.ts';
import { conversationRoutes } from './routes/conversations.ts';
import { crawlRoutes } from './routes/crawls.ts';
import { entryRoutes } from './routes/entry.ts';
import { gateRoutes } from './routes/gates.ts';
import { keyRoutes } from './routes/keys.ts';
import { knowledgeRoutes } from './routes/knowledge.ts';
import { liveRoutes } from './routes/live.ts';
import { outputRoutes } from './routes/outputs.ts';
import { oversightRoutes } from './routes/oversight.ts';
import { peopleRoutes } from './routes/people.ts';
import { preChatRoutes } from './routes/pre-chat-form.ts';
import { preferenceRoutes } from './routes/preferences.ts';
import { trialRoutes } from './routes/trials.ts';
import { webhookRoutes } from './routes/webhooks.ts';

/** The one route table: every address below /api/v1, each with its permission. */
export const routeTable = (
  app: App,
  identify: Identify,
  streams: ReturnType<typeof eventStreams>,
  chats: ReturnType<typeof chatStreams>,
): Route[] => [
  ...outputRoutes(app, identify),
  ...caseRoutes(app),
  ...gateRoutes(app),
  ...conversationRoutes(app),
  ...contactRoutes(app),
  ...knowledgeRoutes(app),
  ...cannedReplyRoutes(app),
  ...articleRoutes(app),
  ...trialRoutes(app),
  ...crawlRoutes(app),
  ...oversightRoutes(app),
  ...chatRoutes(app, chats),
  ...preChatRoutes(app),
  ...preferenceRoutes(app),
  ...entryRoutes(app),
  ...peopleRoutes(app),
  ...keyRoutes(app),
  ...webhookRoutes(app),
  ...auditRoutes(app),
  ...liveRoutes(app, streams),
];

import { Name, Trial, TrialSubmission } from '@wheelhouse/core';
import * as z from 'zod';
import { minds } from '../../actions/mind.ts';
import { tryBot } from '../../actions/trial.ts';
import type { App } from '../app.ts';
import { type Route, route } from '../route.ts';

/** Tries a minute from one address: more than anyone types, and few for who would wear out a model. */
const tries_a_minute = 600;

export const trialRoutes = (app: App): Route[] => {
  const { ports, rulings } = app;
  const trying = { ports, rulings, minds: minds(ports), under_way: new Map<string, number>() };
  return [
    route({
      method: 'POST',
      path: '/bots/:bot/try',
      action: 'bots.try',
      summary: 'What a bot would say to a message, and why; nothing is stored or sent',
      params: z.object({ bot: Name }),
      body: TrialSubmission,
      response: Trial,
      keeps_key: true,
      tight_limit: tries_a_minute,
      handle: ({ by, params, body, reply }) => {
        const gone = new AbortController();
        reply.raw.once('close', () => gone.abort());
        return tryBot(trying, by, params.bot, body, gone.signal);
      },
    }),
  ];
};

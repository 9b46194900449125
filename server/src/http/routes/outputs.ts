import { Readable } from 'node:stream';
import {
  CallReport,
  CallView,
  ClaimedAction,
  elapsed,
  Feedback,
  FeedbackSubmission,
  idOf,
  Name,
  Output,
  OutputFilter,
  OutputLife,
  OutputSubmission,
  Page,
  type Principal,
  refuse,
  type SubmissionResult,
  SubmissionResult as SubmissionResultSchema,
  Text,
} from '@wheelhouse/core';
import * as z from 'zod';
import { reportCall } from '../../actions/call.ts';
import { eraseOutput } from '../../actions/erase.ts';
import {
  cancelOutput,
  giveFeedback,
  readLife,
  readOutput,
  readOutputs,
} from '../../actions/read-output.ts';
import type { App } from '../app.ts';
import { bulkResults, checkCallback } from '../bulk.ts';
import { faultsOf } from '../errors.ts';
import type { Identify } from '../identify.ts';
import { type Route, route } from '../route.ts';

const one = z.object({ id: idOf('output') });
const most_wait_ms = 60_000;
/** How long a right that has ended may go unnoticed. */
const noticed_within_ms = 5_000;

export const outputRoutes = (app: App, identify: Identify): Route[] => [
  ...submitting(app),
  ...reading(app, identify),
  ...acting(app),
];

/** What comes in. */
const submitting = (app: App): Route[] => [
  route({
    method: 'POST',
    path: '/gates/:gate/outputs',
    action: 'outputs.submit',
    summary: 'Submit one output, or many (a JSON array, or NDJSON, one a line)',
    params: z.object({ gate: Name }),
    body: z.unknown(),
    described_body: z.union([OutputSubmission, z.array(OutputSubmission)]),
    response: z.union([SubmissionResultSchema, z.object({ results: z.array(z.any()) })]),
    status: 201,
    keeps_key: true,
    takes_lines: true,
    handle: async ({ by, params, body, once, reply }) => {
      if (Array.isArray(body) || body instanceof Readable) {
        const results = await bulkResults(app, { by, gate: params.gate, once }, body);
        reply.code(200).type('application/json');
        return results;
      }
      return submitOne(app, by, params.gate, body, once);
    },
  }),
];

/** What became of it. */
const reading = (app: App, identify: Identify): Route[] => [
  route({
    method: 'GET',
    path: '/outputs',
    action: 'outputs.read',
    summary: 'List outputs, newest first',
    query: OutputFilter,
    response: Page(Output),
    handle: ({ by, query }) => readOutputs(app.ports, by, query),
  }),
  route({
    method: 'GET',
    path: '/outputs/:id',
    action: 'outputs.read',
    summary: 'Read an output; wait_ms holds the request until it is decided or time is up',
    params: one,
    query: z.strictObject({ wait_ms: z.coerce.number().int().min(0).max(most_wait_ms).default(0) }),
    response: Output,
    handle: async ({ by, params, query, request }) => {
      if (!query.wait_ms) return readOutput(app.ports, by, params.id);
      const since = app.ports.clock.now();
      const output = await app.waiting.forOutput(by, params.id, query.wait_ms, request.raw);
      // A right may end while one waits; in a short wait it would have been noticed no sooner.
      const long = elapsed(since, app.ports.clock.now()) >= noticed_within_ms;
      if (long && !(await identify.stillAllowed(by))) throw refuse('unauthenticated');
      return output;
    },
  }),
  route({
    method: 'GET',
    path: '/outputs/:id/life',
    action: 'outputs.read',
    summary: 'One output’s whole life: events, resolutions, feedback',
    params: one,
    response: OutputLife,
    handle: ({ by, params }) => readLife(app.ports, by, params.id),
  }),
];

/** What is done with it afterwards. */
const acting = (app: App): Route[] => [
  route({
    method: 'POST',
    path: '/outputs/:id/claim',
    action: 'outputs.claim',
    summary: 'Take the one-time right to act, with the exact bytes approved',
    params: one,
    response: ClaimedAction,
    keeps_key: true,
    handle: ({ by, params, once }) => app.claimOutcome(by, { by, output_id: params.id, once }),
  }),
  route({
    method: 'POST',
    path: '/outputs/:id/result',
    action: 'outputs.report',
    summary: 'Say what came of a bot’s tool call that you claimed; the bot answers from it',
    params: one,
    body: CallReport,
    response: CallView,
    handle: async ({ by, ports, params, body }) => {
      const { output_id, tool, state } = await reportCall(ports, by, params.id, body);
      return { output_id, tool, state };
    },
  }),
  route({
    method: 'POST',
    path: '/outputs/:id/cancel',
    action: 'outputs.cancel',
    summary: 'Withdraw an output that nobody has decided',
    params: one,
    body: z.strictObject({ reason: Text(2_000).optional() }).nullish(),
    response: Output,
    handle: ({ by, ports, params, body }) =>
      cancelOutput(ports, app.rulings, by, params.id, body?.reason),
  }),
  route({
    method: 'POST',
    path: '/outputs/:id/erase',
    action: 'outputs.erase',
    summary: 'Erase an output’s content for good; its verdict and record stay',
    params: one,
    response: Output,
    keeps_key: true,
    handle: ({ by, params }) => eraseOutput(app.ports, app.rulings, by, params.id),
  }),
  route({
    method: 'POST',
    path: '/outputs/:id/feedback',
    action: 'outputs.give_feedback',
    summary: 'Say or show how good an output was',
    params: one,
    body: FeedbackSubmission,
    response: Feedback,
    status: 201,
    handle: ({ by, ports, params, body }) => giveFeedback(ports, by, params.id, body),
  }),
];

function submitOne(
  app: App,
  by: Principal,
  gate: string,
  body: unknown,
  once: { key: string; request: string } | undefined,
): Promise<SubmissionResult> {
  const parsed = OutputSubmission.safeParse(body);
  if (!parsed.success) throw faultsOf(parsed.error);
  checkCallback(app.ports, parsed.data);
  return app.submit(by, { by, gate, body: parsed.data, once });
}

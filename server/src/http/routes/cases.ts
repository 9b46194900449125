import {
  AnswerSubmission,
  Assignment,
  BatchDecision,
  BatchResult,
  Case,
  CaseFilter,
  CaseRow,
  CaseSubmission,
  ClaimedCase,
  ClaimSubmission,
  CorrectionResult,
  CorrectionSubmission,
  idOf,
  LeaseView,
  Name,
  Note,
  NoteSubmission,
  Page,
  Queue,
  QueueDefinition,
  Resolution,
} from '@wheelhouse/core';
import * as z from 'zod';
import { answerCases } from '../../actions/answer.ts';
import { openCase, readCase, readCases } from '../../actions/case.ts';
import { correctCase } from '../../actions/correct.ts';
import { decideMany } from '../../actions/decide-many.ts';
import { eraseCase } from '../../actions/erase.ts';
import { assign, claim, heartbeat, release } from '../../actions/lease.ts';
import { addNote, readNotes } from '../../actions/note.ts';
import { changeQueue, readQueues } from '../../actions/queue.ts';
import { undo } from '../../actions/undo.ts';
import type { App } from '../app.ts';
import { type Route, route } from '../route.ts';

const one = z.object({ id: idOf('case') });

export const caseRoutes = (app: App): Route[] => [
  ...queues(app),
  ...claiming(app),
  ...listing(app),
  ...deciding(app),
  ...tending(app),
];

/** Where cases wait. */
const queues = (app: App): Route[] => [
  route({
    method: 'GET',
    path: '/queues',
    action: 'queues.read',
    summary: 'List queues and what waits in them',
    response: z.object({ rows: z.array(Queue) }),
    handle: async ({ by }) => ({ rows: await readQueues(app.ports, by) }),
  }),
  route({
    method: 'PUT',
    path: '/queues/:queue',
    action: 'queues.change',
    summary: 'Create or rename a queue',
    params: z.object({ queue: Name }),
    body: QueueDefinition,
    response: Queue,
    handle: ({ by, ports, params, body }) => changeQueue(ports, by, params.queue, body),
  }),
];

/** Taking the next. */
const claiming = (app: App): Route[] => [
  route({
    method: 'POST',
    path: '/queues/:queue/claim',
    action: 'cases.claim',
    summary: 'Claim the next cases of a queue ("*": of any), or one case by its id',
    params: z.object({ queue: z.union([Name, z.literal('*')]) }),
    body: ClaimSubmission.nullish(),
    response: z.object({ cases: z.array(ClaimedCase) }),
    handle: async ({ by, ports, params, body }) => ({
      cases: await claim(ports, app.rulings, by, params.queue, body ?? { limit: 1 }),
    }),
  }),
];

/** Opening and finding them, and deciding many alike. */
const listing = (app: App): Route[] => [
  route({
    method: 'POST',
    path: '/cases',
    action: 'cases.open',
    summary: 'Open a case: a question, or something to label',
    body: CaseSubmission,
    response: Case,
    status: 201,
    handle: ({ by, ports, body }) => openCase(ports, app.rulings, by, body),
  }),
  route({
    method: 'GET',
    path: '/cases',
    action: 'cases.read',
    summary: 'List cases',
    query: CaseFilter,
    response: Page(CaseRow),
    handle: ({ by, query }) => readCases(app.ports, by, query),
  }),
  route({
    method: 'POST',
    path: '/cases/batch',
    action: 'cases.answer',
    summary: 'Decide many cases alike, one record each',
    body: BatchDecision,
    response: BatchResult,
    handle: ({ by, ports, body }) => decideMany(answerCases(ports, app.rulings), by, body),
  }),
  route({
    method: 'GET',
    path: '/cases/:id',
    action: 'cases.read',
    summary: 'Read a case',
    params: one,
    response: Case,
    handle: ({ by, params }) => readCase(app.ports, app.rulings, by, params.id),
  }),
];

/** Holding and deciding one. */
const deciding = (app: App): Route[] => [
  route({
    method: 'POST',
    path: '/cases/:id/answers',
    action: 'cases.answer',
    summary: 'Answer a case under its lease',
    params: one,
    body: AnswerSubmission,
    keeps_key: true,
    response: z.object({
      case: Case,
      resolution: Resolution.nullable(),
      answer_id: idOf('answer'),
    }),
    handle: ({ by, params, body, once }) => app.answer(by, { by, case_id: params.id, body, once }),
  }),
  route({
    method: 'POST',
    path: '/cases/:id/lease',
    action: 'cases.claim',
    summary: 'Hold a case longer (heartbeat)',
    params: one,
    body: z.strictObject({ epoch: z.int().min(1) }),
    response: LeaseView,
    handle: ({ by, ports, params, body }) => heartbeat(ports, by, params.id, body.epoch),
  }),
  route({
    method: 'DELETE',
    path: '/cases/:id/lease',
    action: 'cases.claim',
    summary: 'Give a case back',
    params: one,
    query: z.strictObject({ epoch: z.coerce.number().int().min(1).optional() }),
    handle: ({ by, ports, params, query }) =>
      release(ports, app.rulings, by, params.id, query.epoch),
  }),
  route({
    method: 'POST',
    path: '/cases/:id/undo',
    action: 'cases.undo',
    summary: 'Take a decision back before its effect has left',
    params: one,
    response: Case,
    handle: ({ by, ports, params }) => undo(ports, app.rulings, by, params.id),
  }),
  route({
    method: 'POST',
    path: '/cases/:id/corrections',
    action: 'cases.correct',
    summary: 'Correct a decision whose effect has left; the first one stays in the record',
    params: one,
    body: CorrectionSubmission,
    response: CorrectionResult,
    status: 201,
    handle: ({ by, ports, params, body }) => correctCase(ports, app.rulings, by, params.id, body),
  }),
];

/** What leads and others do with one. */
const tending = (app: App): Route[] => [
  route({
    method: 'POST',
    path: '/cases/:id/erase',
    action: 'cases.erase',
    summary: 'Erase what a case shows and holds for good, with the output behind it',
    params: one,
    response: Case,
    keeps_key: true,
    handle: ({ by, params }) => eraseCase(app.ports, app.rulings, by, params.id),
  }),
  route({
    method: 'PUT',
    path: '/cases/:id/assignment',
    action: 'cases.assign',
    summary: 'Give a case to a member, or back to all',
    params: one,
    body: Assignment,
    response: Case,
    handle: ({ by, ports, params, body }) => assign(ports, app.rulings, by, params.id, body),
  }),
  route({
    method: 'GET',
    path: '/cases/:id/notes',
    action: 'cases.read',
    summary: 'List a case’s notes',
    params: one,
    response: z.object({ rows: z.array(Note) }),
    handle: async ({ by, params }) => ({
      rows: await readNotes(app.ports, app.rulings, by, params.id),
    }),
  }),
  route({
    method: 'POST',
    path: '/cases/:id/notes',
    action: 'cases.note',
    summary: 'Add a note, with mentions',
    params: one,
    body: NoteSubmission,
    response: Note,
    status: 201,
    handle: ({ by, ports, params, body }) => addNote(ports, by, app.rulings, params.id, body),
  }),
];

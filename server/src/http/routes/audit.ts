import {
  AuditFilter,
  AuditLine,
  AuditProof,
  AuditVerification,
  Checkpoint,
  invalid,
  Page,
} from '@wheelhouse/core';
import * as z from 'zod';
import { exportAudit, proveAudit, readAudit, readCheckpoint } from '../../actions/audit.ts';
import { verifyAudit } from '../../actions/audit-check.ts';
import type { App } from '../app.ts';
import { type Route, route } from '../route.ts';

const place = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional();

export const auditRoutes = (app: App): Route[] => [
  route({
    method: 'GET',
    path: '/audit',
    action: 'audit.read',
    summary: 'The record: who did what, newest first. A page may be short and still have a next',
    query: AuditFilter,
    response: Page(AuditLine),
    handle: ({ by, query }) => readAudit(app.ports, by, query),
  }),
  route({
    method: 'GET',
    path: '/audit/verify',
    action: 'audit.read',
    summary: 'Recompute the sealed record and name every fault; stops after a minute',
    response: AuditVerification,
    handle: ({ by }) => verifyAudit(app.ports, by),
  }),
  route({
    method: 'GET',
    path: '/audit/checkpoint',
    action: 'audit.read',
    summary: 'The signed checkpoint (C2SP) over everything so far, to keep outside the server',
    response: Checkpoint,
    handle: ({ by }) => readCheckpoint(app.ports, by),
  }),
  route({
    method: 'GET',
    path: '/audit/export',
    action: 'audit.read',
    summary: 'The whole record as NDJSON, to be checked anywhere with "npm run audit"',
    response: z.string(),
    media: 'application/x-ndjson',
    handle: async ({ by, reply }) => {
      const { stream, size } = await exportAudit(app.ports, by);
      reply
        .type('application/x-ndjson; charset=utf-8')
        .header('cache-control', 'no-store')
        .header(
          'content-disposition',
          `attachment; filename="audit-${by.workspace_id}-${size}.ndjson"`,
        );
      return stream;
    },
  }),
  route({
    method: 'GET',
    path: '/audit/proof',
    action: 'audit.read',
    summary:
      'Proof that an event is in the record (leaf), or that it only grew since a size (since)',
    query: z.strictObject({ leaf: place, since: place }),
    response: AuditProof,
    handle: ({ by, query: { leaf, since } }) => {
      if (leaf !== undefined && since === undefined) return proveAudit(app.ports, by, { leaf });
      if (since && leaf === undefined) return proveAudit(app.ports, by, { since });
      throw invalid({ field: 'leaf', message: 'give either leaf, or since (1 or more)' });
    },
  }),
];

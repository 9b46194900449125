import {
  Certificate,
  CertificateFilter,
  definitionIn,
  Gate,
  GateOverride,
  GatePromise,
  GateSubmission,
  GateVersion,
  GroupsFilter,
  Name,
  OverridePreview,
  OverridePreviewFilter,
  OverrideSubmission,
  Page,
  Preview,
  PreviewSubmission,
  PromiseFilter,
  PromiseGroups,
  PromiseQuality,
  PromiseWhatIf,
  QualityFilter,
  WhatIfFilter,
} from '@wheelhouse/core';
import * as z from 'zod';
import { changeGate, previewGate, readGate, readGates, readVersions } from '../../actions/gate.ts';
import { readGroups } from '../../actions/groups.ts';
import { signOverride, withdrawOverride } from '../../actions/override.ts';
import { previewOverride } from '../../actions/override-preview.ts';
import { readCertificates, readPromise } from '../../actions/promise.ts';
import { readQuality } from '../../actions/quality.ts';
import { readWhatIf } from '../../actions/what-if.ts';
import type { App } from '../app.ts';
import { type Route, route } from '../route.ts';

const one = z.object({ gate: Name });

export const gateRoutes = (app: App): Route[] => [
  ...definitions(app),
  ...promises(app),
  ...estimates(app),
  ...overrides(app),
];

const definitions = (app: App): Route[] => [
  route({
    method: 'GET',
    path: '/gates',
    action: 'gates.read',
    summary: 'List gates',
    response: z.object({ rows: z.array(Gate) }),
    handle: async ({ by }) => ({ rows: await readGates(app.ports, app.rulings, by) }),
  }),
  route({
    method: 'GET',
    path: '/gates/:gate',
    action: 'gates.read',
    summary: 'Read a gate',
    params: one,
    response: Gate,
    handle: ({ by, params }) => readGate(app.ports, app.rulings, by, params.gate),
  }),
  route({
    method: 'PUT',
    path: '/gates/:gate',
    action: 'gates.change',
    summary: 'Create or change a gate: a new policy version',
    params: one,
    body: GateSubmission,
    response: Gate,
    handle: async ({ by, ports, params, body, reply }) => {
      const { gate, made } = await changeGate(
        ports,
        app.rulings,
        by,
        params.gate,
        definitionIn(body),
      );
      if (made) reply.code(201);
      return gate;
    },
  }),
  route({
    method: 'GET',
    path: '/gates/:gate/versions',
    action: 'gates.read',
    summary: 'Every version of a gate, newest first',
    params: one,
    response: z.object({ rows: z.array(GateVersion) }),
    handle: async ({ by, params }) => ({ rows: await readVersions(app.ports, by, params.gate) }),
  }),
  route({
    method: 'POST',
    path: '/gates/:gate/preview',
    action: 'gates.preview',
    summary: 'Replay a changed policy over past outputs',
    params: one,
    body: PreviewSubmission,
    response: Preview,
    keeps_key: true,
    handle: ({ by, params, body }) => previewGate(app.ports, app.rulings, by, params.gate, body),
  }),
];

/** What a guaranteed gate has proven. */
const promises = (app: App): Route[] => [
  route({
    method: 'GET',
    path: '/gates/:gate/promise',
    action: 'gates.read',
    summary: 'How the promise of a guaranteed gate stands, its evidence and its history',
    params: one,
    query: PromiseFilter,
    response: GatePromise,
    handle: ({ by, params, query }) => readPromise(app.ports, app.rulings, by, params.gate, query),
  }),
  route({
    method: 'GET',
    path: '/gates/:gate/certificates',
    action: 'gates.read',
    summary: 'Certificates of a guaranteed gate, newest first, the ended ones too',
    params: one,
    query: CertificateFilter,
    response: Page(Certificate),
    handle: ({ by, params, query }) =>
      readCertificates(app.ports, app.rulings, by, params.gate, query),
  }),
];

const estimates = (app: App): Route[] => [
  route({
    method: 'GET',
    path: '/gates/:gate/groups',
    action: 'gates.read',
    summary: 'How a guaranteed gate treats each group: what passes, and how much of it is wrong',
    params: one,
    query: GroupsFilter,
    response: PromiseGroups,
    handle: ({ by, params, query }) => readGroups(app.ports, app.rulings, by, params.gate, query),
  }),
  route({
    method: 'GET',
    path: '/gates/:gate/what-if',
    action: 'gates.read',
    summary:
      'What another alpha would have done to the outputs of a time, by the labels there were',
    params: one,
    query: WhatIfFilter,
    response: PromiseWhatIf,
    handle: ({ by, params, query }) => readWhatIf(app.ports, app.rulings, by, params.gate, query),
  }),
  route({
    method: 'GET',
    path: '/gates/:gate/quality',
    action: 'gates.read',
    summary: 'How often the AI was right in what passed, and in everything: an estimate',
    params: one,
    query: QualityFilter,
    response: PromiseQuality,
    handle: ({ by, params, query }) => readQuality(app.ports, app.rulings, by, params.gate, query),
  }),
];

/** What is let pass beyond that. */
const overrides = (app: App): Route[] => [
  route({
    method: 'POST',
    path: '/gates/:gate/override',
    action: 'gates.override',
    summary: 'Let more pass than is certified, for a limited time, signed by a person',
    params: one,
    body: OverrideSubmission,
    response: GateOverride,
    handle: ({ by, ports, params, body }) =>
      signOverride(ports, app.rulings, by, params.gate, body),
  }),
  route({
    method: 'GET',
    path: '/gates/:gate/override/preview',
    action: 'gates.read',
    summary: 'What an override would let pass, and how much of that was wrong so far',
    params: one,
    query: OverridePreviewFilter,
    response: OverridePreview,
    handle: ({ by, params, query }) =>
      previewOverride(app.ports, app.rulings, by, params.gate, query),
  }),
  route({
    method: 'DELETE',
    path: '/gates/:gate/override',
    action: 'gates.end_override',
    summary: 'End an override before its time',
    params: one,
    handle: ({ by, ports, params }) => withdrawOverride(ports, app.rulings, by, params.gate),
  }),
];

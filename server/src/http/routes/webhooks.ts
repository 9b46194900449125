import {
  CallbackSecret,
  Delivery,
  DeliveryFilter,
  idOf,
  Page,
  Webhook,
  WebhookChange,
  WebhookSubmission,
} from '@wheelhouse/core';
import * as z from 'zod';
import {
  createWebhook,
  deleteWebhook,
  readDeliveries,
  readDeliveriesOf,
  readWebhooks,
  redeliver,
  rotateCallbackSecret,
  rotateSecret,
  testWebhook,
  updateWebhook,
} from '../../actions/webhook.ts';
import type { App } from '../app.ts';
import { type Route, route } from '../route.ts';

const one = z.object({ id: idOf('webhook') });

export const webhookRoutes = (app: App): Route[] => [
  ...endpoints(app),
  ...secrets(),
  ...deliveries(app),
];

/** Whom to tell. */
const endpoints = ({ ports }: App): Route[] => [
  route({
    method: 'GET',
    path: '/webhooks',
    action: 'webhooks.read',
    summary: 'List webhooks',
    response: z.object({ rows: z.array(Webhook) }),
    handle: async ({ by }) => ({ rows: await readWebhooks(ports, by) }),
  }),
  route({
    method: 'POST',
    path: '/webhooks',
    action: 'webhooks.change',
    summary: 'Make a webhook; its secret is shown once',
    body: WebhookSubmission,
    response: Webhook,
    status: 201,
    shown_once: 'secret',
    handle: ({ by, ports, body }) => createWebhook(ports, by, body),
  }),
  route({
    method: 'PATCH',
    path: '/webhooks/:id',
    action: 'webhooks.change',
    summary: 'Change a webhook; another address gets another secret, shown once',
    params: one,
    body: WebhookChange,
    response: Webhook,
    shown_once: 'secret',
    handle: ({ by, ports, params, body }) => updateWebhook(ports, by, params.id, body),
  }),
  route({
    method: 'DELETE',
    path: '/webhooks/:id',
    action: 'webhooks.change',
    summary: 'Remove a webhook with its log',
    params: one,
    handle: ({ by, ports, params }) => deleteWebhook(ports, by, params.id),
  }),
  route({
    method: 'POST',
    path: '/webhooks/:id/test',
    action: 'webhooks.test',
    summary: 'Send a webhook a message of its own, whatever events it asked for',
    params: one,
    response: Webhook,
    handle: ({ by, params }) => testWebhook(ports, by, params.id),
  }),
];

/** What signs it. */
const secrets = (): Route[] => [
  route({
    method: 'POST',
    path: '/webhooks/:id/secret',
    action: 'webhooks.change',
    summary: 'Make a new secret; the old one signs as well for 24 hours',
    params: one,
    response: Webhook,
    shown_once: 'secret',
    handle: ({ by, ports, params }) => rotateSecret(ports, by, params.id),
  }),
  route({
    method: 'POST',
    path: '/callback-secret',
    action: 'webhooks.change',
    summary: 'Make the secret that signs callbacks; one before it signs as well for 24 hours',
    response: CallbackSecret,
    shown_once: 'secret',
    status: 201,
    handle: ({ by, ports }) => rotateCallbackSecret(ports, by),
  }),
];

/** What was told. */
const deliveries = ({ ports }: App): Route[] => [
  route({
    method: 'GET',
    path: '/webhooks/:id/deliveries',
    action: 'webhooks.read',
    summary: 'What was sent to a webhook, newest first, with every attempt',
    params: one,
    query: DeliveryFilter,
    response: Page(Delivery),
    handle: ({ by, params, query }) => readDeliveriesOf(ports, by, params.id, query),
  }),
  route({
    method: 'GET',
    path: '/deliveries',
    action: 'webhooks.read',
    summary: 'What was sent to webhooks and as callbacks, newest first',
    query: DeliveryFilter,
    response: Page(Delivery),
    handle: ({ by, query }) => readDeliveries(ports, by, query),
  }),
  route({
    method: 'POST',
    path: '/deliveries/:id/redeliver',
    action: 'webhooks.change',
    summary: 'Send again under the same id, in a new series of attempts',
    params: z.object({ id: idOf('delivery') }),
    response: Delivery,
    handle: ({ by, ports, params }) => redeliver(ports, by, params.id),
  }),
];

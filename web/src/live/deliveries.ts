import type * as core from '@wheelhouse/core';
import { type Query, request } from './request.ts';

/** What was sent to webhooks and as callbacks, newest first. */
export const listDeliveries = (webhook_id: string | null, query: Query) =>
  request<core.Page<core.Delivery>>(
    'GET',
    webhook_id ? `/webhooks/${webhook_id}/deliveries` : '/deliveries',
    { query },
  );

/** Makes the secret that signs callbacks; the one before it signs as well for 24 hours. */
export const makeCallbackSecret = () =>
  request<core.CallbackSecret>('POST', '/callback-secret', { body: {} });

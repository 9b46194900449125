import type { Conversation } from '@wheelhouse/core';
import type { Caller } from '../../server/src/testing/start.ts';
import type { Write } from './conversation-writes.ts';

/** Good requests for every write about a contact. */
export function contactWrites(
  admin: Caller,
  person: Caller,
  fresh: (name: string) => string,
): Record<string, () => Promise<Write>> {
  const known = async () => {
    const opened = { bot: 'quiet', contact: { external_id: fresh('customer') } };
    const { body } = await admin.call<Conversation>('POST /conversations', opened);
    return body.contact.id;
  };
  return {
    'PATCH /contacts/:id': async () => ({
      by: person,
      path: `/contacts/${await known()}`,
      body: {
        name: 'Kim',
        email: 'kim@example.com',
        language: 'de',
        attributes: { plan: 'gold' },
      },
    }),
    'POST /contacts/:id/erase': async () => ({
      by: admin,
      path: `/contacts/${await known()}/erase`,
    }),
  };
}

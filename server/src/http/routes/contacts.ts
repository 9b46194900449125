import { Contact, ContactChange, ContactFilter, ContactView, idOf, Page } from '@wheelhouse/core';
import * as z from 'zod';
import { changeContact, readContact, readContacts } from '../../actions/contact.ts';
import { eraseContact } from '../../actions/erase-conversation.ts';
import type { App } from '../app.ts';
import { type Route, route } from '../route.ts';

const one = z.object({ id: idOf('contact') });

export const contactRoutes = (app: App): Route[] => [
  route({
    method: 'GET',
    path: '/contacts',
    action: 'contacts.read',
    summary: 'List contacts, who came last first, or find them by their words',
    query: ContactFilter,
    response: Page(Contact),
    handle: ({ by, query }) => readContacts(app.ports, by, query),
  }),
  route({
    method: 'GET',
    path: '/contacts/:id',
    action: 'contacts.read',
    summary: 'Read who a contact is and how they come',
    params: one,
    response: ContactView,
    handle: ({ by, params }) => readContact(app.ports, by, params.id),
  }),
  route({
    method: 'PATCH',
    path: '/contacts/:id',
    action: 'contacts.change',
    summary: 'Write down what a contact says of themselves; what the host vouches for stays',
    params: one,
    body: ContactChange,
    response: ContactView,
    handle: ({ by, ports, params, body }) => changeContact(ports, by, params.id, body),
  }),
  // Erasing again changes nothing, so no key needs to be kept for it.
  route({
    method: 'POST',
    path: '/contacts/:id/erase',
    keeps_key: true,
    action: 'contacts.erase',
    summary: 'Erase a contact for good, with every conversation they had; that they were stays',
    params: one,
    response: Contact,
    handle: ({ by, params }) => eraseContact(app.ports, app.rulings, by, params.id),
  }),
];

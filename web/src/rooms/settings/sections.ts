import type { Role } from '@wheelhouse/core';

export interface Section {
  name: 'account' | 'members' | 'queues' | 'replies' | 'keys' | 'webhooks';
  title: string;
  least: Role;
}

/** The parts of the settings, each with the least role that may see it. */
export const sections: readonly Section[] = [
  { name: 'account', title: 'My account', least: 'viewer' },
  { name: 'members', title: 'Members', least: 'viewer' },
  { name: 'queues', title: 'Queues', least: 'viewer' },
  { name: 'replies', title: 'Canned replies', least: 'viewer' },
  { name: 'keys', title: 'Keys', least: 'admin' },
  { name: 'webhooks', title: 'Webhooks', least: 'builder' },
];

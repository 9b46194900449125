import { KeyScope } from '@wheelhouse/core';

/** What a key may be made for, in the order of how much it may. */
export const presets = [
  { name: 'all', title: 'Everything its role may do', scopes: null },
  {
    name: 'agent',
    title: 'An agent: submit outputs, wait, act',
    scopes: ['outputs.submit', 'outputs.read', 'outputs.claim', 'outputs.cancel'],
  },
  {
    name: 'desk',
    title: 'A desk of your own: claim and decide cases',
    scopes: ['cases.*', 'queues.read', 'outputs.read', 'events.read'],
  },
  {
    name: 'read',
    title: 'Reading only',
    scopes: [
      'outputs.read',
      'cases.read',
      'gates.read',
      'queues.read',
      'home.read',
      'events.read',
      'audit.read',
    ],
  },
  { name: 'own', title: 'Your own choice', scopes: [] },
] as const;
export type Preset = (typeof presets)[number]['name'];

/** Names of actions to choose from; `noun.*` takes all of a noun. */
export const known_scopes = [
  'outputs.*',
  'outputs.submit',
  'outputs.read',
  'outputs.claim',
  'outputs.cancel',
  'outputs.give_feedback',
  'cases.*',
  'cases.open',
  'cases.read',
  'cases.claim',
  'cases.answer',
  'cases.undo',
  'cases.note',
  'cases.assign',
  'gates.*',
  'gates.read',
  'gates.change',
  'gates.preview',
  'queues.*',
  'queues.read',
  'queues.change',
  'events.read',
  'home.read',
  'audit.read',
  'webhooks.read',
  'members.read',
] as const;

/** Scopes that are no names of actions, which the server would refuse. */
export const strayScopes = (scopes: readonly string[]): string[] =>
  scopes.filter((scope) => !KeyScope.safeParse(scope).success);

/** When a key ends: in so many days, or never. */
export const expiries = [
  { value: '30', label: 'in 30 days' },
  { value: '90', label: 'in 90 days' },
  { value: '365', label: 'in a year' },
  { value: 'never', label: 'never' },
] as const;

export const expiryOf = (choice: string, now_ms: number): string | null =>
  choice === 'never' ? null : new Date(now_ms + Number(choice) * 86_400_000).toISOString();

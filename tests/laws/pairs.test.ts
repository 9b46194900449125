import { event_types } from '@wheelhouse/core';
import { Wheelhouse } from '@wheelhouse/sdk';
import { expect, test } from 'vitest';
import { permissions } from '../../server/src/actions/permission.ts';
import type { Route } from '../../server/src/http/route.ts';
import { routeTable } from '../../server/src/http/routes.ts';

/** A route as far as its names go. */
type Row = Pick<Route, 'method' | 'path' | 'action'>;
type Methods = Record<string, unknown>;

// Only names are looked at here; no handler is called.
const app = { config: {}, ports: {} } as never;
const nothing = {} as never;

const nameOf = ({ method, path }: Row) => `${method} ${path}`;
const pattern = ({ method, path }: Row) =>
  new RegExp(`^${method} /api/v1${path.replaceAll(/:\w+/g, '[^/]+')}$`);

/** Who changes something without an event of that name, and why. */
const eventless = new Map([
  ['gates.preview', 'nothing changes'],
  ['bots.try', 'nothing changes'],
  ['messages.translate', 'nothing changes, and nothing of it is kept'],
  ['conversations.look', 'who has one open changes nothing of it'],
  ['me.change', 'how somebody signs in belongs to no workspace’s record'],
  ['keys.change', 'a key is created or revoked, and says which'],
]);

/** What the SDK has no method for, and why. */
const screens_only = [
  // People sign in, and look after people, on screen; programs have keys.
  /^(public|me\.change|members\.\w+)$/,
  // A person signs that more passes than is certified; no key may.
  /^gates\.override$/,
  // The widget is its own client, for customers.
  /^visitor$/,
];
const fetched_as_files = [
  'GET /audit/export',
  'GET /me/sessions',
  'GET /conversations/:id/files/:file',
  'POST /conversations/:id/files',
];

const irregular: Record<string, string> = {
  submit: 'submitted',
  stop: 'stopped',
  send: 'sent',
  take: 'taken',
  hand_back: 'handed_back',
  hand_off: 'handed_off',
  cancel: 'cancelled',
  undo: 'undone',
  give_feedback: 'feedback_given',
  reset_password: 'password_reset',
  override: 'overridden',
  end_override: 'override_ended',
};
const pastOf = (verb: string): string => irregular[verb] ?? verb.replace(/e?$/, 'ed');
const camel = (verb: string): string => verb.replaceAll(/_(\w)/g, (_, one) => one.toUpperCase());
const split = (action: string) => action.split('.') as [string, string];

/** Permissions that no route asks for, and acts that leave no event of their name. */
function nameFindings(actions: readonly string[], rows: readonly Row[], events: readonly string[]) {
  const unused = actions.filter((action) => !rows.some((row) => row.action === action));
  const silent = actions.filter((action) => {
    const [noun, verb] = split(action);
    if (verb === 'read' || eventless.has(action)) return false;
    return !events.includes(`${noun.replace(/ies$/, 'y').replace(/s$/, '')}.${pastOf(verb)}`);
  });
  return [
    ...unused.map((action) => `no route needs ${action}`),
    ...silent.map((action) => `${action} leaves no event of its name`),
  ];
}

/** What each method of a client asks for, by its name: `cases.answer` → `POST /api/v1/cases/a/answers`. */
async function asksOf(make: (fetcher: typeof fetch) => object): Promise<Map<string, string[]>> {
  const asked: string[] = [];
  // Nothing is ever answered: what is asked is all that matters, and no method asks a second time.
  const client = make((address, init) => {
    asked.push(`${init?.method ?? 'GET'} ${new URL(String(address)).pathname}`);
    return new Promise(() => {});
  });
  const own = Object.getOwnPropertyNames(Object.getPrototypeOf(client));
  const whole = Object.fromEntries(own.map((name) => [name, (client as Methods)[name]]));
  const rooms: [string, object][] = [
    ['', whole],
    ...(Object.entries(client) as [string, object][]),
  ];
  const asks = new Map<string, string[]>();
  for (const [room, methods] of rooms) {
    for (const [verb, method] of Object.entries(methods)) {
      if (/^(constructor|call)$/.test(verb) || typeof method !== 'function') continue;
      asked.length = 0;
      for (const given of [['a', [{}]], []]) await tryOut(method.bind(client), given);
      // Without its argument it asks for an address with a hole in it.
      const whole_asks = asked.filter((ask) => !/\/(\/|$)/.test(ask));
      asks.set(room ? `${room}.${verb}` : verb, [...new Set(whole_asks)]);
    }
  }
  return asks;
}

/** Calls a method for what it asks, and gives it a turn of the loop to do so. */
async function tryOut(method: (...given: unknown[]) => unknown, given: unknown[]): Promise<void> {
  const begin = async () => {
    const result = await method(...given);
    await (result as AsyncIterator<unknown> | undefined)?.next?.();
  };
  // Without its arguments a method may refuse at once, which is as good.
  begin().catch(() => {});
  await new Promise((resolve) => setImmediate(resolve));
}

function clientFindings(rows: readonly Row[], asks: Map<string, string[]>): string[] {
  const reaches = (name: string, row: Row) => asks.get(name)?.some((ask) => pattern(row).test(ask));
  const unreached = rows.filter((row) => {
    const excused = screens_only.some((one) => one.test(row.action));
    if (excused || fetched_as_files.includes(nameOf(row))) return false;
    return ![...asks.keys()].some((name) => reaches(name, row));
  });
  const strays = [...asks].flatMap(([name, all]) =>
    all
      .filter((ask) => !rows.some((row) => pattern(row).test(ask)))
      .map((ask) => `${name} asks ${ask}`),
  );
  const misnamed = [...new Set(rows.map(({ action }) => action))].filter((action) => {
    const [noun, verb = ''] = split(action);
    if (/^(read|change)$/.test(verb) || screens_only.some((one) => one.test(action))) return false;
    const own = rows.filter((row) => row.action === action);
    return !own.some((row) => reaches(`${noun}.${camel(verb)}`, row) || reaches(camel(verb), row));
  });
  return [
    ...unreached.map((row) => `no method asks ${nameOf(row)}`),
    ...strays,
    ...misnamed.map((action) => `no method of the SDK is named for ${action}`),
  ];
}

test('[H9] one word pair names route, permission, event and method', async () => {
  const rows = routeTable(app, nothing, nothing, nothing);
  expect(nameFindings(Object.keys(permissions), rows, event_types)).toEqual([]);
  const asks = await asksOf(
    (fetcher) => new Wheelhouse({ url: 'http://nowhere.test', key: 'k', fetch: fetcher, tries: 1 }),
  );
  expect(asks.size).toBeGreaterThan(40);
  expect(clientFindings(rows, asks)).toEqual([]);
});

test('[H9] a pair that is named differently somewhere is found', async () => {
  const answer: Row = { method: 'POST', path: '/cases/:id/answers', action: 'cases.answer' };
  const actions = ['cases.answer', 'cases.undo'];
  expect(nameFindings(actions, [answer], ['case.answered'])).toEqual([
    'no route needs cases.undo',
    'cases.undo leaves no event of its name',
  ]);
  const made = (name: string, path: string) =>
    asksOf((fetcher) => ({
      cases: { [name]: () => fetcher(`http://nowhere.test/api/v1${path}`, { method: 'POST' }) },
    }));
  expect(clientFindings([answer], await made('answer', '/cases/a/answers'))).toEqual([]);
  expect(clientFindings([answer], await made('reply', '/cases/a/answers'))).toEqual([
    'no method of the SDK is named for cases.answer',
  ]);
  expect(clientFindings([answer], await made('answer', '/cases/a/answer'))).toEqual([
    'no method asks POST /cases/:id/answers',
    'cases.answer asks POST /api/v1/cases/a/answer',
    'no method of the SDK is named for cases.answer',
  ]);
});

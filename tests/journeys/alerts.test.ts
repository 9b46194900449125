import type { Conversation } from '@wheelhouse/core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { newMember, type Person } from '../../server/src/testing/person.ts';
import type { Caller, TestServer } from '../../server/src/testing/start.ts';
import { axeFaults } from './axe.ts';
import { inHouse } from './house.ts';
import { region, shot, slowly, visit } from './visit.ts';

let browser: Browser;
let server: TestServer;
let admin: Caller;
let ana: Person;
let tom: Person;
inHouse(async (house) => {
  ({ browser, server, ana } = house);
  admin = await server.keyFor('admin');
  tom = await newMember(server, ana, 'tom@example.com', 'lead');
  const waiting = { tell_after_ms: 900_000, silent_after_ms: 900_000, silent_grace_ms: 900_000 };
  await admin.call('PUT /bots/shop', { title: 'Lampbot', posture: 'off', waiting });
  const targets = { first_reply_ms: 24_000 };
  await admin.call('PUT /bots/hasty', { title: 'Lampbot', posture: 'off', waiting, targets });
});

const asks = (id: string) =>
  admin.call(`POST /conversations/${id}/messages`, {
    from: 'contact',
    body: { kind: 'text', text: 'a secret word of mine' },
  });
/** A conversation that somebody has the wheel of. */
async function ownedBy(person: Person, name: string, bot = 'shop'): Promise<string> {
  const opened = { bot, contact: { name } };
  const { body } = await admin.call<Conversation>('POST /conversations', opened);
  await person.call(`POST /conversations/${body.id}/take`);
  return body.id;
}

/** In every page of a browser: what it shows as notifications and sounds is written down, it can be
 *  hidden, and what it answers when it is asked for leave is given. */
async function listened(context: BrowserContext, answer: 'granted' | 'denied') {
  await context.addInitScript((given) => {
    const told: string[] = [];
    let asked = 0;
    let sounded = 0;
    let hidden = false;
    class Told {
      static get permission() {
        return localStorage.getItem('test.permission') ?? 'default';
      }
      static async requestPermission() {
        asked += 1;
        localStorage.setItem('test.permission', given);
        return given;
      }
      onclick = () => {};
      constructor(title: string, { body = '' } = {}) {
        told.push(`${title}|${body}`);
      }
      close() {}
    }
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (...at) {
      sounded += 1;
      start.apply(this, at);
    };
    Object.defineProperty(document, 'hidden', { get: () => hidden });
    const hide = (now: boolean) => {
      hidden = now;
      document.dispatchEvent(new Event('visibilitychange'));
    };
    Object.assign(window, {
      Notification: Told,
      listened: () => ({ told, asked, sounded }),
      hide,
    });
  }, answer);
}
interface Listened {
  told: string[];
  asked: number;
  sounded: number;
}
const heard = (page: Page) =>
  page.evaluate(() => (window as unknown as { listened(): Listened }).listened());
const hide = (page: Page, now: boolean) =>
  page.evaluate((so) => (window as unknown as { hide(now: boolean): void }).hide(so), now);
/** What is held by the tabs of a browser: who alerts, and what is looked at. */
const locks = (page: Page) =>
  page.evaluate(async () => {
    const { held = [] } = await navigator.locks.query();
    return held.map(({ name }) => name ?? '');
  });
const lookedAt = (page: Page, id: string) =>
  expect.poll(() => locks(page), slowly).toContain(`wheelhouse.looks_at.${id}`);

/** It hears what happens from then on. */
const hearing = (page: Page) =>
  page.waitForResponse((response) => response.url().endsWith('/events'));
async function turnOn(page: Page): Promise<void> {
  const live = hearing(page);
  await page.goto('/settings/account');
  await page.getByRole('switch', { name: 'Notifications' }).click({ force: true });
  await page.getByRole('switch', { name: 'Notifications', checked: true }).waitFor();
  // And is the one that tells.
  await live;
  await expect.poll(async () => (await locks(page)).join(), slowly).toContain('wheelhouse.alerts.');
}

test('[W66] of several tabs one alerts, once, of nothing that is looked at and of nothing while one is away', async () => {
  const rita = await newMember(server, ana, 'rita@example.com', 'reviewer');
  const [shown, other] = [await ownedBy(rita, 'Olga'), await ownedBy(rita, 'Per')];
  const { page, context, faults } = await visit(browser, {
    url: server.url,
    cookie: rita.cookie(),
  });
  await listened(context, 'granted');
  await turnOn(page);
  await page.getByRole('switch', { name: 'Sound' }).click({ force: true });
  expect(await heard(page)).toMatchObject({ asked: 1, told: [expect.stringContaining('are on')] });
  await expect.poll(async () => (await heard(page)).sounded, slowly).toBe(2);
  const second = await context.newPage();
  await second.goto(`/desk/${shown}`);
  await lookedAt(second, shown);
  await page.getByRole('link', { name: 'Home', exact: true }).click();
  await page.getByRole('heading', { name: 'Home' }).waitFor();
  await hide(page, true);
  const both = async () => [...(await heard(page)).told.slice(1), ...(await heard(second)).told];

  // What one tab shows is told in none; what no tab shows is told in one.
  await asks(shown);
  await asks(other);
  await expect.poll(both, slowly).toEqual(['Per writes to you|']);
  expect(await heard(page)).toMatchObject({ asked: 1, sounded: 4 });
  const note = { audience: 'team', body: { kind: 'text', text: '@rita look' } };
  const { body: me } = await rita.call<{ id: string }>('GET /me');
  await tom.call(`POST /conversations/${other}/messages`, { ...note, mentions: [me.id] });
  await expect.poll(both, slowly).toEqual(['Per writes to you|', 'tom names you in a note|Per']);

  // Away, nothing is told; what is told then is the next thing alone.
  await rita.call('PUT /me/presence', { presence: 'away' });
  for (const one of [page, second]) {
    await one.getByRole('button', { name: /Account:.*away/ }).waitFor();
  }
  await asks(other);
  await rita.call('PUT /me/presence', { presence: 'online' });
  for (const one of [page, second]) {
    await one.getByRole('button', { name: /Account: rita$/ }).waitFor();
  }
  await hide(second, true);
  await asks(shown);
  await expect.poll(async () => (await both()).slice(2), slowly).toEqual(['Olga writes to you|']);

  // The tab that alerts closes; the next one does, hidden as it is, and nothing that comes meanwhile is
  // left out.
  await page.close();
  await asks(other);
  const told = async () => (await heard(second)).told;
  await expect.poll(told, slowly).toEqual(['Per writes to you|']);
  expect(faults).toEqual([]);
  await context.close();
});

test('[W66] a promise is told of when it is nearly broken, and once it is', async () => {
  const nora = await newMember(server, ana, 'nora@example.com', 'reviewer');
  const id = await ownedBy(nora, 'Quin', 'hasty');
  const { page, context } = await visit(browser, { url: server.url, cookie: nora.cookie() });
  await listened(context, 'granted');
  await turnOn(page);
  await asks(id);
  const told = async () => (await heard(page)).told.slice(1).map((one) => one.split(' is due')[0]);
  await expect
    .poll(told, { ...slowly, timeout: 90_000 })
    .toEqual([
      'Quin writes to you|',
      'Quin waits for you|First reply',
      'Quin waits longer than was promised|First reply is overdue.',
    ]);
  await context.close();
});

test('[K70] where the browser blocks notifications the settings say what to do, in both themes and on a phone', async () => {
  for (const how of [{ theme: 'light' }, { theme: 'dark', width: 390 }] as const) {
    const { page, context, faults } = await visit(browser, {
      url: server.url,
      cookie: tom.cookie(),
      ...how,
    });
    await listened(context, 'denied');
    await page.goto('/settings/account');
    await region(page, 'Sound and notifications').waitFor();
    expect((await heard(page)).asked).toBe(0);
    await page.getByRole('switch', { name: 'Notifications' }).click({ force: true });
    await page.getByText('This browser blocks them for this page.').waitFor();
    expect(await page.getByRole('switch', { name: 'Notifications', checked: true }).count()).toBe(
      0,
    );
    expect((await heard(page)).asked).toBe(1);
    expect(await axeFaults(page)).toEqual([]);
    await shot(page, `alerts-blocked-${how.theme}`);
    expect(faults).toEqual([]);
    await context.close();
  }
});

/** A message, which is put away after twenty seconds, stays for as long as a slow machine needs. */
function lasting(): void {
  const plain = window.setTimeout.bind(window);
  const later = (act: () => void, ms?: number) => plain(act, ms === 20_000 ? 3_600_000 : ms);
  Object.assign(window, { setTimeout: later });
}

async function waitingOnes(): Promise<string[]> {
  const ids: string[] = [];
  for (let one = 0; one < 4; one++) {
    const opened = { bot: 'shop', contact: { name: `Waiting ${one}` } };
    const { body } = await admin.call<Conversation>('POST /conversations', opened);
    await asks(body.id);
    ids.push(body.id);
  }
  return ids;
}

test.each([
  [1440, 'sam'],
  [390, 'uma'],
])(
  '[K70] %d px wide, customers who wait are told of in one message, which covers no menu',
  async (width, name) => {
    const member = await newMember(server, ana, `${name}@example.com`, 'reviewer');
    const { page, context, faults } = await visit(browser, {
      ...{ url: server.url, cookie: member.cookie(), width, height: 700 },
    });
    await context.addInitScript(lasting);
    const live = hearing(page);
    await page.goto('/');
    await page.getByRole('heading', { name: 'Home' }).waitFor();
    await live;
    const ids = await waitingOnes();
    for (const id of ids) {
      const to = { member_id: member.me.id };
      expect((await tom.call(`POST /conversations/${id}/hand-off`, to)).status).toBe(200);
    }
    const message = page.getByRole('alert');
    await message.getByText('4 customers wait for you').waitFor();
    expect(await message.count()).toBe(1);
    if (width === 390) await page.getByRole('button', { name: 'Rooms' }).click();
    await page.getByRole('button', { name: /Account:/ }).click();
    const items = page.getByRole('menuitem');
    await items.last().waitFor();
    for (const item of await items.all()) await item.click({ trial: true });
    expect(await message.count()).toBe(1);
    await shot(page, `alerts-menu-${width}`);
    await page.keyboard.press('Escape');
    if (width === 390) await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Show them' }).click();
    await page.waitForURL(/\/desk/);
    expect(faults).toEqual([]);
    await context.close();
    // Whoever is here next would be offered them.
    for (const id of ids) {
      expect((await tom.call(`POST /conversations/${id}/resolve`)).status).toBe(200);
    }
  },
);

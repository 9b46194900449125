import { MessageSubmission, makeId, type Principal } from '@wheelhouse/core';
import { changeArticle } from '../actions/article.ts';
import { changeBot, readBots } from '../actions/bot.ts';
import { changeCannedReply } from '../actions/canned-reply.ts';
import { postMessage, readTranscript } from '../actions/conversation.ts';
import { changeGate } from '../actions/gate.ts';
import { createKey, readKeys } from '../actions/key.ts';
import { openConversation } from '../actions/opening.ts';
import { transfer } from '../actions/transfer.ts';
import { resolveConversation } from '../actions/wheel.ts';
import type { App } from '../http/app.ts';
import { type DemoChat, demo_chats } from './chats.ts';
import { shop_gates, shopArticles, shopBot, shopCannedReplies } from './shop.ts';
import { program_key_name } from './shop-program.ts';

const site_key_name = 'Shop website (demo)';
const bot_name = 'shop';
/** As the other ids of the demo: made from the place in the list, so that a seeding that was cut off
 *  meets what it made. */
const first_moment_ms = Date.UTC(2026, 0, 2);
const longest_wait_ms = 30_000;
const look_again_ms = 250;

const placed = (noun: 'conversation' | 'message', place: number): string => {
  const chance = new Uint8Array(10);
  new DataView(chance.buffer).setUint32(6, place);
  return makeId(noun, first_moment_ms + place, chance);
};

/** The bot of the shop page with its gates, and what people there often say. */
export async function seedShopBot(app: App, system: Principal): Promise<void> {
  const { ports, rulings } = app;
  for (const [name, definition] of Object.entries(shop_gates)) {
    await changeGate(ports, rulings, system, name, definition);
  }
  await shopKey(app, system, program_key_name, ['outputs.read', 'outputs.claim', 'outputs.report']);
  // Who has changed the bot since keeps it as it is.
  const known = (await readBots(ports, system)).some(({ name }) => name === bot_name);
  if (known) return;
  for (const { name, title, text } of shopCannedReplies()) {
    await changeCannedReply(ports, system, name, { title, text });
  }
  await changeBot(ports, rulings, system, bot_name, shopBot());
  for (const { name: article, title, text } of shopArticles()) {
    await changeArticle(
      ports,
      system,
      { bot: bot_name, article },
      { title, text, url: null, language: null },
    );
  }
}

/** A few conversations, so that the desk is not empty: opened and spoken as a website's key does. */
export async function seedShopChats(app: App, system: Principal): Promise<void> {
  const site = await shopKey(app, system, site_key_name, [
    'conversations.open',
    'messages.send',
    'conversations.hand_off',
  ]);
  await Promise.all(demo_chats.map((chat, place) => hold(app, system, site, chat, place)));
}

async function hold(app: App, system: Principal, site: Principal, chat: DemoChat, place: number) {
  const { ports, rulings } = app;
  const { name, email, language, title, says, then } = chat;
  const id = placed('conversation', place);
  const { epoch } = await openConversation(ports, site, {
    id,
    bot: bot_name,
    channel: 'widget',
    title,
    contact: { external_id: `demo-${place}`, name, email, language },
  });
  await postMessage(
    ports,
    site,
    id,
    MessageSubmission.parse({
      id: placed('message', place),
      from: 'contact',
      body: { kind: 'text', text: says },
    }),
  );
  // Taken, given back or ended already, it is left as it is.
  if (epoch > 1) return;
  if (then === 'waits') await transfer(ports, rulings, site, id, {}, 'asked');
  if (then === 'resolved' && (await answered(app, system, id))) {
    await resolveConversation(ports, rulings, system, id);
  }
}

/** Whether the bot has answered in a while; it does so in the background, as everywhere. */
async function answered({ ports }: App, system: Principal, id: string): Promise<boolean> {
  const until_ms = ports.clock.ticks_ms() + longest_wait_ms;
  while (ports.clock.ticks_ms() < until_ms) {
    const { messages } = await readTranscript(ports, system, id, {});
    if (messages.some(({ author_kind }) => author_kind === 'bot')) return true;
    await ports.clock.pause(look_again_ms);
  }
  return false;
}

/** A key that the shop works under, made where it is not there yet. */
export async function shopKey(
  { ports }: App,
  system: Principal,
  name: string,
  scopes: string[],
): Promise<Principal> {
  const known = (await readKeys(ports, system)).find((key) => key.name === name);
  // The secret is thrown away: this key only names who acts.
  const key =
    known ?? (await createKey(ports, system, { name, role: 'reviewer', scopes, expires_at: null }));
  return { ...system, kind: 'key', id: key.id, name, role: key.role, scopes: key.scopes };
}

import type { Conversation, ConversationRow, Page, SearchHit } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { firstAdmin, newMember, type Person } from '../../server/src/testing/person.ts';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { chatting } from './visitor.ts';

let server: TestServer;
let admin: Caller;
let ana: Person;
let ben: Person;
let lead: Person;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  admin = await server.keyFor('admin');
  const first = await firstAdmin(server);
  ana = await newMember(server, first, 'ana.searches@example.com', 'reviewer');
  ben = await newMember(server, first, 'ben.searches@example.com', 'viewer');
  lead = await newMember(server, first, 'lee.searches@example.com', 'lead');
  await admin.call('PUT /bots/plain', { title: 'Helper', posture: 'off' });
});
afterAll(() => server?.stop());

async function begin(name: string, ...texts: string[]): Promise<string> {
  const contact = {
    name,
    email: `${name.replaceAll(/[^\w-]/g, '').toLowerCase() || 'x'}@shop.example`,
  };
  const { body } = await admin.call<Conversation>('POST /conversations', { bot: 'plain', contact });
  for (const text of texts) {
    const said = { from: 'contact', body: { kind: 'text', text } };
    await admin.call(`POST /conversations/${body.id}/messages`, said);
  }
  return body.id;
}
async function find(by: Caller, q: string, more = '') {
  const path = `GET /conversation-search?q=${encodeURIComponent(q)}${more}`;
  return (await by.call<{ rows: SearchHit[] }>(path)).body.rows;
}
const textOf = ({ parts }: SearchHit) =>
  parts.map(({ text, hit }) => (hit ? `[${text}]` : text)).join('');

test('[W33] all the words are found, each as the beginning of one, the nearest first', async () => {
  const id = await begin(
    'Walter',
    'my lamp is broken',
    'the **lampshade** broke: lamp, lamp, lamp',
  );
  await begin('Uma', 'where is my parcel', 'lamps are nice');
  const rows = await find(ana, 'LAMP bro');
  expect(rows.map(textOf)).toEqual([
    'the [lampshade] [broke]: [lamp], [lamp], [lamp]',
    'my [lamp] is [broken]',
  ]);
  expect(rows[0]?.conversation).toEqual({ id, contact_name: 'Walter', state: 'open' });
  expect(rows[1]?.message).toMatchObject({ seq: 1, author_kind: 'contact', audience: 'all' });
  expect((await find(ana, 'lamp', '&limit=1')).length).toBe(1);
  expect((await find(ana, 'wal')).map(textOf)).toEqual(['[Walter] · [walter]@shop.example']);
  for (const nothing of ['', '   ', "' | !", 'lamp nowhere', '%']) {
    expect(await find(ana, nothing)).toEqual([]);
  }
});

test('[W33] numbers of orders, telephones and addresses are found whole and by their parts', async () => {
  const said =
    'Order KC-20418 (or kc_777/9), call +353 1 555-0147, see https://lamps.example/a/b.html?x=1, 12.50 EUR';
  await begin('Oskar-Ole', said);
  const asked = ['KC-20418', '20418', 'kc 204', 'KC_777', '777/9', '+353 1 555', '0147', '12.50'];
  for (const q of [...asked, 'lamps.example', 'https://lamps.example/a/b.html', 'html?x=1']) {
    expect([q, (await find(ana, q)).length]).toEqual([q, 1]);
  }
  for (const q of ['oskar-ole@shop.example', 'oskar ole shop', '@shop.example oskar']) {
    expect([q, (await find(ana, q)).map(({ message }) => message)]).toEqual([q, [null]]);
  }
});

test('[W93] words of scripts without spaces are found wherever they stand', async () => {
  const said = [
    '您好，我想退货，订单KC-30517',
    '商品を返品したいのですが',
    'กรุณาคืนสินค้าครับ',
    'ＡＢＣ－９０９ 𠮷野家',
  ];
  await begin('王小明', ...said);
  for (const [q, shown] of [
    ['退货', '您好，我想[退货]，订单KC-30517'],
    ['我想退货', '您好，[我想退货]，订单KC-30517'],
    ['货', '您好，我想退[货]，订单KC-30517'],
    ['退货 30517', '您好，我想[退货]，订单KC-[30517]'],
    ['返品', '商品を[返品]したいのですが'],
    ['商品を返品したい', '[商品を返品したい]のですが'],
    ['สินค้า', 'กรุณาคืน[สินค้า]ครับ'],
    ['คืน', 'กรุณา[คืน]สินค้าครับ'],
    ['𠮷野', 'ＡＢＣ－９０９ [𠮷野]家'],
    ['abc-909', 'ＡＢＣ－９０９ 𠮷野家'],
  ]) {
    expect([q, (await find(ana, q as string)).map(textOf)]).toEqual([q, [shown]]);
  }
  expect((await find(ana, '小明')).map(({ message }) => message)).toEqual([null]);
  for (const nothing of ['货退', '退款', '品商']) expect(await find(ana, nothing)).toEqual([]);
});

test('[W33] notes are the team’s, a whisper is for those whom it concerns, and a customer has no search', async () => {
  const id = await begin('Nora', 'hello');
  await ana.call(`POST /conversations/${id}/take`, {});
  await ana.call(`POST /conversations/${id}/messages`, {
    audience: 'team',
    body: { kind: 'text', text: 'a zebra note' },
  });
  await lead.call(`POST /conversations/${id}/whisper`, { text: 'a zebra whisper' });
  for (const [by, count] of [
    [ana, 2],
    [lead, 2],
    [ben, 1],
  ] as const) {
    expect((await find(by, 'zebra')).length).toBe(count);
  }
  const { rows } = (await ben.call<Page<ConversationRow>>('GET /conversations?view=open')).body;
  expect(rows.find((row) => row.id === id)?.last?.text).toBe('a zebra note');
  const { by: kim } = await chatting(server.url, 'plain');
  expect((await kim.call('GET /conversation-search?q=zebra')).status).toBe(401);
});

test('[W33] one workspace finds nothing of the next', async () => {
  await begin('Secretive', 'an unmistakable okapi');
  expect((await find(ana, 'okapi')).length).toBe(1);
  const other = await server.keyFor('admin', await server.newWorkspace('elsewhere'));
  expect(await find(other, 'okapi')).toEqual([]);
  expect(await find(other, 'secretive')).toEqual([]);
});

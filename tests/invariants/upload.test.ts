import { deflateSync } from 'node:zlib';
import type { Article, ArticleFileReport, ArticleRow, Page } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import {
  type Caller,
  type Reply,
  startServer,
  type TestServer,
} from '../../server/src/testing/start.ts';

let server: TestServer;
let admin: Caller;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  admin = await server.keyFor('builder');
});
afterAll(() => server?.stop());

let made = 0;
const newBot = async () => {
  made += 1;
  const name = `bot-${made}`;
  await admin.call(`PUT /bots/${name}`, {});
  return name;
};

type Sent = Reply<ArticleFileReport>;
async function upload(
  bot: string,
  file: string,
  type: string,
  bytes: string | Uint8Array,
  query = '',
): Promise<Sent> {
  const at = `${server.url}/api/v1/bots/${bot}/articles?file=${encodeURIComponent(file)}${query}`;
  const response = await fetch(at, {
    method: 'POST',
    headers: { authorization: `Bearer ${admin.key}`, 'content-type': type },
    body: bytes as BodyInit,
  });
  return {
    status: response.status,
    body: await response.json(),
    headers: response.headers,
  } as Sent;
}
const articles = async (bot: string) =>
  (await admin.call<Page<ArticleRow>>(`GET /bots/${bot}/articles?limit=200`)).body.rows;
const article = async (bot: string, name: string | null | undefined) =>
  (await admin.call<Article>(`GET /bots/${bot}/articles/${name}`)).body;

/** A PDF as simple as one can be: a page for each text. */
function pdfOf(pages: string[], filter = '', pack = (bytes: Buffer) => bytes): Buffer {
  const kids = pages.map((_, at) => `${4 + at * 2} 0 R`).join(' ');
  const parts: Buffer[] = [Buffer.from('%PDF-1.4\n')];
  const add = (text: string) => parts.push(Buffer.from(text, 'latin1'));
  add('1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj\n');
  add(`2 0 obj <</Type /Pages /Kids [${kids}] /Count ${pages.length}>> endobj\n`);
  add('3 0 obj <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>> endobj\n');
  pages.forEach((text, at) => {
    const id = 4 + at * 2;
    const stream = pack(Buffer.from(`BT /F1 12 Tf 40 700 Td (${text}) Tj ET`, 'latin1'));
    add(
      `${id} 0 obj <</Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents ${id + 1} 0 R /Resources <</Font <</F1 3 0 R>>>>>> endobj\n`,
    );
    add(`${id + 1} 0 obj <</Length ${stream.length}${filter}>> stream\n`);
    parts.push(stream);
    add('\nendstream endobj\n');
  });
  add('trailer <</Root 1 0 R>>\n%%EOF');
  return Buffer.concat(parts);
}

test('[W41] Markdown becomes an article; sent again it is met, changed it changes, edited by hand it is left', async () => {
  const bot = await newBot();
  const text = '---\nurl: https://shop.example/help/delivery\n---\n# Delivery\n\nThree days.';
  const first = await upload(bot, 'help/delivery.md', 'text/markdown; charset=utf-8', text);
  expect(first).toMatchObject({ status: 200, body: { kind: 'markdown', made: 1, refused: 0 } });
  const [row] = await articles(bot);
  expect(row).toMatchObject({
    title: 'Delivery',
    url: 'https://shop.example/help/delivery',
    source: 'upload',
    state: 'live',
    origin: 'file:help/delivery.md',
    version: 1,
  });
  expect((await upload(bot, 'help/delivery.md', 'text/markdown', text)).body.unchanged).toBe(1);
  // What a person wrote over it since is theirs, as long as the file says what it said.
  const place = `/bots/${bot}/articles/${row?.name}`;
  await admin.call(`PUT ${place}`, { title: 'Delivery', text: 'By hand.' });
  expect((await upload(bot, 'help/delivery.md', 'text/markdown', text)).body.unchanged).toBe(0);
  await admin.call(`PUT ${place}`, { title: 'Delivery', text: 'By hand.', url: row?.url });
  expect((await upload(bot, 'help/delivery.md', 'text/markdown', text)).body.unchanged).toBe(1);
  expect((await article(bot, row?.name)).text).toBe('By hand.');
  const changed = await upload(bot, 'help/delivery.md', 'text/markdown', `${text} Or four.`);
  expect(changed.body.changed).toBe(1);
  expect((await article(bot, row?.name)).text).toContain('Or four.');
  // What a person retired stays so.
  await admin.call(`DELETE ${place}`);
  const again = await upload(bot, 'help/delivery.md', 'text/markdown', `${text} Or five.`);
  expect(again.body.rows[0]).toMatchObject({
    result: 'changed',
    message: 'is retired, and stays so',
  });
  expect((await article(bot, row?.name)).state).toBe('retired');
  expect(await articles(bot)).toEqual([]);
  // Two at once meet each other.
  const both = await Promise.all(
    [1, 2].map(() => upload(bot, 'new.md', 'text/markdown', '# New\n\nWords.')),
  );
  expect(both.map(({ body }) => [body.made, body.unchanged]).sort()).toEqual([
    [0, 1],
    [1, 0],
  ]);
});

test('[W41] a CSV says by line what became of each, and what is wrong with the others', async () => {
  const bot = await newBot();
  const csv = [
    'title;body;address',
    'Delivery;Three days.;https://shop.example/delivery',
    'Gifts;"We wrap',
    'them.";',
    ';no title;',
    'Empty;;',
    'Twice;One.;https://shop.example/delivery',
    'Odd;Words.;javascript:alert(1)',
    'Open;"never closed',
  ].join('\n');
  const { body } = await upload(bot, 'faq.csv', 'text/csv', csv);
  expect(body.rows.map(({ line, result, message }) => [line, result, message])).toEqual([
    [2, 'made', null],
    [3, 'made', null],
    [5, 'refused', 'title: is needed'],
    [6, 'refused', 'text: is blank'],
    [7, 'refused', 'line 2 has the same address'],
    [8, 'refused', expect.stringMatching(/^url: /)],
    [9, 'refused', expect.stringContaining('never closed')],
  ]);
  expect(body).toMatchObject({ made: 2, refused: 5 });
  expect((await articles(bot)).map(({ title }) => title)).toEqual(['Delivery', 'Gifts']);
  const shorter = 'title,body,address\nDelivery,Four days.,https://shop.example/delivery';
  const second = await upload(bot, 'faq.csv', 'text/csv', shorter);
  expect(second.body).toMatchObject({ made: 0, changed: 1 });
  expect(await articles(bot)).toHaveLength(2);
  const headless = await upload(bot, 'odd.csv', 'text/csv', 'a,b\n1,2');
  expect(headless.body.rows[0]).toMatchObject({ line: 1, result: 'refused' });
});

test('[W41] HTML and PDF are read as a person reads them', async () => {
  const bot = await newBot();
  const filler = 'Parcels leave our house every weekday before noon. '.repeat(6);
  const html = `<!doctype html><html lang="en"><head><title>Help | Shop</title>
    <style>p{color:red}</style><script>alert("no")</script></head><body>
    <nav>Home Basket</nav><main><h1>Delivery &amp; returns</h1><p>${filler}</p>
    <h2>Islands</h2><ul><li>By <b>ferry</b></li><li>In six days</li></ul>
    <p onclick="evil()">See <a href="https://shop.example/map">the map</a>, <a href="javascript:evil()">not this</a>.</p>
    <table><tr><th>Place</th><th>Days</th></tr><tr><td>Cork</td><td>2</td></tr></table>
    </main><footer>Imprint</footer></body></html>`;
  const sent = await upload(bot, 'delivery.html', 'text/html', html, '&url=https://shop.example/d');
  const page = await article(bot, sent.body.rows[0]?.article);
  expect(page).toMatchObject({
    title: 'Delivery & returns',
    url: 'https://shop.example/d',
    language: 'en',
  });
  expect(page.text).toContain('## Islands\n\n- By ferry\n- In six days');
  expect(page.text).toContain('See [the map](https://shop.example/map), not this.');
  expect(page.text).toContain('Cork | 2');
  expect(page.text).not.toMatch(/alert|evil|Imprint|Basket|color:red/);
  const pdf = await upload(
    bot,
    'manual.pdf',
    'application/pdf',
    pdfOf(['Screw the lamp in.', 'Never open it wet.']),
  );
  expect(pdf).toMatchObject({ status: 200, body: { kind: 'pdf', made: 1 } });
  const manual = await article(bot, pdf.body.rows[0]?.article);
  expect(manual).toMatchObject({ title: 'manual', source: 'upload' });
  expect(manual.text).toBe('## Page 1\n\nScrew the lamp in.\n\n## Page 2\n\nNever open it wet.');
  // A long document becomes parts, none of which is too long.
  const long = `# Long\n\n${'A paragraph of some words stands here.\n\n'.repeat(8_000)}`;
  expect((await upload(bot, 'long.md', 'text/markdown', long)).body.made).toBeGreaterThan(2);
  expect((await upload(bot, 'long.md', 'text/markdown', long)).body.made).toBe(0);
});

test('[W42] a hostile file ends as a fault of its own, and the server answers meanwhile', async () => {
  const bot = await newBot();
  const packed = (bytes: Buffer) => {
    let twice = Buffer.alloc(bytes.length + 900 * 1_048_576, 32);
    bytes.copy(twice);
    for (let times = 0; times < 2; times++) twice = deflateSync(twice, { level: 1 });
    return twice;
  };
  const bomb = pdfOf(['boom'], ' /Filter [/FlateDecode /FlateDecode]', packed);
  expect(bomb.length).toBeLessThan(200_000);
  const hostile: [string, string, string | Uint8Array][] = [
    ['bomb.pdf', 'application/pdf', bomb],
    ['noise.pdf', 'application/pdf', Buffer.from('%PDF-1.7\n'.padEnd(5_000, '\u0001<<[('))],
    ['empty.pdf', 'application/pdf', pdfOf([''])],
    ['deep.html', 'text/html', '<div>'.repeat(2_000_000)],
    ['bytes.md', 'text/markdown', Buffer.from([0x23, 0x20, 0xff, 0xfe, 0x00])],
    ['none.md', 'text/markdown', '   \n'],
  ];
  let over = false;
  const slowest = (async () => {
    let most = 0;
    while (!over) {
      const begun = performance.now();
      await fetch(`${server.url}/health`);
      most = Math.max(most, performance.now() - begun);
      await new Promise((done) => setTimeout(done, 50));
    }
    return most;
  })();
  for (const [file, type, bytes] of hostile) {
    const { status, body } = await upload(bot, file, type, bytes);
    const said = body.errors?.[0] ?? { field: 'file', message: body.rows?.[0]?.message };
    expect([file, status === 422 || body.refused === 1, said.field]).toEqual([file, true, 'file']);
    expect(said.message).toMatch(/^(text: )?(is|has|holds|needs|could|cannot) /);
  }
  over = true;
  expect(await slowest).toBeLessThan(3_000);
  expect(await articles(bot)).toEqual([]);
  const large = await upload(bot, 'large.md', 'text/markdown', Buffer.alloc(21 * 1_048_576, 97));
  expect(large.status).toBe(413);
  const other = await upload(bot, 'a.png', 'image/png', 'x');
  expect(other.status).toBe(415);
  // Only where files are taken.
  const elsewhere = await fetch(`${server.url}/api/v1/bots/${bot}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${admin.key}`, 'content-type': 'text/markdown' },
    body: '# no',
  });
  expect(elsewhere.status).toBe(415);
  expect((await upload('none', 'a.md', 'text/markdown', '# A')).status).toBe(404);
});

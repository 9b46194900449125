import type { Trial } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';

let server: TestServer;
let admin: Caller;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  admin = await server.keyFor('admin');
  await admin.call('PUT /gates/replies', { policy: { mode: 'threshold', threshold: 0.7 } });
});
afterAll(() => server?.stop());

/** What a bot would say to a message, and why. */
async function attempt(bot: string, text: string): Promise<Trial> {
  const { status, body } = await admin.call<Trial>(`POST /bots/${bot}/try`, { text });
  expect([text, status]).toEqual([text, 200]);
  return body;
}

const returns = '您可以在收到商品后三十天内退货。请保留原包装和收据。';
const henpin = '商品到着後30日以内であれば返品できます。';
const warranty = 'โคมไฟทุกรุ่นรับประกันห้าปี';

test('[W93] articles and intents in Chinese, Japanese and Thai are found', async () => {
  const intents = [
    {
      name: 'hours',
      examples: ['你们几点开门', '营业时间是什么时候', '周日开门吗', '几点关门', '今天营业吗'],
      answer: '我们每天九点到五点营业。',
    },
    {
      name: 'price',
      examples: [
        '入場料はいくらですか',
        'チケットの値段',
        '子供料金',
        '料金を教えて',
        '学生割引はありますか',
      ],
      answer: '入場料は千円です。',
    },
  ];
  await admin.call('PUT /bots/poly', { title: 'Poly', intents });
  for (const [name, title, text] of [
    ['zh', '退货政策', returns],
    ['ja', '返品について', henpin],
    ['th', 'การรับประกัน', warranty],
  ]) {
    await admin.call(`PUT /bots/poly/articles/${name}`, { title, text });
  }
  for (const [asked, text, title] of [
    ['如何退货?', returns, '退货政策'],
    ['返品したいのですが', henpin, '返品について'],
    ['โคมไฟรับประกันกี่ปีครับ', warranty, 'การรับประกัน'],
  ] as const) {
    const trial = await attempt('poly', asked);
    expect([asked, trial.says]).toEqual([asked, { kind: 'text', text }]);
    expect(trial.citations).toEqual([{ title, url: null }]);
  }
  for (const [asked, text] of [
    ['你们周六几点开门', '我们每天九点到五点营业。'],
    ['チケットの値段はいくらですか', '入場料は千円です。'],
  ]) {
    expect([asked, (await attempt('poly', asked as string)).says]).toEqual([
      asked,
      { kind: 'text', text },
    ]);
  }
});

test('[W94] a wish for a person and a greeting are understood in more languages', async () => {
  await admin.call('PUT /bots/plain', { title: 'Plain' });
  for (const asked of [
    '我要人工客服',
    'человека позовите',
    '担当者と話したい',
    'Bir insanla konuşmak istiyorum',
  ]) {
    expect([asked, (await attempt('plain', asked)).hands_off?.reason]).toEqual([asked, 'asked']);
  }
  expect((await attempt('plain', 'Привет')).says).toMatchObject({
    text: 'Здравствуйте! Чем могу помочь?',
  });
  expect((await attempt('plain', '谢谢！')).says).toMatchObject({
    text: expect.stringContaining('不客气'),
  });
});

test('[W95] a bot of one intent knows its examples, and is unsure of everything else', async () => {
  const examples = ['when are you open', 'what are your opening hours', 'are you open on sunday'];
  const answer = 'We are open from nine to five.';
  await admin.call('PUT /bots/sole', {
    title: 'Sole',
    intents: [{ name: 'hours', examples, answer }],
  });
  for (const asked of [...examples, 'Are you open on Sundays?']) {
    const trial = await attempt('sole', asked);
    expect([asked, trial.says]).toEqual([asked, { kind: 'text', text: answer }]);
    expect(trial.judged?.verdict).toBe('pass');
  }
  for (const asked of ['asdkjh qwe', 'my cat is ill', 'what is the capital of france']) {
    const trial = await attempt('sole', asked);
    expect([asked, trial.says?.kind]).toEqual([asked, 'buttons']);
    expect(trial.intent?.confidence ?? 0).toBeLessThan(0.35);
  }
});

test('[W96] several questions in one message are all answered, and a number alone is no question', async () => {
  const intents = [
    {
      name: 'returns',
      examples: [
        'how do i return a pan',
        'return an item',
        'can i send it back',
        'returns',
        'give a pan back',
      ],
      answer: 'Send it back within thirty days.',
    },
    {
      name: 'delivery',
      examples: [
        'how long does delivery take',
        'delivery time to germany',
        'when does it arrive',
        'delivery to france',
        'is delivery fast',
      ],
      answer: 'Delivery takes three days.',
    },
    {
      name: 'order',
      examples: [
        'where is my order KC-20418',
        'where is KC-30517',
        'status of order KC-11111',
        'find KC-20418',
        'track my order',
      ],
      answer: 'You find it under Your orders.',
    },
  ];
  await admin.call('PUT /bots/pans', { title: 'Pans', intents });
  const several = await attempt(
    'pans',
    'How do I return a pan? How long does delivery to Germany take?',
  );
  expect(several.says).toEqual({
    kind: 'text',
    text: 'Send it back within thirty days.\n\nDelivery takes three days.',
  });
  const one = await attempt('pans', 'I bought a pan. How do I return it? Thanks!');
  expect(one.says).toMatchObject({ text: 'Send it back within thirty days.' });
  for (const asked of ['KC-20418', 'kim@example.com', '#A-1234.']) {
    const { says, intent } = await attempt('pans', asked);
    expect([asked, says?.kind]).toEqual([asked, 'buttons']);
    expect(intent?.confidence).toBeLessThan(0.35);
  }
});

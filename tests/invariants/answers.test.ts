import type { Article, Brief, Message, Output, Page, Transcript, Trial } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { until } from './until.ts';

let server: TestServer;
let admin: Caller;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  admin = await server.keyFor('admin');
  await admin.call('PUT /gates/replies', { policy: { mode: 'threshold', threshold: 0.4 } });
  await admin.call('PUT /bots/shop', { title: 'Shop bot' });
  for (const [name, body] of Object.entries(articles)) {
    expect((await admin.call(`PUT /bots/shop/articles/${name}`, body)).status).toBe(200);
  }
});
afterAll(() => server?.stop());

const delivery = 'https://shop.example/help/delivery';
const articles = {
  delivery: {
    title: 'Delivery',
    url: delivery,
    text: '# Delivery\n\nWe send parcels every weekday.\n\n## Islands\n\nFerries carry parcels to islands in six days.',
  },
  warranty: { title: 'Warranty', text: 'Lamps have a warranty of five years.' },
  gifts: { title: 'Gift wrapping', text: 'We wrap presents in recycled paper for two euros.' },
};

/** What a customer says to a bot, one after another, each once the bot has answered or left. */
async function talk(words: string[], bot = 'shop'): Promise<Transcript> {
  const { body } = await admin.call<{ id: string }>('POST /conversations', { bot });
  let read: Transcript | undefined;
  for (const text of words) {
    const said = await admin.call<Message>(`POST /conversations/${body.id}/messages`, {
      from: 'contact',
      body: { kind: 'text', text },
    });
    expect(said.status).toBe(201);
    read = await until(async () => {
      const now = (await admin.call<Transcript>(`GET /conversations/${body.id}`)).body;
      return now.conversation.seq > said.body.seq ? now : undefined;
    });
  }
  return read as Transcript;
}
const last = ({ messages }: Transcript) => messages.at(-1) as Message;

test('[W19] a bot that answers however unsure it is hands over what nothing it knows speaks of', async () => {
  await admin.call('PUT /bots/bold', { title: 'Bold bot', hand_off_below: 0, clarifies: false });
  const { conversation } = await talk(['Xyzzy plugh?'], 'bold');
  expect(conversation.owner.kind).toBe('queue');
});

test('[W17] an answer from an article cites its title, heading and address', async () => {
  const read = await talk(['Do ferries carry parcels to islands?']);
  const reply = last(read);
  expect(reply).toMatchObject({
    author_kind: 'bot',
    body: { kind: 'text', text: 'Ferries carry parcels to islands in six days.' },
    citations: [{ title: 'Delivery › Islands', url: delivery }],
  });
  const output = (await admin.call<Output>(`GET /outputs/${reply.output_id}`)).body;
  expect(output.confidence).toBeGreaterThan(0.5);
  expect(JSON.stringify(output.input)).toContain(`Delivery › Islands (${delivery})`);
});

test('[W18] what is retired is said no more, and what is changed is said as it now is', async () => {
  const asked = 'Do lamps have a warranty of years?';
  expect(last(await talk([asked])).body).toMatchObject({ text: articles.warranty.text });
  const changed = 'Lamps have a warranty of seven years.';
  await admin.call('PUT /bots/shop/articles/warranty', { title: 'Warranty', text: changed });
  expect(last(await talk([asked])).body).toMatchObject({ text: changed });
  const gone = await admin.call<Article>('DELETE /bots/shop/articles/warranty');
  expect(gone.body).toMatchObject({ state: 'retired', version: 3 });
  expect(JSON.stringify(await talk([asked]))).not.toContain('seven years');
  const listed = await admin.call<Page<Article>>('GET /bots/shop/articles');
  expect(listed.body.rows.map(({ name }) => name)).toEqual(['delivery', 'gifts']);
  const back = await admin.call<Article>('POST /bots/shop/articles/warranty/accept');
  expect(back.body.state).toBe('live');
  expect(last(await talk([asked])).body).toMatchObject({ text: changed });
});

test('[W19] unsure once it asks what is meant; unsure again a person comes', async () => {
  const unsure = ['something about parcels and elephants in Norway', 'whatever elephants wear'];
  const once = await talk(unsure.slice(0, 1));
  expect(last(once).body).toMatchObject({ kind: 'buttons' });
  expect(last(once).body).toHaveProperty('buttons.0.label', 'Delivery');
  expect(once.conversation.owner.kind).toBe('bot');
  const twice = await talk(unsure);
  expect(twice.conversation.hand_off?.reason).toBe('failed');
  expect(twice.messages.filter(({ body }) => body.kind === 'buttons')).toHaveLength(1);
  // After an answer in between it may ask again.
  const again = await talk([unsure[0] as string, 'hello', unsure[0] as string]);
  expect(last(again).body).toMatchObject({ kind: 'buttons' });
  await admin.call('PUT /bots/blunt', { clarifies: false });
  await admin.call('PUT /bots/blunt/articles/delivery', articles.delivery);
  const blunt = await talk(unsure.slice(0, 1), 'blunt');
  expect(blunt.conversation.hand_off?.reason).toBe('low_confidence');
});

test('[W84] a bot of two intents says nothing to what it has no words for, and its articles go first', async () => {
  const intents = [
    {
      name: 'opening_hours',
      examples: [
        'when are you open',
        'what are your opening hours',
        'are you open on sunday',
        'what time do you close',
        'when does the zoo open',
      ],
      answer: 'We are open from nine to five.',
    },
    {
      name: 'ticket_price',
      examples: [
        'how much is a ticket',
        'what does a ticket cost',
        'ticket prices',
        'price for children',
        'how much do we pay to get in',
      ],
      answer: 'A ticket costs 10 euros.',
    },
  ];
  await admin.call('PUT /bots/zoo', { title: 'Zoo', intents });
  const text = 'A deposit of fifty euros is asked for each giraffe.';
  await admin.call('PUT /bots/zoo/articles/deposit', { title: 'Giraffe deposit', text });
  const attempt = async (said: string) =>
    (await admin.call<Trial>('POST /bots/zoo/try', { text: said })).body;
  const strange = ['asdkjh qwe', '???', 'قطتي مريضة جدا', 'my cat is ill', 'who won the football'];
  for (const said of strange) {
    const { says, intent } = await attempt(said);
    expect([said, says && says.kind !== 'buttons']).toEqual([said, says ? false : null]);
    expect(intent?.confidence ?? 0, said).toBeLessThan(0.35);
  }
  expect((await attempt('giraffe deposit')).says).toMatchObject({ text });
  const known = await attempt('ticket price for adults');
  expect(known).toMatchObject({
    says: { text: 'A ticket costs 10 euros.' },
    judged: { verdict: 'pass' },
  });
});

test('[W85] an answer turned down is a failure: once it asks what else is meant, twice a person comes', async () => {
  const intents = [
    {
      name: 'hello',
      title: 'Hello',
      examples: ['hello', 'hi', 'hey there', 'good morning', 'howdy', 'hi friend'],
      answer: 'Hello!',
    },
    {
      name: 'wrapping',
      title: 'Wrapping',
      examples: [
        'do you wrap presents',
        'is there gift wrapping',
        'gift wrapping please',
        'wrap it as a present',
        'can it be wrapped as a gift',
      ],
      answer: 'We wrap presents in recycled paper.',
    },
    {
      name: 'repairs',
      title: 'Repairs',
      examples: [
        'do you repair lamps',
        'my lamp is broken',
        'can this be repaired',
        'repair my lamp please',
        'who mends lamps',
      ],
      answer: 'We repair lamps in a week.',
    },
  ];
  await admin.call('PUT /bots/heard', { title: 'Heard bot', intents });
  const asked = 'do you have gift wrapping';
  const once = await talk([asked, 'That did not help.'], 'heard');
  expect(once.messages.find(({ author_kind }) => author_kind === 'bot')?.body).toMatchObject({
    text: 'We wrap presents in recycled paper.',
  });
  const { body } = last(once);
  const offered = body.kind === 'buttons' ? body.buttons.map(({ label }) => label) : [];
  expect(offered).toEqual(['Repairs', 'Talk to a person']);
  expect(once.conversation.owner.kind).toBe('bot');
  const twice = await talk(
    [asked, 'That did not help.', 'can my lamp be repaired', 'Not what I asked!'],
    'heard',
  );
  expect(twice.conversation.hand_off?.reason).toBe('failed');
  // What is asked beside it is answered, the first time.
  const beside = await talk([asked, 'Not what I asked. Can my lamp be repaired?'], 'heard');
  expect(last(beside).body).toMatchObject({ text: 'We repair lamps in a week.' });
  // Nothing was answered yet that could be turned down.
  const first = await talk(['That did not help.'], 'heard');
  const asks = last(first).body;
  expect(asks.kind === 'buttons' && asks.buttons.some(({ label }) => label === 'Hello')).toBe(
    false,
  );
});

test('[W20] who is at the end of their patience gets a person, an ordinary complaint does not', async () => {
  const angry = await talk(['This is ridiculous, do ferries carry parcels to islands?']);
  expect(angry.conversation.hand_off?.reason).toBe('frustrated');
  const calm = await talk(['My parcel is late. Do ferries carry parcels to islands?']);
  expect(calm.conversation.owner.kind).toBe('bot');
});

test('[W114] who tells of harm or of the law gets a person, unless the bot is taught about that', async () => {
  const burned = await talk(['Your lamp exploded and I burned my hand, do ferries carry parcels?']);
  expect(burned.conversation.hand_off).toMatchObject({ reason: 'rule' });
  const { body } = await admin.call<{ brief: Brief }>(
    `GET /conversations/${burned.conversation.id}/brief`,
  );
  expect(body.brief.why).toContain('harm');
  expect((await talk(['You will hear from my lawyer'])).conversation.hand_off?.reason).toBe('rule');
  const examples = ['I burned my hand', 'my child was burned', 'what to do about a burn'];
  const intents = [{ name: 'burns', examples, answer: 'Hold it under cool water.' }];
  await admin.call('PUT /bots/clinic', { title: 'Clinic', intents });
  const clinic = await talk(['I burned my hand'], 'clinic');
  expect(last(clinic).body).toMatchObject({ text: 'Hold it under cool water.' });
});

test('[W21] a greeting is answered in its language and brings no person', async () => {
  const read = await talk(['Guten Tag!', 'Merci beaucoup', 'are you a robot?']);
  const said = read.messages.filter(({ author_kind }) => author_kind === 'bot');
  expect(said.map(({ body }) => ('text' in body ? body.text : ''))).toEqual([
    'Hallo! Wie kann ich helfen?',
    'Avec plaisir. Puis-je faire autre chose ?',
    expect.stringContaining('I am an AI assistant'),
  ]);
  expect(read.conversation.owner.kind).toBe('bot');
});

test('[W47] the bot speaks the language that is written, whatever the browser says', async () => {
  const { body } = await admin.call<{ id: string }>('POST /conversations', {
    bot: 'shop',
    contact: { language: 'fr' },
  });
  const say = async (text: string): Promise<Transcript> => {
    const said = await admin.call<Message>(`POST /conversations/${body.id}/messages`, {
      from: 'contact',
      body: { kind: 'text', text },
    });
    return until(async () => {
      const now = (await admin.call<Transcript>(`GET /conversations/${body.id}`)).body;
      return now.conversation.seq > said.body.seq ? now : undefined;
    });
  };
  expect((await say('hello')).conversation.language).toBe('fr');
  const german = await say('ich habe etwas über parcels und elephants in Norway');
  expect(german.conversation.language).toBe('de');
  expect(last(german).body).toMatchObject({ text: expect.stringMatching(/^Ich bin nicht sicher/) });
});

test('[W19] an answer that lacks the fact it is about is not said; a person comes, or an article says it', async () => {
  const intents = [
    {
      name: 'open',
      examples: ['when are you open', 'what are your opening hours', 'when do you open'],
      answer: 'People are back {hours.next_opening}, {contact.name}.',
    },
    {
      name: 'repair',
      examples: ['can you repair my lamp', 'my lamp needs a repair', 'repair a broken lamp'],
      answer: 'Yes, we repair lamps, {contact.name}.',
    },
  ];
  const bot = { title: 'No hours', gate: 'replies', clarifies: true, intents };
  expect((await admin.call('PUT /bots/no-hours', bot)).status).toBe(200);
  const whole = await talk(['can you repair my lamp'], 'no-hours');
  expect(last(whole).body).toEqual({ kind: 'text', text: 'Yes, we repair lamps.' });
  const { conversation, messages } = await talk(['when are you open'], 'no-hours');
  expect(conversation.hand_off?.reason).toBe('low_confidence');
  expect(messages.some(({ author_kind }) => author_kind === 'bot')).toBe(false);
  const output = await admin.call<Output>(`GET /outputs/${conversation.hand_off?.output_id}`);
  expect(JSON.stringify(output.body.content)).toContain('hours.next_opening is not known');

  // While people are there nobody is sent to another day, nor where they never are.
  const open = (weekly: object) => ({ ...bot, hours: { zone: 'UTC', weekly } });
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
  const always = Object.fromEntries(days.map((day) => [day, [['00:00', '24:00']]]));
  expect((await admin.call('PUT /bots/no-hours', open(always))).status).toBe(200);
  const now = await talk(['when are you open'], 'no-hours');
  expect(last(now).body).toEqual({ kind: 'text', text: 'People are back now.' });
  const never = await admin.call('PUT /bots/no-hours', open({ mon: [] }));
  expect([never.status, never.body.errors?.[0]?.field]).toEqual([422, 'hours.weekly']);
  expect((await admin.call('PUT /bots/no-hours', bot)).status).toBe(200);

  const article = { title: 'Opening hours', text: 'When do you open? We open daily at nine.' };
  await admin.call('PUT /bots/no-hours/articles/hours', article);
  const said = await until(async () => {
    const read = await talk(['when do you open daily at nine'], 'no-hours');
    return last(read).author_kind === 'bot' && last(read).body;
  });
  expect(said).toMatchObject({ kind: 'text', text: expect.stringContaining('daily at nine') });
});

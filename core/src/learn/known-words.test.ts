import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { intentConfidence, KnownWords, trainClassifier } from './index.ts';

type Examples = Record<string, string[]>;

const zoo: Examples = {
  opening_hours: [
    'when are you open',
    'what are your opening hours',
    'are you open on sunday',
    'what time do you close',
    'when does the zoo open',
  ],
  ticket_price: [
    'how much is a ticket',
    'what does a ticket cost',
    'ticket prices',
    'price for children',
    'how much do we pay to get in',
  ],
};
const museum: Examples = {
  oeffnung: [
    'Wann habt ihr geöffnet?',
    'Öffnungszeiten',
    'Seid ihr sonntags offen?',
    'Bis wann habt ihr auf?',
    'Wann macht ihr zu?',
  ],
  preis: [
    'Was kostet der Eintritt?',
    'Eintrittspreise',
    'Wie viel kostet eine Karte?',
    'Preis für Kinder',
    'Gibt es Ermäßigung für Studenten?',
  ],
  anfahrt: [
    'Wie komme ich zu euch?',
    'Wo kann ich parken?',
    'Anfahrt mit dem Bus',
    'Adresse',
    'Gibt es einen Parkplatz?',
  ],
};
const cafe: Examples = {
  hours: [
    'متى تفتحون؟',
    'ما هي ساعات العمل؟',
    'هل أنتم مفتوحون يوم الجمعة؟',
    'متى تغلقون؟',
    'ساعات الدوام',
  ],
  price: [
    'كم سعر التذكرة؟',
    'بكم الدخول؟',
    'أسعار التذاكر',
    'سعر التذكرة للأطفال',
    'كم تكلفة الدخول؟',
  ],
};
const park: Examples = {
  hours: ['你们几点开门', '营业时间是什么时候', '周日开门吗', '几点关门', '今天营业吗'],
  price: ['门票多少钱', '票价是多少', '儿童票多少钱', '学生有优惠吗', '门票价格'],
};
const shop: Examples = {
  order_status: [
    'where is my order',
    'where is my parcel',
    'track my order',
    'has my order shipped yet',
    'when will my order arrive',
    'i cant find the tracking number',
    'is my package on its way',
    'still waiting for my pan',
    'any news on my delivery?',
    'whats the status of my order',
    'my parcel has not come',
    'order still not here',
    'tracking does not move',
    'did you send my parcel',
    'where is the kettle i ordered',
    'can you look up my order',
    'i have not received anything',
    'parcel status please',
    'has it left the warehouse',
    'my order is late',
  ],
  delivery_cost: [
    'how much is delivery',
    'what does shipping cost',
    'delivery fee',
    'is shipping free',
    'shipping costs to germany',
    'do i pay for delivery',
    'from what amount is shipping free',
    'price of delivery',
    'cost of express shipping',
    'how much do you charge for postage',
    'postage costs',
    'is there a delivery charge',
    'free delivery over fifty?',
    'how expensive is shipping',
    'what are the shipping rates',
    'delivery price for heavy parcels',
    'do you charge shipping for returns',
    'shipping fee to the islands',
    'charges for delivery abroad',
    'minimum for free shipping',
  ],
};

const strange = [
  'asdkjh qwe',
  '???',
  '👍',
  'my cat is ill',
  'what is the capital of australia',
  'could you recommend a good book',
  'who won the football last night',
  'how do i get a divorce',
  'can you write me a poem about love',
  'meine Katze ist krank',
  'quiero una pizza con queso',
  'ξένος κόσμος',
  'قطتي مريضة جدا',
  '我想学弹钢琴',
];

/** A bot's mind, as a turn reads it: what is meant, and how surely. */
function mindOf(intents: Examples) {
  const examples = Object.entries(intents).flatMap(([label, texts]) =>
    texts.map((text) => ({ text, label })),
  );
  const classifier = trainClassifier(examples, { seed: 7 });
  const words = new Map(Object.entries(intents).map(([name, all]) => [name, new KnownWords(all)]));
  return (text: string) => {
    const { label, confidence } = classifier.predict(text);
    return { label, sure: intentConfidence(confidence, words.get(label)?.share(text) ?? 0) };
  };
}

describe.each<[string, Examples, Record<string, string>]>([
  [
    'two intents of five examples',
    zoo,
    {
      'when do you open?': 'opening_hours',
      'are you open on mondays': 'opening_hours',
      'opening hours please': 'opening_hours',
      'what time does the zoo close': 'opening_hours',
      'ticket price for adults': 'ticket_price',
      'how expensive are tickets?': 'ticket_price',
      'what does it cost': 'ticket_price',
    },
  ],
  [
    'three intents of five, in German',
    museum,
    {
      'Wann öffnet ihr?': 'oeffnung',
      'Wie sind die Öffnungszeiten?': 'oeffnung',
      'Was kostet eine Karte für Kinder?': 'preis',
      'wie teuer ist der Eintritt': 'preis',
      'Wo parke ich?': 'anfahrt',
      'Wie lautet die Adresse?': 'anfahrt',
    },
  ],
  [
    'two intents of five, in Arabic',
    cafe,
    { 'متى تفتحون اليوم': 'hours', 'كم سعر تذكرة الأطفال': 'price', 'بكم التذكرة': 'price' },
  ],
  [
    'two intents of five, in Chinese',
    park,
    { 你们周六几点开门: 'hours', 门票是多少钱: 'price', 学生票多少钱: 'price' },
  ],
  [
    'two intents of twenty',
    shop,
    {
      'where is my package': 'order_status',
      'has my parcel shipped': 'order_status',
      'how much is shipping': 'delivery_cost',
      'is delivery free over forty': 'delivery_cost',
    },
  ],
])('a bot of %s', (_name, intents, own) => {
  const read = mindOf(intents);

  test('[W84] is unsure of what none of its intents means', () => {
    const sure = strange.map((text) => ({ text, sure: read(text).sure }));
    expect(sure.filter((one) => one.sure >= 0.5)).toEqual([]);
  });

  test('[W84] knows its own questions in other words', () => {
    const found = Object.keys(own).map((text) => ({ text, ...read(text) }));
    expect(found.filter(({ text, label }) => label !== own[text])).toEqual([]);
    expect(found.filter(({ sure }) => sure < 0.8)).toEqual([]);
  });
});

test('[W84] of a question the telling words count, endings and slips aside, or else all of them', () => {
  const known = new KnownWords(['Where are the lanterns?', 'lantern prices', 'how are you']);
  expect(known.share('where is the lantern')).toBe(1);
  expect(known.share('the lanternss please')).toBe(1);
  expect(known.share('lantern elephants')).toBe(0.5);
  expect(known.share('is it an elephant')).toBe(0);
  expect(known.share('how are you')).toBe(1);
  expect(known.share('why were they')).toBe(0);
  expect(known.share('?!')).toBe(0);
  expect(new KnownWords([]).share('lantern')).toBe(0);
});

test('[W84] who knows no word of it is unsure however probable it is, who knows more no less sure', () => {
  const unit = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(unit, unit, unit, (probability, known, more) => {
      const sure = intentConfidence(probability, known);
      expect(sure).toBeGreaterThanOrEqual(0);
      expect(sure).toBeLessThanOrEqual(probability);
      expect(intentConfidence(probability, 0)).toBeLessThan(0.31);
      const [less, most] = known < more ? [known, more] : [more, known];
      // Of what is more likely not meant, no word that is known makes it surer.
      if (probability < 0.5) return;
      expect(intentConfidence(probability, most)).toBeGreaterThanOrEqual(
        intentConfidence(probability, less),
      );
    }),
  );
});

test('[W84] whatever the text, a share is from 0 to 1', () => {
  const known = new KnownWords(Object.values(zoo).flat());
  const check = (text: string) => {
    const share = known.share(text);
    expect(share).toBeGreaterThanOrEqual(0);
    expect(share).toBeLessThanOrEqual(1);
  };
  for (const text of ['', '\ud83d', 'ticket '.repeat(20_000), '退'.repeat(9_000)]) check(text);
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), check));
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isRefusal } from '../refusal.ts';
import { seededChance } from './chance.ts';
import { type LabelledText, restoreClassifier, trainClassifier } from './index.ts';

const subjects: Record<string, string[]> = {
  refund: ['refund', 'money back', 'reimburse', 'return the payment'],
  delivery: ['parcel', 'delivery', 'courier', 'shipping'],
  account: ['password', 'login', 'account', 'sign in'],
  greeting: ['hello', 'good morning', 'hi there', 'hey'],
};
const openings = [
  'please help with',
  'i have a question about',
  'what about',
  'tell me more on',
  '',
];
const endings = ['today', 'from last week', 'please', 'as soon as you can', '??', ''];

/** Made-up requests: a subject in one of several wordings, between an opening and an ending. */
function requests(count: number, seed: number): LabelledText[] {
  const chance = seededChance(seed);
  const pick = <Item>(items: Item[]): Item => items[chance() % items.length] as Item;
  return Array.from({ length: count }, () => {
    const label = pick(Object.keys(subjects));
    const text = `${pick(openings)} ${pick(subjects[label] as string[])} ${pick(endings)}`;
    return { text, label };
  });
}

const examples = requests(240, 1);
const classifier = trainClassifier(examples);

const refusalOf = (act: () => unknown) => {
  try {
    act();
  } catch (thrown) {
    if (isRefusal(thrown)) return thrown;
    throw thrown;
  }
  throw new Error('nothing was refused');
};

const hostile = [
  '',
  ' \n\t',
  '\ud83d',
  '\udc00 parcel \ud83d',
  '👩‍👩‍👧‍👦🏳️‍🌈',
  'ﷺ'.repeat(5_000),
  'é́́́'.repeat(1_000),
  '退货 退款 请帮我',
  '\u202eparcel\u0000',
  '__proto__ constructor toString',
  'parcel '.repeat(20_000),
  'x'.repeat(100_000),
];

test('[N1] the same seed and examples give the same bytes; another seed others', () => {
  const again = trainClassifier(examples, { seed: 1 }).toBytes();
  expect(again).toEqual(classifier.toBytes());
  expect(trainClassifier(examples, { seed: 2 }).toBytes()).not.toEqual(again);
});

test('[N1] predictions leave no trace', () => {
  const before = classifier.toBytes();
  for (const text of hostile) classifier.predict(text);
  expect(classifier.toBytes()).toEqual(before);
});

test('[N2] a restored classifier does exactly the same, before and after corrections', () => {
  const original = restoreClassifier(classifier.toBytes());
  original.learnOne('the wheel of my kite came off', 'delivery');
  const copy = restoreClassifier(original.toBytes());
  expect(copy.labels).toEqual(classifier.labels);
  expect(copy.experience).toEqual({ texts: 240, lessons: 1 });
  for (const each of [original, copy]) each.learnOne('zebra stripes for my kite', 'account');
  expect(copy.toBytes()).toEqual(original.toBytes());
  for (const text of [...hostile, ...requests(50, 9).map((request) => request.text)]) {
    expect(copy.predict(text)).toEqual(original.predict(text));
  }
});

test('[N2] corrections past the room for new words grow the classifier and lose nothing', () => {
  const grown = restoreClassifier(classifier.toBytes());
  const chance = seededChance(4);
  for (let lesson = 0; lesson < 150; lesson++) {
    const words = Array.from({ length: 30 }, () => chance().toString(36)).join(' ');
    grown.learnOne(words, 'account');
  }
  grown.learnOne('my zeppelin needs helium', 'delivery');
  expect(restoreClassifier(grown.toBytes()).toBytes()).toEqual(grown.toBytes());
  const right = examples.filter(({ text, label }) => grown.predict(text).label === label).length;
  expect(right / examples.length).toBeGreaterThan(0.9);
});

test('[N2] labels keep every unit, also half a surrogate pair', () => {
  const labels = ['\ud83d', '退货', '__proto__'];
  const odd = trainClassifier(labels.map((label, i) => ({ text: `text ${i}`, label })));
  expect(restoreClassifier(odd.toBytes()).labels).toEqual(['__proto__', '退货', '\ud83d']);
});

test('[N2] bytes that are not a classifier, or damaged anywhere, are refused', () => {
  const bytes = classifier.toBytes();
  expect(refusalOf(() => restoreClassifier(new Uint8Array(0))).code).toBe('malformed');
  expect(refusalOf(() => restoreClassifier(new Uint8Array(64))).code).toBe('malformed');
  expect(refusalOf(() => restoreClassifier(bytes.subarray(0, -1))).code).toBe('malformed');
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, flipped) => {
      // The two bytes after the version are spare.
      fc.pre(at !== 6 && at !== 7);
      const damaged = bytes.slice();
      damaged[at] = (damaged[at] as number) ^ flipped;
      expect(refusalOf(() => restoreClassifier(damaged)).code).toBe('malformed');
    }),
    { numRuns: 50 },
  );
});

test('[N3] probabilities add up to 1, most probable first, whatever the text', () => {
  const check = (text: string) => {
    const { label, confidence, familiarity, scores } = classifier.predict(text);
    expect(scores.map((score) => score.label).sort()).toEqual(classifier.labels);
    expect(scores.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 10);
    expect(scores[0]).toEqual({ label, probability: confidence });
    for (const [i, { probability }] of scores.entries()) {
      expect(probability).toBeLessThanOrEqual(scores[i - 1]?.probability ?? 1);
      expect(probability).toBeGreaterThanOrEqual(0);
    }
    expect(familiarity).toBeGreaterThanOrEqual(0);
    expect(familiarity).toBeLessThanOrEqual(1);
  };
  hostile.forEach(check);
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), check));
});

test('[N3] as many scores as asked for, at least one', () => {
  const count = (top: number) => classifier.predict('hello', { top }).scores.length;
  expect([0, 1, 3, 4, 99].map(count)).toEqual([1, 1, 3, 4, 4]);
});

test('[N4] a correction makes its label more probable, also for words never seen', () => {
  const texts = fc.oneof(
    fc.constantFrom(...examples.map(({ text }) => text)),
    fc.string({ unit: 'grapheme', minLength: 3 }).filter((text) => /\p{L}{3}/u.test(text)),
  );
  fc.assert(
    fc.property(texts, fc.constantFrom(...classifier.labels), (text, label) => {
      const pupil = restoreClassifier(classifier.toBytes());
      const chanceOf = () =>
        pupil.predict(text).scores.find((score) => score.label === label)?.probability ?? 0;
      const before = chanceOf();
      // Nothing is left to learn where the label is certain already.
      fc.pre(before < 0.99);
      pupil.learnOne(text, label);
      expect(chanceOf()).toBeGreaterThan(before);
    }),
    { numRuns: 50 },
  );
});

test('[N4] a few corrections settle a text, and leave the rest standing', () => {
  const pupil = restoreClassifier(classifier.toBytes());
  for (let lesson = 0; lesson < 4; lesson++) pupil.learnOne('the gizmo has a zonk', 'account');
  expect(pupil.predict('the gizmo has a zonk').label).toBe('account');
  expect(pupil.predict('a zonk!').label).toBe('account');
  const right = examples.filter(({ text, label }) => pupil.predict(text).label === label).length;
  expect(right / examples.length).toBeGreaterThan(0.98);
});

test('[N4] a correction to an unknown label is refused and changes nothing', () => {
  const pupil = restoreClassifier(classifier.toBytes());
  const refusal = refusalOf(() => pupil.learnOne('hello', 'weather'));
  expect(refusal.facts).toEqual({
    errors: [{ field: 'label', message: 'must be a label that it was trained for' }],
  });
  expect(pupil.toBytes()).toEqual(classifier.toBytes());
});

test('[N5] it learns: new wordings of made-up requests, with typing mistakes', () => {
  const fresh = requests(200, 77);
  const right = fresh.filter(({ text, label }) => classifier.predict(text).label === label).length;
  expect(right / fresh.length).toBeGreaterThan(0.97);
  expect(classifier.predict('wheres my parcle').label).toBe('delivery');
  expect(classifier.predict('forgot my pasword').label).toBe('account');
});

test('[N6] familiarity is a rank: uniform for texts like the training ones, low for strange ones', () => {
  const fresh = requests(400, 5).map(({ text }) => classifier.predict(text).familiarity);
  for (const share of [0.1, 0.5, 0.9]) {
    const under = fresh.filter((familiarity) => familiarity <= share).length / fresh.length;
    expect(Math.abs(under - share)).toBeLessThan(0.15);
  }
  for (const strange of ['quantum flux über zwölf', 'ξένος κόσμος', '']) {
    expect(classifier.predict(strange).familiarity).toBeLessThan(0.05);
  }
});

test('[N7] training tells its progress, and stops when told to', () => {
  const seen: number[] = [];
  let epochs = 0;
  trainClassifier(examples, {
    epochs: 2,
    on_progress: (progress) => {
      seen.push(progress.epoch);
      epochs = progress.epochs;
      expect(progress.loss).toBeGreaterThan(0);
    },
  });
  expect(seen).toEqual(Array.from({ length: epochs }, (_none, i) => i + 1));
  let asked = 0;
  const stopped = refusalOf(() => trainClassifier(examples, { should_stop: () => ++asked > 3 }));
  expect(stopped.code).toBe('training_stopped');
  expect(asked).toBe(4);
});

const two = [
  { text: 'a', label: 'x' },
  { text: 'b', label: 'y' },
];

test.each([
  ['no examples', [], {}, 'examples'],
  ['one label only', [two[0], two[0]], {}, 'examples'],
  ['an empty label', [...two, { text: 'c', label: ' ' }], {}, 'examples.2.label'],
  ['a label that is no text', [...two, { text: 'c', label: 3 }], {}, 'examples.2.label'],
  ['a text that is none', [...two, { text: null, label: 'x' }], {}, 'examples.2.text'],
  ['a hole', [...two, undefined], {}, 'examples.2.text'],
  ['a seed that is no whole number', two, { seed: 0.5 }, 'seed'],
  ['buckets that are no power of two', two, { buckets: 5000 }, 'buckets'],
  ['too few buckets', two, { buckets: 512 }, 'buckets'],
  ['no epochs', two, { epochs: 0 }, 'epochs'],
])('[N8] training refuses %s and names the field', (_name, given, options, field) => {
  const refusal = refusalOf(() => trainClassifier(given as LabelledText[], options));
  expect(refusal.code).toBe('invalid');
  expect((refusal.facts.errors as { field: string }[])[0]?.field).toBe(field);
});

test('[N8] the least that can be learned from is two texts with two labels', () => {
  const small = trainClassifier(two);
  expect(small.predict('a').label).toBe('x');
  expect(small.predict('b').label).toBe('y');
  expect(small.predict('a').familiarity).toBe(1);
});

test('[N8] hostile texts can be learned from', () => {
  const odd = trainClassifier(hostile.map((text, i) => ({ text, label: i % 2 ? 'odd' : 'even' })));
  expect(odd.predict('x'.repeat(1000)).label).toBe('odd');
});

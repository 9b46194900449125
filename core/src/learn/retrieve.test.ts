import { expect, test } from 'vitest';
import { longest_passage, passagesOf } from './passages.ts';
import { Retriever } from './retrieve.ts';
import { stemOf } from './terms.ts';

const help = [
  { name: 'returns', title: 'Returns', text: 'You can return an item within thirty days.' },
  { name: 'lamps', title: 'Lamps', text: 'Lamps are covered by a warranty of five years.' },
  { name: 'gifts', title: 'Gift cards', text: 'Gift cards can be redeemed at the checkout.' },
  {
    name: 'rueckgabe',
    title: 'Rückgabe',
    text: 'Artikel können Sie dreißig Tage lang zurückgeben.',
  },
];
const retriever = new Retriever(help.flatMap(passagesOf));

test.each([
  ['returning items', 'returns'],
  ['is my lamp covered', 'lamps'],
  ['redeeming giftcards at checkouts', 'gifts'],
  ['Einen Artikel zurückgeben, wie viele Tage?', 'rueckgabe'],
])('[W17] inflections and small mistakes find their passage: %s', (question, article) => {
  const { found, confidence } = retriever.search(question);
  expect(found[0]?.passage.article).toBe(article);
  expect(confidence).toBeGreaterThan(0.35);
});

test('[W17] what no passage speaks of is found with no confidence', () => {
  expect(retriever.search('who won the football yesterday')).toEqual({ confidence: 0, found: [] });
  expect(retriever.search('')).toEqual({ confidence: 0, found: [] });
  // One word in common out of five.
  expect(retriever.search('lamps near elephants crossing frozen rivers').confidence).toBeLessThan(
    0.35,
  );
  expect(new Retriever([]).search('anything')).toEqual({ confidence: 0, found: [] });
});

test('[W17] an article is split at headings and paragraphs, and keeps their path', () => {
  const text = `# Delivery\n\nFirst.\n\nSecond.\n\n## Islands\n\nBy ferry.\n\n### Winter\n\nNever.\n\n## Cities\n\n\`\`\`\n# no heading\n\`\`\``;
  expect(
    passagesOf({ name: 'a', title: 'Delivery', text }).map((one) => [one.heading, one.text]),
  ).toEqual([
    [[], 'First.\n\nSecond.'],
    [['Islands'], 'By ferry.'],
    [['Islands', 'Winter'], 'Never.'],
    [['Cities'], '```\n# no heading\n```'],
  ]);
});

test('[W17] no passage is too long, and nothing of the text is lost', () => {
  for (const text of [
    'word '.repeat(1_000),
    'A sentence stands here. '.repeat(200),
    '🜁'.repeat(900),
  ]) {
    const passages = passagesOf({ name: 'a', title: 'A', text });
    expect(Math.max(...passages.map((one) => one.text.length))).toBeLessThanOrEqual(
      longest_passage,
    );
    const bare = (one: string) => one.replaceAll(/\s/g, '');
    expect(bare(passages.map((one) => one.text).join(''))).toBe(bare(text));
  }
});

test('[W17] words of one family have one stem', () => {
  for (const family of [
    ['refund', 'refunds', 'refunded', 'refunding'],
    ['Zahlung', 'Zahlungen'],
    ['produit', 'produits'],
  ]) {
    expect(new Set(family.map((word) => stemOf(word.toLowerCase()))).size).toBe(1);
  }
});

test('[W108] one word that a single passage has by chance makes no answer certain', () => {
  const told = [
    'trains run at night',
    'boats sail by day',
    'the ferry takes cars',
    'bring a passport',
  ];
  const search = new Retriever(
    told.map((text, at) => ({ article: `a${at}`, title: `Part ${at}`, heading: [], text })),
  );
  // The one word there is stands in one article alone: the greatest lead and the whole of the question.
  expect(search.search('passport?').confidence).toBeLessThan(0.8);
  // One of two words.
  expect(search.search('passport kangaroo').confidence).toBeLessThan(0.6);
  expect(search.search('does the ferry take cars').confidence).toBeGreaterThan(0.8);
});

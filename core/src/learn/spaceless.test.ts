import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tokens } from './features.ts';
import { KnownWords, longest_passage, passagesOf, Retriever } from './index.ts';
import { likenessOf } from './likeness.ts';
import { everyTermOf, stemOf, termsOf } from './terms.ts';

const chinese = [
  {
    name: 'returns',
    title: '退货政策',
    text: '您可以在收到商品后三十天内退货。请保留原包装和收据。退货运费由我们承担。',
  },
  {
    name: 'delivery',
    title: '配送时间',
    text: '国内订单一般三到五个工作日送达。偏远地区可能需要更长时间。',
  },
  {
    name: 'warranty',
    title: '保修',
    text: '所有灯具享受五年保修。人为损坏不在保修范围内。',
  },
];
const japanese = [
  {
    name: 'returns',
    title: '返品について',
    text: '商品到着後30日以内であれば返品できます。返品の送料は当社が負担します。',
  },
  {
    name: 'delivery',
    title: '配送日数',
    text: '国内のご注文は通常3〜5営業日でお届けします。離島はさらに日数がかかる場合があります。',
  },
  {
    name: 'gift-cards',
    title: 'ギフトカード',
    text: 'ギフトカードはレジで使えます。有効期限は二年です。',
  },
];
const thai = [
  {
    name: 'returns',
    title: 'การคืนสินค้า',
    text: 'คุณสามารถคืนสินค้าได้ภายในสามสิบวันหลังจากได้รับสินค้า กรุณาเก็บใบเสร็จไว้',
  },
  {
    name: 'delivery',
    title: 'ระยะเวลาจัดส่ง',
    text: 'คำสั่งซื้อในประเทศใช้เวลาจัดส่งสามถึงห้าวันทำการ',
  },
  { name: 'warranty', title: 'การรับประกัน', text: 'โคมไฟทุกรุ่นรับประกันห้าปี' },
];
const searchIn = (articles: typeof chinese) => new Retriever(articles.flatMap(passagesOf));

describe.each([
  [
    'Chinese',
    chinese,
    {
      '如何退货?': 'returns',
      我想退货: 'returns',
      退货运费谁出: 'returns',
      多久能送达: 'delivery',
      配送要多长时间: 'delivery',
      灯具的保修期多久: 'warranty',
    },
    '今天天气好吗',
  ],
  [
    'Japanese',
    japanese,
    {
      返品したいのですが: 'returns',
      返品の送料は誰が払いますか: 'returns',
      配送は何日かかりますか: 'delivery',
      ギフトカードの有効期限は: 'gift-cards',
      ｷﾞﾌﾄｶｰﾄﾞはどこで使えますか: 'gift-cards',
    },
    '猫が病気です',
  ],
  [
    'Thai',
    thai,
    {
      ต้องการคืนสินค้าครับ: 'returns',
      คืนของยังไงคะ: 'returns',
      จัดส่งกี่วัน: 'delivery',
      โคมไฟรับประกันกี่ปี: 'warranty',
    },
    'แมวป่วย',
  ],
])('articles in %s', (_language, articles, questions, other) => {
  const retriever = searchIn(articles);

  test.each(Object.entries(questions))('[W93] %s finds %s', (question, article) => {
    const { found, confidence } = retriever.search(question);
    expect(found[0]?.passage.article).toBe(article);
    expect(confidence).toBeGreaterThan(0.4);
  });

  test('[W93] what none of them speaks of is not found surely', () => {
    expect(retriever.search(other).confidence).toBeLessThan(0.35);
  });
});

test('[W93] one character is partly a pair that has it, and full-width signs are the usual ones', () => {
  const retriever = searchIn(chinese);
  expect(retriever.search('退').found[0]?.passage.article).toBe('returns');
  expect(retriever.search('退货 KC-20418').found[0]?.passage.article).toBe('returns');
  expect(termsOf('ＫＣ－２０４１８')).toEqual(termsOf('KC-20418'));
  expect(termsOf('返品 KC-20418')).toEqual(['返品', ...termsOf('KC-20418')]);
  expect(termsOf('第3回の返品')).toEqual(['第', '3', '回', '返品']);
  expect(termsOf('退货。')).toEqual(['退货']);
});

test('[W93] a pair that only stands where two known words meet counts for nothing', () => {
  const known = new KnownWords(['退货', '运费', '多少钱']);
  expect(known.share('退货运费')).toBe(1);
  expect(known.share('退货公园')).toBeLessThan(0.5);
  expect(known.share('公园')).toBe(0);
  expect(likenessOf('商品退货', '退货商品')).toBe(1);
  expect(likenessOf('商品退货', '公园门票')).toBe(0);
});

test('[W93] what stands in every question says nothing of it', () => {
  expect(termsOf('请问如何退货呢')).toEqual(['退货']);
  expect(termsOf('返品したいのですが')).toEqual(['返品']);
  expect(termsOf('你好')).toEqual([]);
  expect(everyTermOf('你好')).toEqual(['你好']);
});

test('[W93] a text of scripts with spaces has the terms that it always had', () => {
  const words = (text: string) => tokens(text).filter((one) => /[\p{L}\p{N}]/u.test(one));
  const letters = fc.constantFrom(
    ..."abcdefghijklmnopqrstuvwxyzäöüßéèñçğışابتثжзик가나다אבג0123456789 .-'’&",
  );
  fc.assert(
    fc.property(fc.string({ unit: letters, maxLength: 80 }), (text) => {
      expect(everyTermOf(text)).toEqual(words(text).map(stemOf));
    }),
  );
  expect(termsOf("Where's my parcel KC-20418, it hasn't arrived?")).toEqual(
    ['wheres', 'parcel', 'kc', '20418', 'hasnt', 'arrived'].map(stemOf),
  );
});

test('[W93] a long text without spaces is cut behind its sentences, and whole', () => {
  const text = '您可以在收到商品后三十天内退货。'.repeat(200);
  const passages = passagesOf({ name: 'a', title: 'A', text });
  expect(passages.length).toBeGreaterThan(3);
  expect(passages.filter((one) => !one.text.endsWith('。'))).toEqual([]);
  expect(passages.filter((one) => one.text.length > longest_passage)).toEqual([]);
  const bare = (one: string) => one.replaceAll(/\s/g, '');
  expect(bare(passages.map((one) => one.text).join(''))).toBe(text);
});

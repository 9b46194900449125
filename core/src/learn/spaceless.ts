/**
 * Words of scripts that leave no spaces between them (Chinese, Japanese, Thai, Lao, Khmer, Burmese).
 * Pairs of neighbouring characters stand for them, which does about as well in Chinese as words do
 * (Nie, Gao, Zhang & Zhou, IRAL 2000) and needs no dictionary, whose edition would change what is found
 * from one server to the next. What stands in every question is cut out first, as stop words are.
 */

/** Letters and marks of them. The long-vowel sign is of both kana. */
const characters =
  '[\\p{sc=Han}\\p{scx=Hiragana}\\p{scx=Katakana}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}]';
const spaceless = RegExp(characters, 'u');
/** Most texts have nothing from where such scripts begin on, and are passed over at once. */
const beyond = /[^\0-\u0dff]/;
const runs = RegExp(`${characters}+|(?:(?!${characters}).)+`, 'gus');
/** What may follow a character and says only how it is drawn. */
const variants = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;
/** A letter with its vowel signs and tones, as in Thai. */
const letter = /\P{M}\p{M}*|\p{M}+/gu;

/** What stands in every question or sentence, whatever it is about; a longer one goes first. */
const fillers = `
  你好 您好 谢谢 謝謝 请问 請問 如何 怎么样 怎么 怎麼 怎样 什么 什麼 可以 可不可以 能不能 能否 能 多久 是不是 有没有 想要 我想 我要 需要
  应该 因为 所以 但是 如果 这个 那个 我们 你们 他们 您们 的 了 吗 嗎 呢 吧 啊 我 你 您 请 請
  こんにちは ありがとうございます ありがとう すみません お願いします お願い致します 教えてください 教えて どうすれば どうしたら
  どのように どうやって どう いいですか よいですか ですか ますか でしょうか ございますか のですが んですが ですが ますが
  のでしょう です でした ます ました ません ください 下さい したい たいです たい について とは という から まで ので
  する した して こと これ それ この その 私 を
  สวัสดี ขอบคุณ ครับ ค่ะ คะ หรือไม่ หรือเปล่า ไหม มั้ย อย่างไร ยังไง อะไร ได้ ที่ ของ จะ ผม ดิฉัน ฉัน คุณ ต้องการ อยาก
  และ หรือ การ ให้ กับ มี ใน เป็น`
  .normalize('NFKC')
  .split(/\s+/)
  .filter(Boolean)
  .toSorted((a, b) => b.length - a.length);
/** A particle is one between words that are not in hiragana: within one it may be part of a word. */
const particle = '(?<=[^\\p{sc=Hiragana}])[のはがにでともへや](?=[^\\p{sc=Hiragana}]|$)';
const filler = RegExp(`${fillers.join('|')}|${particle}`, 'gu');

export const isSpaceless = (text: string): boolean => beyond.test(text) && spaceless.test(text);

/** A word as a text has it between signs and spaces, cut where its script changes; it is itself where all
 *  of it is of scripts with spaces. */
export const scriptRuns = (word: string): string[] =>
  isSpaceless(word) ? (word.replaceAll(variants, '').match(runs) ?? []) : [word];

/** The pairs of neighbouring characters in a run of such a script; one alone is itself. */
export function pairsIn(run: string): string[] {
  const letters = run.match(letter) ?? [];
  return letters.length < 2 ? letters : letters.slice(1).map((one, at) => `${letters[at]}${one}`);
}

/** The same without what stands in every question. */
export const tellingPairsIn = (run: string): string[] =>
  run.split(filler).flatMap((piece) => pairsIn(piece));

/** The pair and each of its characters, so that one character alone is partly the pair, and two pairs
 *  that have one in common are not. */
export const runsOfPair = (pair: string): string[] => {
  const letters = pair.match(letter) ?? [];
  return letters.length < 2 ? [pair] : [pair, ...new Set(letters)];
};

/** Terms without the pairs that nobody wrote, where each character stands in a pair that is known: such
 *  a pair is only where two known words meet.
 *  @param isKnown whether a term is known */
export function withoutSeams(
  terms: readonly string[],
  isKnown: (term: string) => boolean,
): readonly string[] {
  const pairs = terms.filter(isSpaceless);
  if (pairs.length < 2) return terms;
  const unknown = new Set(pairs.filter((pair) => !isKnown(pair)));
  if (!unknown.size || unknown.size === pairs.length) return terms;
  const known = new Set(
    pairs.filter((pair) => !unknown.has(pair)).flatMap((pair) => pair.match(letter) ?? []),
  );
  const isSeam = (term: string) =>
    unknown.has(term) && (term.match(letter) ?? []).every((one) => known.has(one));
  return terms.filter((term) => !isSeam(term));
}

/** Short forms that people type, and what they stand for. */
const short: Readonly<Record<string, string>> = {
  u: 'you',
  ur: 'your',
  r: 'are',
  pls: 'please',
  plz: 'please',
  w: 'with',
  wid: 'with',
  smb: 'somebody',
  sb: 'somebody',
  sum1: 'someone',
  some1: 'someone',
  any1: 'anyone',
  wanna: 'want to',
  gonna: 'going to',
  gimme: 'give me',
  lemme: 'let me',
  dont: 'do not',
  cust: 'customer',
  svc: 'service',
  hooman: 'human',
};
/** The words of a wish for a person, as they are spelled. */
const spelled = [
  'advisor',
  'agent',
  'anybody',
  'anyone',
  'chat',
  'connect',
  'customer',
  'employee',
  'human',
  'manager',
  'operator',
  'people',
  'person',
  'representative',
  'service',
  'somebody',
  'someone',
  'speak',
  'staff',
  'supervisor',
  'support',
  'talk',
  'talking',
  'transfer',
];
/** Words in their own right that lie beside those. */
const other_words = new Set(
  'agents argent chart chats cheat coat customers customs humane humans hman managers manages peak persona personal persons speaks speaker spear stiff staffs stuff supports talks tall tale walk'.split(
    ' ',
  ),
);
/** A long message has room for words that only look like these. */
const most_words = 15;

/** An English chat message with its short forms written out and the words of a wish for a person as they
 *  are spelled, in lower case ("speek 2 sombody" asks to speak to somebody); undefined where nothing
 *  changes. Only for reading wishes: what was said stays as it was said. */
export function asSpelled(text: string): string | undefined {
  const words = text.toLowerCase().split(/\s+/u).filter(Boolean);
  if (words.length === 0 || words.length > most_words) return;
  const read = words.map((word, at) => {
    const [, before = '', bare = '', after = ''] =
      /^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/u.exec(word) ?? [];
    if (bare === '2' && /^(?:talk|speak|chat|connect)/u.test(nearest(words[at - 1] ?? '')))
      return 'to';
    return (
      before + (short[bare.replaceAll(/['’]/gu, '')] ?? nearest(bare)) + after.replace('/', '')
    );
  });
  const whole = read.join(' ');
  return whole === words.join(' ') ? undefined : whole;
}

/** The spelled word that a word is one slip away from, two for a long one; else itself. Slips at the
 *  first letter are rare, and let too many other words in. */
function nearest(word: string): string {
  if (word.length < 4 || word.length > 16 || other_words.has(word)) return word;
  if (spelled.includes(word)) return word;
  const near = spelled.filter(
    (one) =>
      one[0] === word[0] && slips(word, one) <= (Math.min(one.length, word.length) > 5 ? 2 : 1),
  );
  return near.length === 1 ? (near[0] as string) : word;
}

/** Letters to put in, take out, replace or swap with their neighbour (Damerau 1964, each place once). */
function slips(from: string, to: string): number {
  let earlier: number[] = [];
  let row = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1] ? 0 : 1;
      const [left = 0, above = 0, both = 0] = [next[j - 1], row[j], row[j - 1]];
      let least = Math.min(left + 1, above + 1, both + same);
      if (i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]) {
        least = Math.min(least, (earlier[j - 2] ?? 0) + 1);
      }
      next.push(least);
    }
    earlier = row;
    row = next;
  }
  return row[to.length] ?? 0;
}

/**
 * Whether a customer is at the end of their patience, by what they write (rule W20). Deliberately
 * narrow: a person is asked for, so an ordinary complaint ("it does not work") must not count. Three
 * signs: an insult or a word of anger from a short list in six languages; shouting, which is three or
 * more words in capitals among which most letters are; a run of three or more marks of exclamation.
 * The last two count only together or with another, as some write like that when pleased. Saying the
 * same thing again within a conversation counts alone.
 */
const anger =
  /(?<!\p{L})(useless|ridiculous|unacceptable|outrageous|furious|fed up|sick of|worst(?![ -]case)|terrible|pathetic|idiots?|stupid|bullshit|crap|wtf|fuck\w*|shit\w*|unverschämt\w*|frechheit|lächerlich|nutzlos|unfassbar|sauerei|scheiß\w*|verarsch\w*|idioten?|inutile|inacceptable|ridicule|scandaleux|marre|honteux|merde|inútil|inaceptable|ridículo|vergüenza|mierda|harto|harta|inaccettabile|ridicolo|vergogna|schifo|stufo|stufa|inaceitável|vergonha|merda|absurdo)(?!\p{L})/iu;
const marks = /[!?]*!{2,}[!?]*[!?]|\?{3,}/u;

const shouts = (text: string): boolean => {
  const words = text.match(/\p{L}{2,}/gu) ?? [];
  const loud = words.filter((word) => word === word.toUpperCase() && word !== word.toLowerCase());
  return loud.length >= 3 && loud.length / words.length > 0.6;
};

export const moods = ['calm', 'tense', 'frustrated'] as const;
export type Mood = (typeof moods)[number];

/** How a customer sounds. @param before what they said earlier in the conversation, oldest first */
export function moodOf(text: string, before: readonly string[] = []): Mood {
  const plain = text.normalize('NFC');
  const signs = Number(shouts(plain)) + Number(marks.test(plain));
  if (anger.test(plain) || signs === 2) return 'frustrated';
  const bare = barely(plain);
  // A short word such as "yes" may well be said twice.
  if (bare.length >= 12 && before.filter((one) => barely(one) === bare).length >= 2) {
    return 'frustrated';
  }
  return signs ? 'tense' : 'calm';
}

const barely = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

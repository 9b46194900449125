import type { Intent } from '@wheelhouse/core';

/** Fewer phrases than this are learned by heart rather than understood. */
export const enough_phrases = 5;

const bare = (phrase: string) =>
  phrase
    .toLowerCase()
    .normalize('NFKC')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** What keeps intents from being told apart, by the place of the intent it stands at. */
export function intentWarnings(intents: readonly Intent[]): Map<number, string[]> {
  const found = new Map<number, string[]>();
  const warn = (at: number, words: string) => found.set(at, [...(found.get(at) ?? []), words]);
  const owners = new Map<string, { at: number; phrase: string }[]>();
  const names = new Map<string, number>();
  intents.forEach(({ name, examples }, at) => {
    if (names.has(name)) warn(at, `Another intent is called ${name} as well.`);
    names.set(name, at);
    if (examples.length < enough_phrases) {
      warn(at, `${examples.length} of the ${enough_phrases} phrases it takes to be recognised.`);
    }
    for (const phrase of examples) {
      const key = bare(phrase);
      owners.set(key, [...(owners.get(key) ?? []), { at, phrase }]);
    }
  });
  for (const [key, all] of owners) {
    if (!key) continue;
    for (const { at, phrase } of all) {
      const other = all.find((one) => one.at !== at);
      const title = other && (intents[other.at]?.title ?? intents[other.at]?.name);
      if (other) warn(at, `“${phrase}” is a phrase of ${title} too.`);
    }
  }
  if (intents.length === 1)
    warn(0, 'With one intent alone only what is like its phrases is recognised; add a second.');
  return found;
}

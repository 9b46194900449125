const names = new Intl.DisplayNames(undefined, { type: 'language' });

const offered =
  'ar bg cs da de el en es et fi fr ga he hi hr hu id it ja ko lt lv nl no pl pt pt-BR ro ru sk sl sr sv th tr uk vi zh';

/** Languages to choose from, by their names; those that are known of are among them. */
export const languageChoices = (known: readonly (string | null)[]) =>
  [...new Set([...offered.split(' '), ...known.filter((tag) => tag !== null)])]
    .map((value) => ({ value, label: languageText(value) }))
    .sort((one, other) => one.label.localeCompare(other.label));

/** The name of a language by its tag ("de": "German"), as whoever reads here says it; the tag itself
 *  where nothing is known by it. */
export function languageText(tag: string): string {
  try {
    return names.of(tag) ?? tag;
  } catch {
    return tag;
  }
}

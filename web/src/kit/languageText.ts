const names = new Intl.DisplayNames(undefined, { type: 'language' });

/** The name of a language by its tag ("de": "German"), as whoever reads here says it; the tag itself
 *  where nothing is known by it. */
export function languageText(tag: string): string {
  try {
    return names.of(tag) ?? tag;
  } catch {
    return tag;
  }
}

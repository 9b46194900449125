import { ar } from './words/ar.ts';
import { de } from './words/de.ts';
import { en, type Words } from './words/en.ts';
import { es } from './words/es.ts';
import { fr } from './words/fr.ts';
import { pt } from './words/pt.ts';

export type { Words };

const all: Record<string, Words> = { en, de, fr, es, pt, ar };

/** A language tag in its usual form; nothing for what is none, as some browsers without a language of
 *  their own tell of themselves ("en-US@posix"). */
function canonical(tag: string): string[] {
  try {
    return Intl.getCanonicalLocales(tag);
  } catch {
    return [];
  }
}

/** How dates and times are written in the widget's language: as the browser's own region does where it
 *  speaks that language and the page names no region. */
function localeOf(language: string, tag: string): string {
  const [told = tag] = canonical(language);
  if (told !== tag) return told;
  const regions = navigator.languages.flatMap(canonical);
  return regions.find((one) => one.startsWith(`${tag}-`)) ?? tag;
}

/** The words for a language tag ("pt-BR"), English where there are none. */
export function wordsFor(language: string): {
  words: Words;
  direction: 'ltr' | 'rtl';
  tag: string;
} {
  const asked = language.toLowerCase().split(/[-_]/)[0] ?? '';
  const tag = all[asked] ? asked : 'en';
  const locale = localeOf(tag === asked ? language : tag, tag);
  const words = { ...(all[tag] ?? en), locale };
  return { words, direction: tag === 'ar' ? 'rtl' : 'ltr', tag };
}

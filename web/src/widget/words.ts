import { ar } from './words/ar.ts';
import { de } from './words/de.ts';
import { en, type Words } from './words/en.ts';
import { es } from './words/es.ts';
import { fr } from './words/fr.ts';
import { pt } from './words/pt.ts';

export type { Words };

const all: Record<string, Words> = { en, de, fr, es, pt, ar };

/** The words for a language tag ("pt-BR"), English where there are none. */
export function wordsFor(language: string): {
  words: Words;
  direction: 'ltr' | 'rtl';
  tag: string;
} {
  const tag = language.toLowerCase().split('-')[0] ?? 'en';
  const words = all[tag];
  return { words: words ?? en, direction: tag === 'ar' ? 'rtl' : 'ltr', tag: words ? tag : 'en' };
}

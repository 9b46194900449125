import type { Article, BotDefinition } from '@wheelhouse/core';
import { countText } from '../../kit/countText.ts';

type Posture = BotDefinition['posture'];

export const posture_words: Record<Posture, string> = {
  auto: 'Speaks by itself where its gate lets it',
  draft: 'Only drafts: a person sends each reply',
  off: 'Says nothing: a person comes at once',
};

export const source_words: Record<Article['source'], string> = {
  paste: 'Written here',
  upload: 'From a file',
  crawl: 'Fetched from its address',
  answers: 'From a colleague’s answer',
};

export const state_words: Record<Article['state'], string> = {
  live: 'Live',
  candidate: 'Candidate',
  retired: 'Retired',
};

/** A bot in a sentence. */
export const botSentence = ({ intents, posture, clarifies }: BotDefinition): string => {
  const knows = countText(intents.length, 'intent');
  const unsure = clarifies ? 'asks once when unsure' : 'hands over when unsure';
  return `${posture_words[posture]} · ${knows} · ${unsure}`;
};

/** A name out of a title: what addresses can carry of it. */
export const nameFrom = (title: string): string =>
  title
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 64)
    .replace(/-+$/, '');

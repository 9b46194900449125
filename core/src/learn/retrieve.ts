import { withoutSeams } from './spaceless.ts';
import { runsOf, termsOf } from './terms.ts';

/**
 * Which passage answers a question: BM25 (Robertson & Zaragoza 2009, doi 10.1561/1500000019) over
 * stemmed words, with k1 1.2 and b 0.75 as there, and title and heading counted twice, as their fields
 * weigh more (BM25F, same paper). A word of the question that no passage has borrows from words that
 * share most of its letters.
 *
 * The score of BM25 has no unit, so that no threshold on it means anything. The confidence is instead
 * the probability that the first passage is of the right article, by logistic regression on:
 * coverage (the share of the question's rarity that the passage has), lead (how far the first article
 * stands above the second) and how much the question says at all. A lead of few words is little: of one
 * word that a single passage has by chance it would be the greatest there is. The weights were fitted on
 * half of some 8,300 test questions of CLINC150 (with its out-of-scope ones) and Banking77, each set
 * asked of articles made of 3, 6 or 10 training questions an intent, with every fifth intent left out;
 * on the other half (n 4,145) what was .55 sure was right in 56% of cases, .65 in 69%, .75 in 70%, .86
 * in 88%, .96 in 93%. `npm run bench -- answers --data FOLDER` fits them anew and says what it finds.
 */

const saturation = 1.2;
const length_weight = 0.75;
/** How often a word of the title or heading counts. */
const title_weight = 2;
/** From this share of common runs on, two words count as the same, by that share. */
const least_likeness = 0.5;

export interface Passage {
  article: string;
  title: string;
  /** The headings above it, from the outermost. */
  heading: readonly string[];
  text: string;
}

export interface Found<Of extends Passage = Passage> {
  passage: Of;
  /** BM25; only good for comparing passages for the same question. */
  score: number;
  /** 0..1: the share of the question's words, by rarity, that the passage has. */
  coverage: number;
}

/** What a search came to, the best first. */
export interface Retrieval<Of extends Passage = Passage> {
  /** Probability 0..1 that the first one's article answers the question. */
  confidence: number;
  found: Found<Of>[];
}

/** What the confidence is made of, each 0..1, the lead up to .7. */
export interface Evidence {
  coverage: number;
  lead: number;
  substance: number;
}

/** Weights of the evidence. All weigh by coverage, and lead by substance too: who is ahead with next to
 *  nothing of the question, or of a question that says next to nothing, is no surer for it. */
const fitted = { bias: -2.11, coverage: 1.21, lead: 10.25, substance: 0.67 };

export function confidenceOf({ coverage, lead, substance }: Evidence): number {
  const weight = fitted.coverage + (fitted.lead * lead + fitted.substance) * substance;
  return 1 / (1 + Math.exp(-(fitted.bias + coverage * weight)));
}

interface Posting {
  at: number;
  count: number;
}

/** An index over passages, for reading alone; make another when they change. */
export class Retriever<Of extends Passage = Passage> {
  readonly passages: readonly Of[];
  readonly #postings = new Map<string, Posting[]>();
  readonly #words_by_run = new Map<string, string[]>();
  readonly #lengths: Float64Array;
  readonly #mean_length: number;

  constructor(passages: readonly Of[]) {
    this.passages = passages;
    this.#lengths = new Float64Array(passages.length);
    passages.forEach((passage, at) => {
      this.#add(passage, at);
    });
    const sum = this.#lengths.reduce((total, one) => total + one, 0);
    this.#mean_length = Math.max(1, sum / Math.max(1, passages.length));
    for (const word of this.#postings.keys()) {
      for (const run of runsOf(word)) {
        const words = this.#words_by_run.get(run);
        if (words) words.push(word);
        else this.#words_by_run.set(run, [word]);
      }
    }
  }

  /** The passages that have most of a question's words. Any string will do.
   *  @param top how many at most, at least 1 */
  search(question: string, top = 5): Retrieval<Of> {
    const asked = this.#askedIn(question);
    if (!asked.length || !this.passages.length) return { confidence: 0, found: [] };
    const scores = new Map<number, { score: number; covered: number }>();
    let mass = 0;
    for (const term of asked) mass += this.#gather(term, scores);
    const found = [...scores]
      .map(([at, { score, covered }]) => ({
        passage: this.passages[at] as Of,
        score,
        coverage: Math.min(1, covered / mass),
        at,
      }))
      .sort((a, b) => b.score - a.score || a.at - b.at);
    const evidence = evidenceIn(found, asked.length);
    return {
      confidence: evidence ? confidenceOf(evidence) : 0,
      found: found.slice(0, top).map(({ passage, score, coverage }) => ({
        passage,
        score,
        coverage,
      })),
    };
  }

  /** What a search's confidence is made of; undefined when nothing was found. */
  evidence(question: string): Evidence | undefined {
    const { found } = this.search(question, this.passages.length || 1);
    return evidenceIn(found, this.#askedIn(question).length);
  }

  #askedIn(question: string): readonly string[] {
    const terms = [...new Set(termsOf(question))].slice(0, most_terms);
    return withoutSeams(terms, (term) => this.#postings.has(term));
  }

  #add({ title, heading, text }: Of, at: number): void {
    const counts = new Map<string, number>();
    const count = (words: string[], weight: number) => {
      for (const word of words) counts.set(word, (counts.get(word) ?? 0) + weight);
    };
    count(termsOf(text), 1);
    count(termsOf([title, ...heading].join(' ')), title_weight);
    let length = 0;
    for (const [word, times] of counts) {
      length += times;
      const postings = this.#postings.get(word);
      if (postings) postings.push({ at, count: times });
      else this.#postings.set(word, [{ at, count: times }]);
    }
    this.#lengths[at] = length;
  }

  /** Adds one word of the question to the scores. @returns its rarity */
  #gather(term: string, scores: Map<number, { score: number; covered: number }>): number {
    const like = this.#postings.has(term) ? [{ word: term, share: 1 }] : this.#likeWords(term);
    // A word nobody wrote is as rare as can be: what the passages do not speak of lowers coverage.
    const rarity = Math.max(...like.map(({ word }) => this.#rarity(word)), 0) || this.#rarity('');
    const best = new Map<number, number>();
    for (const { word, share } of like) {
      for (const { at, count } of this.#postings.get(word) ?? []) {
        const relative = (this.#lengths[at] as number) / this.#mean_length;
        const norm = saturation * (1 - length_weight + length_weight * relative);
        const value = (share * this.#rarity(word) * count * (saturation + 1)) / (count + norm);
        if (value <= (best.get(at) ?? 0)) continue;
        const before = scores.get(at) ?? { score: 0, covered: 0 };
        before.score += value - (best.get(at) ?? 0);
        if (!best.has(at)) before.covered += share * rarity;
        best.set(at, value);
        scores.set(at, before);
      }
    }
    return rarity;
  }

  /** The words of the passages that share most letters with one that none of them has. */
  #likeWords(term: string): { word: string; share: number }[] {
    const runs = runsOf(term);
    const common = new Map<string, number>();
    for (const run of runs) {
      for (const word of this.#words_by_run.get(run) ?? []) {
        common.set(word, (common.get(word) ?? 0) + 1);
      }
    }
    return [...common]
      .map(([word, both]) => ({ word, share: (2 * both) / (runs.length + runsOf(word).length) }))
      .filter(({ share }) => share >= least_likeness)
      .sort((a, b) => b.share - a.share)
      .slice(0, 3);
  }

  #rarity(word: string): number {
    const having = this.#postings.get(word)?.length ?? 0;
    return Math.log(1 + (this.passages.length - having + 0.5) / (having + 0.5));
  }
}

/** A question is read this far, so that a search has a bound. */
const most_terms = 60;
/** From so many telling words on, a question says enough. */
const enough_terms = 4;
/** Further ahead than that an article says no more for itself. */
const far_ahead = 0.7;

function evidenceIn(found: readonly Found[], terms: number): Evidence | undefined {
  const [first] = found;
  if (!first) return undefined;
  const second = found.find(({ passage }) => passage.article !== first.passage.article);
  return {
    coverage: first.coverage,
    lead: Math.min(far_ahead, second ? 1 - second.score / first.score : 1),
    substance: Math.min(1, terms / enough_terms),
  };
}

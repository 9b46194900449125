import { tokens } from './features.ts';
import { isSpaceless, pairsIn, runsOfPair, scriptRuns, tellingPairsIn } from './spaceless.ts';

/**
 * Words as a search compares them: without accents and endings. One light stemmer serves six languages
 * (English, German, French, Spanish, Italian, Portuguese); it cuts the endings of number, gender and
 * verb that they share, never below three letters, as Harman's S-stemmer and Savoy's light stemmers
 * do (J. Am. Soc. Inf. Sci. 42(1), 1991; SAC 2006). Cutting too little is mended by `runsOf`: two
 * words that share most runs of four letters count as partly the same. Scripts without spaces have pairs
 * of characters for words.
 */

const accents = /\p{M}+/gu;
const endings =
  /(?:mente|ements|ement|ations|ation|aciones|acion|azioni|azione|acoes|acao|ungen|ung|ings|ing|ies|ied|ers|ern|ed|es|en|em|er|ees|ee|e|s|n|a|o|i|os|as)$/;
const doubled = /([bdfglmnprt])\1$/;
const shortest_stem = 3;
const run_length = 4;

/** A word as it is compared. */
export function stemOf(word: string): string {
  const bare = word.normalize('NFD').replace(accents, '').replaceAll('ß', 'ss');
  if (bare.length <= shortest_stem + 1 || /\p{N}/u.test(bare)) return bare;
  const cut = bare.replace(endings, '');
  const stem = cut.length >= shortest_stem ? cut : bare;
  // "stopped", "stop"; "cries", "cry".
  return stem.replace(doubled, '$1').replace(/y$/, 'i');
}

/** The runs of four letters in a word, its edges included, which forgive what the stemmer missed. */
export function runsOf(stem: string): string[] {
  if (isSpaceless(stem)) return runsOfPair(stem);
  const edged = `^${stem}$`;
  if (edged.length <= run_length) return [edged];
  return Array.from({ length: edged.length - run_length + 1 }, (_, i) =>
    edged.slice(i, i + run_length),
  );
}

/** The words of a text that say what it is about, in order, as they are compared. */
export const termsOf = (text: string): string[] => wordsIn(text).flatMap(tellingTerms);

/** All words of a text, as they are compared. */
export const everyTermOf = (text: string): string[] =>
  wordsIn(text).flatMap((word) => (isSpaceless(word) ? pairsIn(word) : [stemOf(word)]));

const wordsIn = (text: string): string[] =>
  tokens(text)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .flatMap(scriptRuns);

function tellingTerms(word: string): string[] {
  if (isSpaceless(word)) return tellingPairsIn(word);
  return stop_words.has(word) ? [] : [stemOf(word)];
}

/** Words that stand in every question, whatever it is about. */
const stop_words = new Set(
  `a about after all also am an and any are as at be been before but by can cant could did didnt do
  does doesnt dont for from get give had has have havent hello help her hey hi him his how i id if ill
  im in into is isnt it its ive just know let like make me more my need no not now of off on one or our
  out over please should so some tell than thank thanks that the their them then there these they this
  to too up us use using want was we were what whats when where which who why will wish with wont would
  you your
  aber als am an auch auf aus bei bin bitte das dass dein dem den der des die dir du ein eine einem
  einen einer es für haben hallo hat habe ich ihr ihre im in ist kann kannst können könnt man mein meine
  meinem meinen meiner mich mir mit muss möchte nach nicht noch nun oder sein sich sie sind so um und
  uns von vor war warum was wenn wer werden wie wieso will wir wird wo wofür wurde zu zum zur über
  à au aux avec bonjour ce ces cest comment dans de des du elle en est et être il ils j jai je la le les
  leur lui ma mais me mes moi mon ne nous on ou où par pas peux plus pour pourquoi puis quand que quel
  quelle qui quoi sa se ses si son sont sur ta tu un une veux voudrais vos votre vous y
  al como cómo con cual cuál cuando cuándo de del donde dónde el ella en eres es esta está este favor
  hay hola la las lo los mas me mi mis muy no nos o para pero por porque puedo que qué quiero quien se
  ser si sin su sus te tengo tu un una y ya yo
  alla anche che chi ci ciao come con cosa cui da dal della delle dei di dove e è gli grazie ha hai ho
  il io la le lo ma mi mia mie miei mio nel nella non o per perché più posso quando quale quanto si
  sono su sul tra un una uno vorrei
  ao aos as com da das do dos e é ela ele em eu isso mas meu meus minha minhas na não nas no nos o os
  ou onde para pela pelo por posso quais qual quando quero se sem seu sua são tem tenho um uma você`
    .split(/\s+/)
    .filter(Boolean),
);

import { onlyNames } from './gathered.ts';
import { isSpaceless } from './learn/spaceless.ts';
import { termsOf } from './learn/terms.ts';
import { sentencesOf } from './sentence.ts';
import { smallTalkOf } from './small-talk.ts';

const mark = /[?？؟]["'”’»)\]」』）]*\s*$/u;

/** How questions begin that nobody puts a mark behind. After a word that also opens a clause ("When I
 *  opened the box…") a verb must follow. */
const auxiliary =
  '(?:is|are|am|was|were|do|does|did|can|could|will|would|should|may|has|have|must|shall)';
const openers: readonly RegExp[] = [
  RegExp(
    `^(?:how|what|when|where|why|who|whose|which)(?:['’]s | (?:[\\p{L}]+ ){0,2}?${auxiliary} )`,
    'iu',
  ),
  /^how (?:to|much|many|long|far|old|often|soon|come) /iu,
  /^(?:can|could|do|does|did|is|are|was|were|will|would|should|may|has|have) (?:i|you|we|they|it|he|she|there|the|this|that|these|those|my|your|our) /iu,
  /^(?:wie|was|wann|wo|woher|wohin|warum|wieso|weshalb|wer|wem|wen|welche[rsnm]?|wofür|womit) (?:\p{L}+ ){0,2}?(?:ist|sind|war|hat|haben|kann|können|könnt|könnte|muss|müssen|darf|soll|sollte|wird|werden|gibt|geht|kostet|kosten|lange|viel|viele|komme|kommt|bekomme|mache|macht|finde|liefert|liefern|öffnet|dauert)(?!\p{L})/iu,
  /^(?:kann|können|könnt|könnten|darf|muss|gibt|haben|habt|ist|sind|liefern|liefert|verkaufen|verkauft|bieten|nehmen) (?:ich|man|sie|ihr|wir|es|der|die|das|mein|meine|diese[rsn]?) /iu,
  /^(?:est[- ]ce que|qu['’]est[- ]ce|comment|quand|où|pourquoi|combien|quel(?:le)?s? (?:est|sont)|puis[- ]je|peut[- ]on|avez[- ]vous|pouvez[- ]vous|y a[- ]t[- ]il) ?/iu,
  /^¿|^(?:cómo|cuándo|dónde|cuánt[oa]s?|por qué|cuáles?|qué) /iu,
  /^(?:come (?:posso|faccio|si)|quando|dove|perché|quant[oaie]|quale|quali|posso|avete|potete) /iu,
  /^(?:como (?:posso|faço|é)|quando|onde|por que|quant[oa]s?|qual|quais|posso|vocês) /iu,
];
/** What makes a question of a sentence in scripts without spaces, wherever it stands. */
const within =
  /[吗嗎呢]|什么|什麼|怎么|怎麼|如何|多少|多久|哪[里裡个個儿些]|几点|(?:です|ます|でしょう)か|ไหม|อย่างไร|เท่าไร/u;
const before =
  /^(?:(?:and|also|but|so|then|please|hi|hello|hey|und|auch|aber|bitte|hallo|et|mais|bonjour|y|pero|hola|e|ma|ciao|mas|olá)(?:,? +|$))+/iu;

/** Words that a question about anything has: who asks no more than these asks nothing yet ("Anyone
 *  there?", "Can I ask you something?", "ok?"). */
const empty = new Set(
  termsOf(
    `anyone anybody someone somebody question questions quick ask asking something anything okay ok right
    really sure understand understood mean wrong listening reading correct possible problem issue
    frage fragen jemand etwas richtig echt wirklich okay verstehen verstanden hilfe helfen
    quelqu quelque chose demander vrai aide aider pregunta preguntar alguien algo verdad ayuda ayudar
    domanda chiedere qualcuno qualcosa vero aiuto aiutare pergunta perguntar alguém verdade ajuda ajudar`,
  ),
);

const asks = (sentence: string): boolean => {
  const bare = sentence.trim().replace(before, '');
  if (mark.test(bare)) return true;
  return isSpaceless(bare) ? within.test(bare) : openers.some((one) => one.test(bare));
};
const saysSomething = (sentence: string): boolean =>
  !smallTalkOf(sentence) &&
  !onlyNames(sentence) &&
  termsOf(sentence).some((term) => !empty.has(term));

/** The sentence in which a customer's words ask for something that can be known: with a mark, or begun as
 *  questions are. What only tells ("I bought a stove last week.") asks nothing, nor does what only opens
 *  a talk. @returns undefined when there is none */
export const openQuestionIn = (text: string): string | undefined =>
  sentencesOf(text).findLast((one) => asks(one) && saysSomething(one));

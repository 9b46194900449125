import { bareArabic } from './asks.ts';
import { sentencesOf } from './sentence.ts';
import { smallTalkOf } from './small-talk.ts';

/**
 * Words by which customers say that an answer was none: it did not help, or is not what they asked
 * (rule W85). Deliberately narrow: "it does not work" may be said of a lamp, so what did not help must
 * be the answer, or "that". Whole sentences or clauses, in seven languages.
 */
const rebuffs: readonly RegExp[] = [
  /^(?:(?:no|sorry|well|but|ok) )*(?:(?:that|this|it|which|your answer|the answer|your reply)(?: really| still)? )?(?:did ?nt|did not|does ?nt|does not|is ?nt|is not|was ?nt|was not|s not|not|has ?nt|has not)(?: really| very| any| at all)? ?(?:help|helps|helped|helping|helpful|useful|of (?:any )?(?:help|use))(?: me| us)?(?: at all| much| either)?$/u,
  /^(?:(?:no|sorry|well|but|ok) )*(?:(?:that|this|it)(?: is| was|s)? )?(?:is ?nt |was ?nt )?(?:not )?(?:at all )?what i (?:asked|meant|mean|wanted|want|was asking|am asking|asked you|needed|need)(?: for| about| to know)?$/u,
  /^(?:(?:no|sorry|well|but|ok) )*(?:(?:that|this|it)(?: is| was|s)? )?(?:an? |the )?(?:completely |totally )?(?:wrong|useless|bad|not an?|no) answer$/u,
  /^(?:(?:no|sorry|well|but) )*(?:you|that|this|it)(?: still)? (?:did ?nt|did not|does ?nt|does not|do ?nt|do not|have ?nt|have not)(?: really)? (?:answer|answered|understand|understood)(?: my| the| me| what)?(?: question| i asked)?$/u,
  /^(?:nein )?(?:das|dies|die antwort|ihre antwort) (?:hat|hilft|half|ist|war) (?:mir )?(?:leider |so |auch )?(?:gar |überhaupt )?nicht(?: weiter| viel)?(?: geholfen| hilfreich| weitergeholfen)?(?: weiter)?$/u,
  /^(?:nein )?(?:das (?:ist|war) |danach |das )?(?:habe ich )?nicht (?:das )?(?:was ich (?:gefragt|gemeint|wissen|gesucht)(?: habe| wollte)?|meine frage|gefragt|gemeint)$/u,
  /^(?:nein )?(?:das (?:ist|war) )?(?:leider )?(?:eine |die )?(?:falsche antwort|keine antwort(?: auf meine frage)?)$/u,
  /^(?:nein )?(?:das )?beantwortet (?:meine|die) frage nicht$/u,
  /^(?:non )?(?:ça|ca|cela|ceci|votre réponse) (?:ne )?(?:maide|aide|ma aidée?|ma|a)(?: vraiment)? pas(?: aidée?| du tout)?$/u,
  /^(?:non )?(?:ce (?:nest|nétait) )?pas (?:ce que (?:jai demandé|je demande|je demandais|je voulais|je cherche)|ma question|utile)$/u,
  /^(?:non )?(?:cest (?:une )?)?(?:la )?(?:mauvaise réponse|réponse fausse)$/u,
  /^(?:non )?(?:vous navez|tu nas|ça ne|cela ne) (?:pas )?(?:répondu|répond)(?: pas)?(?: à ma question)?$/u,
  /^(?:no )?(?:eso |esto )?no (?:me )?(?:ayuda|ayudó|ha ayudado|sirve|sirvió|ha servido)(?: de nada| para nada)?$/u,
  /^(?:no )?(?:eso |esto )?no (?:es|era) (?:lo que (?:pregunté|he preguntado|pregunto|pedí|quería)|mi pregunta)$/u,
  /^(?:no )?(?:es (?:una )?)?respuesta (?:incorrecta|equivocada)$/u,
  /^(?:no )?(?:eso )?no (?:responde|respondió|contesta)(?: a)? mi pregunta$/u,
  /^(?:não )?(?:isso |isto )?não (?:me )?(?:ajuda|ajudou|serve|serviu)(?: nada| em nada)?$/u,
  /^(?:não )?(?:isso |isto )?não (?:é|era|foi) (?:isso )?(?:o que (?:eu )?(?:perguntei|pedi|queria)|a minha pergunta|minha pergunta)$/u,
  /^(?:não )?(?:é (?:uma )?)?resposta errada$/u,
  /^(?:isso )?não (?:responde|respondeu)(?: à| a)? minha pergunta$/u,
  /^(?:no )?(?:questo |ciò )?non (?:mi )?(?:aiuta|è servito|ha aiutato|è utile|serve)(?: a niente| per niente| a nulla)?$/u,
  /^(?:no )?(?:questo )?non (?:è|era) (?:quello|ciò|quel) che (?:ho chiesto|chiedevo|volevo|intendevo)$/u,
  /^(?:no )?(?:è (?:una )?)?(?:la )?risposta sbagliata$/u,
  /^(?:questo )?non (?:risponde|ha risposto) alla mia domanda$/u,
  /^(?:لا )?(?:هذا )?(?:لا يساعد|لم يساعد|لا يفيد|لم يفد)(?:ني)?$/u,
  /^(?:لا )?(?:هذا )?ليس(?: هذا)? (?:ما|الذي) (?:سالت|اسال|اردت|قصدت)(?: عنه)?$/u,
  /^(?:لا )?(?:هذه )?(?:اجابة|الاجابة) (?:خاطئة|خطا)$/u,
];
/** What may stand beside a rebuff and asks for nothing. */
const aside = /^(?:no|nope|nein|non|não|لا|sorry|hm+|well|but|unfortunately|leider|i said|again)$/u;

const plainOf = (text: string): string =>
  bareArabic(text.normalize('NFC'))
    .toLowerCase()
    .replaceAll(/['’]/g, '')
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();

const isRebuff = (part: string): boolean => rebuffs.some((one) => one.test(plainOf(part)));

/** What is left of a customer's words beside their saying that the answer was none; empty when that is
 *  all. @returns undefined when they do not say so */
export function besideRebuff(text: string): string | undefined {
  const parts = sentencesOf(text).flatMap((one) =>
    isRebuff(one) ? [one] : one.split(/(?<=[,;،؛])\s+/u),
  );
  const left = parts.filter((part) => !isRebuff(part));
  if (left.length === parts.length) return undefined;
  return left
    .filter((part) => plainOf(part) && !aside.test(plainOf(part)) && !smallTalkOf(part))
    .join(' ')
    .trim();
}

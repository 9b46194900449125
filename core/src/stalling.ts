import { sentencesOf } from './sentence.ts';
import { smallTalkOf } from './small-talk.ts';

/** Whole sentences by which one gains time, or says who one is, in the languages that the bot speaks.
 *  What else a sentence tells may be the answer, so each is read to its end. */
const stalls: readonly RegExp[] = [
  /^(?:(?:ok(?:ay)?|right|sure|well|so|thanks|thank you|hi|hello|hey)[,.! ]+(?:\p{L}+[,.! ]+)?)*(?:just )?(?:(?:please )?(?:give me|hang on|hold on|wait|bear with me|just|one|a)(?: for)?(?: just)?(?: a| one| another| few| couple of| short)* ?(?:moments?|minutes?|mins?|seconds?|secs?|sec|bit|while)?(?: please)?|(?:please )?(?:hang on|hold on|bear with me|stand by|wait)(?: please)?)$/iu,
  /^(?:(?:ok(?:ay)?|right|sure|well|so|hi|hello|hey)[,.! ]+(?:\p{L}+[,.! ]+)?)*(?:please )?(?:let me|i(?:['’]ll| will| am going to|['’]m going to| have to| need to| must)?|we(?:['’]ll| will)?|allow me to|i am|i['’]m|we are|we['’]re) (?:just |quickly |now )?(?:see|check|look|ask|find out|have a look|take a look|look into|look(?:ing)? (?:into|at|up)|checking|asking|finding out|investigate|get back to you|come back to you|be (?:right )?back|be with you)(?: (?:that|this|it|for you|into it|into that|into this|at it|at this|at that|up|who|what|whether|if|how|with|about|on|a|the|my|our|your|can|could|is|are|colleagues?|team|order|that for you|answer|know|knows|soon|shortly|right|away|in|moment|minute|few|minutes|now|quickly|somebody|someone|here|to|you))*$/iu,
  /^(?:(?:[Hh]i|[Hh]ello|[Hh]ey|[Gg]ood (?:morning|afternoon|evening))[,.! ]+(?:\p{L}+[,.! ]+)?)?(?:[Tt]his is|I am|I['’]m|[Mm]y name is|[Yy]ou are (?:now )?(?:speaking|talking|chatting) (?:to|with)) \p{Lu}\p{L}+(?: (?:from|of|at|in) .{2,40}| here| speaking)?$/u,
  /^(?:(?:ok(?:ay)?|hallo|ja|gut|so)[,.! ]+(?:\p{L}+[,.! ]+)?)*(?:bitte )?(?:(?:einen|eine|ein) )?(?:kleinen |kurzen )?(?:moment|augenblick|sekunde|minute)(?: bitte| geduld)*$/iu,
  /^(?:ok(?:ay)?[,.! ]+)?(?:ich|wir|lassen sie mich|lass mich) (?:sehe|schaue|schau|prüfe|frage|kläre|erkundige mich|melde mich|sehen|schauen|prüfen|fragen|klären|nachsehen|nachschauen|kurz)(?: (?:das|es|mal|kurz|eben|gleich|schnell|nach|für sie|für dich|einen kollegen|eine kollegin|im team|wieder|bei ihnen|nachsehen|nachschauen|prüfen|fragen))*$/iu,
  /^(?:[Hh]allo[,.! ]+)?(?:[Hh]ier (?:ist|spricht)|[Ii]ch bin|[Mm]ein Name ist) \p{Lu}\p{L}+(?: (?:aus|von|vom) .{2,40})?$/u,
  /^(?:ok[,.! ]+|bonjour[,.! ]+)?(?:un (?:petit )?(?:instant|moment)|une (?:petite )?(?:seconde|minute)|patientez)(?: (?:svp|s['’]il (?:vous|te) pla[iî]t))?$/iu,
  /^(?:je (?:regarde|vérifie|demande|me renseigne|reviens vers vous)|laissez[- ]moi (?:regarder|vérifier|voir|demander))(?: (?:ça|cela|pour vous|tout de suite|à un collègue))*$/iu,
  /^(?:ok[,.! ]+|hola[,.! ]+)?(?:un (?:momento|segundo|minuto|momentito)|espere|espera)(?:,? por favor)?$/iu,
  /^(?:lo (?:miro|compruebo|consulto|pregunto)|d[eé]jame (?:ver|mirar|comprobar|preguntar)|d[eé]jeme (?:ver|mirar|comprobar|preguntar)|voy a (?:mirar|comprobar|preguntar))(?:lo)?(?: (?:ahora|un momento|a un compañero))*$/iu,
  /^(?:um (?:momento|instante|segundo|minuto|momentinho)|só um (?:momento|instante|minuto)|aguarde)(?:,? por favor)?$/iu,
  /^(?:vou (?:ver|verificar|perguntar|confirmar)|deixe-me (?:ver|verificar)|deixa eu ver)(?: (?:isso|agora|com um colega|para si|para você))*$/iu,
  /^(?:un (?:attimo|momento|secondo|minuto)|attenda|aspetti)(?:,? per favore| prego)?$/iu,
  /^(?:(?:ora )?(?:controllo|verifico|chiedo|guardo)|mi lasci (?:vedere|controllare)|fammi (?:vedere|controllare))(?: (?:subito|un attimo|a un collega))*$/iu,
  /^(?:لحظة|دقيقة|ثواني|انتظر)(?: (?:واحدة|من فضلك|لو سمحت))*$/u,
];
const longest = 160;

/** Whether somebody only gains time, says who they are or is polite: nothing of it answers a question
 *  ("Hello, this is Rita. One moment please."). */
export function isStalling(text: string): boolean {
  const sentences = sentencesOf(text).map((one) => one.replaceAll(/[\s.!?…,;:]+$/gu, '').trim());
  const told = sentences.filter(Boolean);
  return (
    told.length > 0 &&
    told.every(
      (one) =>
        one.length <= longest &&
        (smallTalkOf(one) !== undefined || stalls.some((stall) => stall.test(one))),
    )
  );
}

/** Words by which people ask for a person rather than a bot, in seven languages. Whole phrases only:
 *  "the person who delivered it" asks for nobody. */
const phrases: readonly RegExp[] = [
  /\b(talk|speak|chat|connect me|put me through|transfer me|get me)\b.{0,30}\b(human|person|agent|someone|somebody|representative|advisor|operator|staff|manager|real person)\b/iu,
  /\b(real|live|actual) (human|person|agent|people)\b/iu,
  /\b(human|agent|operator|representative)( please| now)?[.!?]*$/iu,
  /\b(want|need|prefer|give me|get me|can i have) (to have )?(an? |any )?(real |live |actual )?(human|person|agent)( being)?( please| now| instead)?[.!?]*$/iu,
  /^(an? )?(real |live |actual )?(human|person)( being)?,?( please| now)?[.!?]*$/iu,
  /\b(not|stop|no more|hate) (a |talking to (a |this )?)?(bot|robot|machine)s?\b/iu,
  /\b(mit|an) (einem|einer|nem|ner) (menschen|mitarbeiter|mitarbeiterin|berater|beraterin|person)\b/iu,
  /\b(menschen|mitarbeiter) sprechen\b/iu,
  /\bparler (à|avec) (un|une|quelqu)/iu,
  /\b(un|une) (humain|vraie personne|conseiller|conseillère)\b/iu,
  /\b(hablar|comunicarme) con (una persona|alguien|un agente|un humano|un asesor)/iu,
  /\bfalar com (uma pessoa|alguém|um atendente|um humano)/iu,
  /\bparlare con (una persona|qualcuno|un operatore|un umano)/iu,
  /(تحدث|تكلم|حديث|كلام|تواصل).{0,12}(مع|الى) ?(شخص|انسان|موظف|بشر|احد|مندوب|وكيل|خدمة العملاء)/u,
  /(اريد|اود|احتاج) (الى )?(شخص|انسان|موظف|مندوب)ا?( حقيقي| بشري)?ا?[.!؟]*$/u,
  /(شخص|انسان|موظف)ا? (حقيقي|بشري)/u,
];

/** Whether a customer asks for a person in so many words. Nothing is weighed against it: whoever asks
 *  gets one (rule W7). */
export const asksForPerson = (text: string): boolean =>
  phrases.some((phrase) => phrase.test(bareArabic(text.normalize('NFC'))));

/** Arabic as most people type it: without its vowel marks and stretchings, and one form of alef.
 *  Other writings stay as they are. */
export const bareArabic = (text: string): string =>
  text.replaceAll(/[\u0640\u064b-\u0652]/g, '').replaceAll(/[أإآ]/g, 'ا');

/** Fills braces in an answer with facts ("{contact.name}"). What is not known is left out, with the
 *  comma and the space before it ("Hello, {contact.name}!" greets nobody by name); nothing is run.
 *  @param facts dotted names to texts */
export const filled = (answer: string, facts: ReadonlyMap<string, string>): string =>
  answer.replace(
    /([,،、]? ?)\{([a-z_]+(?:\.[a-z_]+)*)\}/giu,
    (_all, before: string, name: string) => {
      const fact = facts.get(name);
      return fact === undefined ? '' : `${before}${fact}`;
    },
  );

import { asSpelled } from './chat-spelling.ts';
import { type Wish, wishes } from './wishes.ts';

/** Words by which people ask for a person rather than a bot, in the languages that the bot speaks. Who
 *  is spoken to, or wanted, must be named: "the person who delivered it" and "become an agent" ask for
 *  nobody. */
const en =
  '(?:humans?(?: being)?|persons?|people|agents?|some ?one|somebody|any ?one|anybody|representatives?|rep|advis[eo]rs?|operators?|staff|managers?|supervisors?|employees?|team|customer (?:service|support|care)|support)';
const wanted_en =
  '(?:(?:real|actual|live) (?:person|human|agent)|human(?: being| agent)?|representative|operator|customer service agent)';
/** What follows a wish for a call: "call me Anna" is a name, and "will the courier call me" asks of
 *  somebody else. */
const called =
  '(?: back| up)?(?:(?: please)?[.,;:!?…]*$| *[.,;:!?…+(\\d]| (?:please|on|at|under|now|asap|today|tonight|tomorrow|later|soon|when|as soon|this (?:morning|afternoon|evening|week)|in|before|after|about|regarding|because|instead|with)\\b)';
const phrases: readonly RegExp[] = [
  RegExp(
    `\\b(?:talk|speak|chat|connect me|put me through|transfer me|pass me(?: on)?)(?: directly| live| now)? (?:to|with) (?!(?:my|our|his|her|their) )(?:[\\p{L}'’]+ ){0,3}?${en}\\b(?! who\\b)`,
    'iu',
  ),
  RegExp(
    `\\b(?:want|need|prefer|get|give me|like|have|send me|is there)(?: me| to have)? (?:an? |some |any |the )?${wanted_en}\\b(?! who\\b)`,
    'iu',
  ),
  RegExp(`\\bget me (?:an? |some |the |your )?${en}\\b`, 'iu'),
  /\b(?:real|live|actual) (?:human|person|agent|people)\b/iu,
  /\b(?:want|need|prefer|give me|get me|can i have) (?:to have )?(?:an? |any )?(?:real |live |actual )?(?:human|person|agent)(?: being)?(?: please| now| instead| again| here| back| for this| to help(?: me)?)*[.!?]*$/iu,
  RegExp(
    `\\b(?:(?:can|could|would|will|please have|have) (?:some ?one|somebody|any ?one|anybody|a person)|(?:want|like|need) (?:you|some ?one|somebody) to)(?: please)? (?:call|phone|ring) me${called}`,
    'iu',
  ),
  RegExp(
    `(?:^|[.,;:!?…]\\s*|\\b(?:please|just|and|so|(?<!\\b(?:what|how) )(?:can|could|would|will|should) you(?: please)?) )(?:call|ring|phone) me${called}`,
    'iu',
  ),
  /(?:^|[.,;:!?…]\s*|\b(?:please|just|and|so|(?:can|could|would|will|should) (?:you|some ?one|somebody|i)(?: please)?) )(?:give me|get|have) a (?:quick |phone )?(?:call(?: ?back)?|ring|buzz)\b(?! (?:started|to|from)\b)/iu,
  /\b(?:want|need|like|request|prefer) (?:to (?:have|get|request) )?an? (?:phone |quick )?call ?back\b/iu,
  /\b(?:get|fetch|find|bring in|give)(?: me)? (?:some ?one|somebody|any ?one|anybody)(?: (?:alive|real|human|else|from|in)\b|(?: please| now| here)*[.!?]*$)/iu,
  RegExp(
    `\\bhelp from (?:an? |some |the |your )?(?:real |actual |live )?${en}\\b(?! who\\b)`,
    'iu',
  ),
  /^\W*(?:hello,? |hi,? |hey,? )?(?:is |are )?(?:there )?(?:any ?one|anybody|some ?one|somebody)(?: alive| real| human)? (?:there|here|home|alive|around)\W*$/iu,
  /\b(?:a|any) (?:living|real|human) (?:soul|being)\b/iu,
  /\b(?:connect|transfer|put|patch) me(?: through| over)?(?: please| now)*[.!?]*$/iu,
  /\b(?:can|could|would|will) (?:you|u) (?:please )?(?:transfer|connect|escalate)(?: me)?(?: please| now)*[.!?]*$/iu,
  /\bback to (?:an? |the |your |my )?(?:real |live |actual )?(?:human|person|agent|representative|operator|advis[eo]r|colleague)s?\b(?! who\b)/iu,
  /(?:^|[.,!?] *)(?:please,? )?no (?:more )?(?:bots?|robots?|machines?|ai)(?: please| anymore)*[.!?]*$/iu,
  /\bescalate (?:this|it|that|my (?:case|issue|problem|complaint|ticket|request))\b/iu,
  /\b(?:not|stop|no more|hate) (?:a |talking to (?:a |this )?)?(?:bot|robot|machine)s?\b/iu,
  /\b(?:not|n['’]?t|hate|tired of|sick of|stop|no more|enough of|instead of)(?: want| like| wish| going)?(?: to)? (?:talk|speak|chat|deal|writ|argu|convers)(?:e|t?ing)? (?:to|with) (?:an? |the |this |your |some )?(?:\p{L}+ )?(?:bot|robot|chatbot|machine|computer|ai|algorithm)s?\b/iu,
  /\b(?:stop|enough|away|done|off) with (?:the|this|that|your|these) (?:\p{L}+ )?(?:bot|robot|chatbot|machine)s?\b/iu,
  /(?<!\p{L})(?:mit|an) (?:(?:einem|einer|nem|ner|Ihrem|Ihrer|eurem|dem|der|echten|richtigen) ){1,3}(?:menschen|mitarbeiter|mitarbeiterin|berater|beraterin|person|kundenservice|kundendienst|support)(?!\p{L})/iu,
  /(?<!\p{L})(?:menschen|mitarbeiter|mitarbeiterin|berater|beraterin|jemanden?|jemandem|kundenservice|kundendienst) (?:\p{L}+ )?(?:sprechen|reden|verbunden|verbinden)(?!\p{L})/iu,
  /(?<!\p{L})(?:echte[nrm]?|richtige[nrm]?) (?:menschen|mensch|person|mitarbeiter|mitarbeiterin)(?!\p{L})/iu,
  /(?<!\p{L})(?:jemand (?:bitte )?(?:anrufen|zurückrufen)|(?:bitte|um|einen) rückruf|(?:rufen sie|ruft|rufe?) mich(?! (?:\p{L}+ )?nicht)|(?:können|könnten|würden|kannst|könnt) (?:sie|du|ihr) mich (?:bitte )?(?:an|zurück)rufen|mich (?:bitte )?(?:unter [+\d][\d /()-]* )(?:an|zurück)rufen)(?!\p{L})/iu,
  /(?<!\p{L})parler (?:à|a|avec) (?:un|une|quelqu|votre|vos|le service|la personne)/iu,
  /(?<!\p{L})(?:un|une|vrai|vraie) (?:humain|personne réelle|vraie personne|vrai humain|agent humain|conseiller|conseillère)(?!\p{L})/iu,
  /(?<!\p{L})(?:(?:r?appelez|r?appelle|téléphonez)[- ]moi|(?:pouvez|pourriez|voulez|peux|pourrais)[- ](?:vous|tu) (?:(?:m['’](?:appeler|téléphoner))|me (?:rappeler|téléphoner))|passez[- ]moi un coup de (?:fil|téléphone)|(?:être|etre) rappelée?|quelqu['’]un (?:peut|pourrait|pour) m['’]appeler)(?!\p{L})/iu,
  /(?<!\p{L})(?:hablar|comunicarme|chatear) con (?:una persona|alguien|una? agente|un humano|una? asesora?|una? representante|una? operadora?|atención al cliente|soporte)/iu,
  /(?<!\p{L})(?:persona real|agente humano|persona de verdad|me (?:llame|llamen) alguien|alguien (?:que )?me (?:llame|llamen)|ll[aá]m[ea](?:n|d)?me|(?:puede|pueden|puedes|podría|podrían|podrías) llamarme|me (?:puede|pueden|puedes|podría|podrían) llamar)(?!\p{L})/iu,
  /(?<!\p{L})falar com (?:(?:uma? )?(?:pessoa|alguém|atendente|humano|agente|operadora?|funcionári[oa])|o (?:suporte|atendimento))/iu,
  /(?<!\p{L})(?:pessoa (?:real|de verdade)|atendimento humano|atendente humano|alguém (?:pode )?me ligar?|(?:ligue|liguem|liga)[- ](?:me|para mim)|(?:por favor,? |(?<=^|[.,;!?] ))me (?:ligue|liguem)|(?:pode|podem|poderia|poderiam) (?:me ligar|ligar[- ](?:me|para mim)))(?!\p{L})/iu,
  /(?<!\p{L})parlare con (?:una persona|qualcuno|un['’ ]?\s?(?:operatore|operatrice|umano|agente)|l['’]assistenza)/iu,
  /(?<!\p{L})(?:persona (?:vera|reale)|operatore umano|qualcuno (?:può|puo) chiamarmi|(?:ri)?chiamatemi|(?:ri)?chiamami|mi (?:ri)?chiami(?:no)?|telefonatemi|(?:può|puo|puoi|potete|potrebbe|potreste) (?:(?:ri)?chiamarmi|telefonarmi))(?!\p{L})/iu,
  /(تحدث|تكلم|حديث|كلام|تواصل|اكلم|حولني|تحويلي).{0,12}(مع|الى) ?(شخص|انسان|موظف|بشر|احد|مندوب|وكيل|خدمة العملاء)/u,
  /(اريد|اود|احتاج) (الى )?(شخص|انسان|موظف|مندوب)ا?( حقيقي| بشري)?ا?[.!؟]*$/u,
  /(شخص|انسان|موظف)ا? (حقيقي|بشري)/u,
  /(?:^|[.،؛!؟] ?|من فضلك |رجاء |لو سمحتم? |ارجوكم? )(?:اتصل|اتصلي|اتصلوا|كلموني|كلمني)(?: بي)?(?!\p{L})/u,
  /(?:ممكن|يمكنكم?|ارجو|اريد|اود)(?: منكم)?(?: ان)? (?:الاتصال|تتصل|تتصلوا|تتصلي) بي(?!\p{L})/u,
];

/** What right before a wish makes it none: "I do not want to …". Why it is refused is a wish again
 *  ("why can I not talk to a person"), so that a bare "not" is not enough. */
const negations: readonly RegExp[] = [
  // Who asks whether it is one, or whether one is needed, wants none.
  /\b(?:are you|you are|you['’]?re|your|be|is (?:this|it)|am i (?:now |even )?(?:speaking|talking|chatting) (?:to|with)|like)(?:,? (?:really|actually|an?|the|or|bot|robot|chatbot|computer|machine|ai|software|automated|live|real|actual|right now|person|human(?: being)?|artificial intelligence|program))*,? $/iu,
  /\b(?:do|must|should) (?:i|we) (?:really )?(?:(?:have|need) to )?$/iu,
  /\bi(?: am|['’]?m) $/iu,
  /\b(?:do|does|did|would|will)(?: not|n['’]?t)(?: really| even)? (?:(?:want|need|wish|like|care|have)(?: to)?(?: be)? )?$/iu,
  /\b(?:no need (?:to|for)|needn['’]?t|need not|not (?:want|need)(?: to)?|instead of|rather than|without(?: having to)?) $/iu,
  /(?:will|möchte|muss|brauche|wollte)(?: \p{L}+){0,3} (?:nicht|kein\p{L}*)(?: (?:mit|an))?(?: (?:ein|d)\p{L}{1,3})? $/iu,
  /(?:ne|n['’]) ?(?:veux|voudrais|souhaite|désire|ai) pas (?:besoin de )?(?:d['’]?(?: ?un |e )?)?(?:parler (?:à|a|avec) )?$/iu,
  /(?<!\p{L})no (?:quiero|necesito|deseo|hace falta) $/iu,
  /(?<!\p{L})não (?:quero|preciso|desejo)(?: de)? $/iu,
  /(?<!\p{L})non (?:voglio|vorrei|desidero|mi serve|ho bisogno di) $/iu,
  /لا (?:اريد|احتاج|ارغب)(?: في| ان| الى)? ?\p{L}{0,3}$/u,
];

/** Whole messages that name whom one wants, and nothing else. */
const alone =
  /^(?:(?:an?|the|ein|einen|eine|un|une|una|uma) )?(?:human(?: being)?|person|real person|agent|live agent|operator|representative|rep|customer service|live chat|live support|mensch|menschen|mitarbeiter|mitarbeiterin|berater|beraterin|rückruf|humain|conseiller|conseillère|persona|humano|agente|asesor|asesora|operador|operadora|atendente|pessoa|operatore|operatrice|umano|موظف|انسان|شخص|شخص حقيقي|خدمة العملاء)(?: (?:please|now|pls|plz|bitte|svp|sil vous plaît|sil te plaît|por favor|per favore|من فضلك|لو سمحت))*$/iu;
/** Characters before a wish that are read for a no. */
const most_before = 60;
const courtesy =
  /^(?:please|bitte|por favor|per favore|من فضلك|لو سمحت|hi|hello|hey|hallo|bonjour|hola|olá|ciao|مرحبا) /iu;

/** Whether a customer asks for a person in so many words. Nothing is weighed against it: whoever asks
 *  gets one (rule W7). */
export function asksForPerson(text: string): boolean {
  const plain = bareArabic(text.normalize('NFC'));
  if (asks(plain)) return true;
  const spelled = asSpelled(plain);
  return spelled !== undefined && asks(spelled);
}

function asks(plain: string): boolean {
  if (phrases.some((phrase) => isMeant(phrase, plain))) return true;
  if (others.some((wish) => wish.asks.some((phrase) => isMeant(phrase, plain, wish)))) return true;
  const sentences = plain.split(/(?<=[.!?;。！？؟।\n])/u);
  // Beside a comma one word more says that it is a wish: "for a man, person" names no one.
  const clauses = plain.split(/[,،–—]\s/u).filter((part) => /\p{L}\s+\p{L}/u.test(part.trim()));
  return [...sentences, ...clauses].some(isAlone);
}

/** Whether some words name whom one wants, and nothing else. */
function isAlone(words: string): boolean {
  const bare = words
    .replaceAll(/['’]/g, '')
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
  const lower = bare.toLowerCase();
  return alone.test(bare.replace(courtesy, '')) || others.some((wish) => wish.alone.test(lower));
}
const others = Object.values(wishes);

/** Whether a phrase stands in a text without being said no to, at one place at least. */
const isMeant = (phrase: RegExp, text: string, wish?: Wish): boolean =>
  [...text.matchAll(RegExp(phrase, `${phrase.flags}g`))].some(({ index }) => {
    const before = text.slice(Math.max(0, index - most_before), index);
    const never = wish ? [wish.never] : negations;
    return !never.some((no) => no.test(before)) && !wish?.never_after?.test(text.slice(index));
  });

/** Arabic as most people type it: without its vowel marks and stretchings, and one form of alef.
 *  Other writings stay as they are. */
export const bareArabic = (text: string): string =>
  text.replaceAll(/[\u0640\u064b-\u0652]/g, '').replaceAll(/[أإآ]/g, 'ا');

const braces = /([,،、]? ?)\{([a-z_][a-z0-9_-]*(?:\.[a-z0-9_-]+)*)\}/giu;

/** What an answer names in braces and nobody knows. Who has no name is greeted all the same; every other
 *  fact is what its sentence is about, and without it the answer is none. */
export const lackingIn = (answer: string, facts: ReadonlyMap<string, string>): string[] =>
  [...answer.matchAll(braces)]
    .map(([, , name]) => name as string)
    .filter((name) => name !== 'contact.name' && !facts.has(name));

/** Fills braces in an answer with facts ("{contact.name}"). What is not known is left out, with the
 *  comma and the space before it ("Hello, {contact.name}!" greets nobody by name); nothing is run.
 *  @param facts dotted names to texts */
export const filled = (answer: string, facts: ReadonlyMap<string, string>): string =>
  answer.replace(braces, (_all, before: string, name: string) => {
    const fact = facts.get(name);
    return fact === undefined ? '' : `${before}${fact}`;
  });

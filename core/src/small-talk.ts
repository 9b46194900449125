import { bareArabic } from './asks.ts';

/** What people say that asks for nothing: the bot answers it by itself, in seven languages. Whole
 *  messages only: "thanks, but where is it" is a question. */
export const chat_languages = ['en', 'de', 'fr', 'es', 'it', 'pt', 'ar'] as const;
export type ChatLanguage = (typeof chat_languages)[number];

const kinds = ['greeting', 'thanks', 'goodbye', 'robot'] as const;
export type SmallTalk = (typeof kinds)[number];

const said: Record<ChatLanguage, Record<SmallTalk, RegExp>> = {
  en: {
    greeting:
      /^(hi|hello|hey|hiya|good (morning|afternoon|evening|day)|hi there|hello there|hey there)$/,
    thanks:
      /^((many |ok |great |perfect )?thanks?( you)?( so much| very much| a lot)?|cheers|thx|ty|great|perfect|that helps?|that helped|ok thanks)$/,
    goodbye: /^(bye|goodbye|bye bye|see you|have a (nice|good) day|good night|thats all)$/,
    robot:
      /^(are you|am i (talking|speaking|chatting) (to|with)) (a |an )?(real )?(human|person|robot|bot|ai|machine)( or (a |an )?(human|person|robot|bot|ai|machine))?$/,
  },
  de: {
    greeting: /^(hallo|guten (tag|morgen|abend)|moin|servus|grüß gott|hallo zusammen)$/,
    thanks:
      /^(danke|vielen dank|danke schön|dankeschön|besten dank|super danke|danke dir|danke ihnen|prima)$/,
    goodbye: /^(tschüss|tschüs|auf wiedersehen|bis bald|schönen tag( noch)?|das wars|ciao)$/,
    robot:
      /^(bist du|sind sie) (ein |eine |echt ein )?(mensch|roboter|bot|ki|maschine|echter mensch)$/,
  },
  fr: {
    greeting: /^(bonjour|salut|bonsoir|coucou)$/,
    thanks: /^(merci|merci beaucoup|merci bien|parfait merci|super merci)$/,
    goodbye: /^(au revoir|à bientôt|bonne journée|bonne soirée|cest tout)$/,
    robot: /^(êtes vous|es tu|cest) (un |une )?(robot|humain|bot|ia|machine|vraie personne)$/,
  },
  es: {
    greeting: /^(hola|buenas|buenos días|buenas tardes|buenas noches)$/,
    thanks: /^(gracias|muchas gracias|mil gracias|perfecto gracias)$/,
    goodbye: /^(adiós|adios|hasta luego|hasta pronto|que tenga un buen día|eso es todo)$/,
    robot: /^(eres|es usted) (un |una )?(robot|humano|bot|ia|máquina|persona)( real)?$/,
  },
  it: {
    greeting: /^(buongiorno|buonasera|salve|ciao)$/,
    thanks: /^(grazie|grazie mille|molte grazie|perfetto grazie)$/,
    goodbye: /^(arrivederci|a presto|buona giornata|è tutto)$/,
    robot: /^(sei|è) (un |una )?(robot|umano|bot|ia|macchina|persona)( vera)?$/,
  },
  pt: {
    greeting: /^(olá|oi|bom dia|boa tarde|boa noite)$/,
    thanks: /^(obrigad[oa]|muito obrigad[oa]|valeu)$/,
    goodbye: /^(tchau|até logo|até mais|adeus|tenha um bom dia|é só isso)$/,
    robot: /^(você é|és) (um |uma )?(robô|humano|bot|ia|máquina|pessoa)( real)?$/,
  },
  ar: {
    greeting: /^(مرحبا|اهلا|اهلا وسهلا|السلام عليكم|صباح الخير|مساء الخير|هلا)$/,
    thanks: /^(شكرا|شكرا جزيلا|شكرا لك|شكرا لكم|الف شكر|ممتاز شكرا)$/,
    goodbye: /^(مع السلامة|وداعا|الى اللقاء|هذا كل شيء)$/,
    robot: /^هل (انت|انتم|اتحدث مع|اتحدث الى) (روبوت|انسان|شخص|بشر|الة|ذكاء اصطناعي)( حقيقي)?$/,
  },
};

/** Thanks and partings are often said in several parts, in English: "No, that will be all. Thanks for
 *  your help!" No two parts begin alike, so that the parts of a message can be read in one way only. */
const opener = 'no|nope|nah|ok|okay|great|perfect|awesome|but|and';
const thanks =
  '(?:many thanks|thanks?|thank you|cheers|thx)(?: so much| very much| much| a lot| again)?(?: for (?:(?:all|everything|helping|the|your|that) ?)+(?:help|assistance|information|time|reply|answer|response)?)?';
const that_is_all =
  '(?:that(?:s| is| will be| would be| was)?|its) (?:all|it|enough)(?: i (?:need|needed|want|wanted))?(?: for)?(?: now| today)?';
const parting = '(?:good ?bye|bye|see you later|have a (?:nice|good|great) (?:day|one))';
const parts = new RegExp(
  `^(?:(?:${opener}|${thanks}|${that_is_all}|nothing else|${parting})(?: |$))+$`,
);
const longest_parting = 120;

function inParts(plain: string): SmallTalk | undefined {
  if (plain.length > longest_parting || !parts.test(plain)) return undefined;
  if (/\b(?:bye|goodbye|see you|have a)\b/.test(plain)) return 'goodbye';
  if (/\b(?:thanks?|cheers|thx)\b/.test(plain)) return 'thanks';
  return /\b(?:all|it|enough)\b/.test(plain) ? 'goodbye' : undefined;
}

/** What a message is, when it asks for nothing. @returns undefined when it may ask for something */
export function smallTalkOf(text: string): { kind: SmallTalk; language: ChatLanguage } | undefined {
  const plain = bareArabic(text.normalize('NFC'))
    .toLowerCase()
    .replaceAll(/['’]/g, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  for (const language of chat_languages) {
    const kind = kinds.find((one) => said[language][one].test(plain));
    if (kind) return { kind, language };
  }
  const kind = inParts(plain);
  return kind && { kind, language: 'en' };
}

/** Whether these examples are of small talk rather than of a matter: a quarter of them or more are, as
 *  the rest are slips and slang. Nobody who is not understood meant to say hello. */
export const isSmallTalk = (examples: readonly string[]): boolean =>
  4 * examples.filter((one) => smallTalkOf(one)).length >= examples.length;

/** `ask` goes before what a tool needs, `not_understood` before asking again. */
type ToolWords = 'ask' | 'not_understood' | 'called_off' | 'refused' | 'reason';
type OwnWords = SmallTalk | 'clarify' | 'person' | 'settled' | 'back' | ToolWords;

/** What a bot says by itself. `clarify` asks once what was meant; `person` is the button under it;
 *  `settled` goes before what a person answered; `back` is said when the bot was given the wheel with a
 *  question that it cannot answer. */
const words: Record<ChatLanguage, Record<OwnWords, string>> = {
  en: {
    greeting: 'Hello! How can I help?',
    thanks: 'You are welcome. Is there anything else?',
    goodbye: 'Goodbye, and thank you for writing.',
    robot: 'I am an AI assistant. You can talk to a person at any time: just ask.',
    clarify: 'I am not sure what you mean. Is it one of these, or can you say it in other words?',
    person: 'Talk to a person',
    settled: 'Our team answered this here:',
    back: 'This is the AI assistant again. Can you say in other words what you need? You can ask for a person at any time.',
    ask: 'Please tell me:',
    not_understood: 'I did not understand that.',
    called_off: 'All right, I will leave it at that. Is there anything else?',
    refused: 'A person looked at this and decided against it.',
    reason: 'Reason:',
  },
  de: {
    greeting: 'Hallo! Wie kann ich helfen?',
    thanks: 'Gern geschehen. Kann ich noch etwas tun?',
    goodbye: 'Auf Wiedersehen und danke für Ihre Nachricht.',
    robot:
      'Ich bin ein KI-Assistent. Sie können jederzeit mit einem Menschen sprechen, sagen Sie es einfach.',
    clarify:
      'Ich bin nicht sicher, was Sie meinen. Ist es eines davon, oder können Sie es anders sagen?',
    person: 'Mit einem Menschen sprechen',
    settled: 'Unser Team hat das hier beantwortet:',
    back: 'Hier ist wieder der KI-Assistent. Können Sie mit anderen Worten sagen, was Sie brauchen? Sie können jederzeit nach einem Menschen fragen.',
    ask: 'Bitte nennen Sie mir:',
    not_understood: 'Das habe ich nicht verstanden.',
    called_off: 'Gut, ich lasse es dabei. Kann ich noch etwas tun?',
    refused: 'Ein Mensch hat sich das angesehen und dagegen entschieden.',
    reason: 'Grund:',
  },
  fr: {
    greeting: 'Bonjour ! Comment puis-je vous aider ?',
    thanks: 'Avec plaisir. Puis-je faire autre chose ?',
    goodbye: 'Au revoir, et merci de votre message.',
    robot:
      'Je suis un assistant IA. Vous pouvez parler à une personne à tout moment : demandez-le.',
    clarify:
      'Je ne suis pas sûr de comprendre. Est-ce l’un de ces sujets, ou pouvez-vous le dire autrement ?',
    person: 'Parler à une personne',
    settled: 'Notre équipe y a répondu ici :',
    back: 'C’est de nouveau l’assistant IA. Pouvez-vous dire autrement ce qu’il vous faut ? Vous pouvez demander une personne à tout moment.',
    ask: 'Indiquez-moi, s’il vous plaît :',
    not_understood: 'Je n’ai pas compris.',
    called_off: 'D’accord, j’en reste là. Puis-je faire autre chose ?',
    refused: 'Une personne a examiné cette demande et l’a refusée.',
    reason: 'Motif :',
  },
  es: {
    greeting: '¡Hola! ¿En qué puedo ayudarle?',
    thanks: 'De nada. ¿Puedo ayudarle en algo más?',
    goodbye: 'Hasta luego, y gracias por escribir.',
    robot: 'Soy un asistente de IA. Puede hablar con una persona en cualquier momento: pídalo.',
    clarify: 'No estoy seguro de entender. ¿Es uno de estos temas, o puede decirlo de otro modo?',
    person: 'Hablar con una persona',
    settled: 'Nuestro equipo lo respondió aquí:',
    back: 'Soy de nuevo el asistente de IA. ¿Puede decir con otras palabras qué necesita? Puede pedir una persona en cualquier momento.',
    ask: 'Por favor, indíqueme:',
    not_understood: 'No lo he entendido.',
    called_off: 'De acuerdo, lo dejo así. ¿Puedo ayudarle en algo más?',
    refused: 'Una persona lo ha revisado y ha decidido no hacerlo.',
    reason: 'Motivo:',
  },
  it: {
    greeting: 'Buongiorno! Come posso aiutarla?',
    thanks: 'Prego. Posso fare altro?',
    goodbye: 'Arrivederci, e grazie per averci scritto.',
    robot:
      'Sono un assistente IA. Può parlare con una persona in qualsiasi momento: basta chiedere.',
    clarify: 'Non sono sicuro di capire. È uno di questi argomenti, o può dirlo in altro modo?',
    person: 'Parlare con una persona',
    settled: 'Il nostro team ha già risposto:',
    back: 'È di nuovo l’assistente IA. Può dire con altre parole di cosa ha bisogno? Può chiedere una persona in qualsiasi momento.',
    ask: 'Mi indichi, per favore:',
    not_understood: 'Non ho capito.',
    called_off: 'Va bene, lascio stare. Posso fare altro?',
    refused: 'Una persona ha esaminato la richiesta e ha deciso di no.',
    reason: 'Motivo:',
  },
  pt: {
    greeting: 'Olá! Como posso ajudar?',
    thanks: 'De nada. Posso ajudar em mais alguma coisa?',
    goodbye: 'Até logo, e obrigado por escrever.',
    robot: 'Sou um assistente de IA. Pode falar com uma pessoa a qualquer momento: é só pedir.',
    clarify:
      'Não tenho certeza do que quis dizer. É um destes temas, ou pode dizer de outra forma?',
    person: 'Falar com uma pessoa',
    settled: 'A nossa equipa respondeu a isto:',
    back: 'É de novo o assistente de IA. Pode dizer por outras palavras do que precisa? Pode pedir uma pessoa a qualquer momento.',
    ask: 'Diga-me, por favor:',
    not_understood: 'Não entendi.',
    called_off: 'Está bem, fico por aqui. Posso ajudar em mais alguma coisa?',
    refused: 'Uma pessoa analisou o pedido e decidiu não o fazer.',
    reason: 'Motivo:',
  },
  ar: {
    greeting: 'مرحبًا! كيف يمكنني مساعدتك؟',
    thanks: 'على الرحب والسعة. هل هناك شيء آخر؟',
    goodbye: 'مع السلامة، وشكرًا على رسالتك.',
    robot: 'أنا مساعد ذكاء اصطناعي. يمكنك التحدث إلى شخص في أي وقت: اطلب ذلك فقط.',
    clarify: 'لست متأكدًا مما تقصده. هل هو أحد هذه المواضيع، أم يمكنك قوله بكلمات أخرى؟',
    person: 'التحدث إلى شخص',
    settled: 'أجاب فريقنا عن هذا هنا:',
    back: 'هنا المساعد الآلي من جديد. هل يمكنك أن تقول بكلمات أخرى ما الذي تحتاجه؟ يمكنك طلب شخص في أي وقت.',
    ask: 'من فضلك أخبرني:',
    not_understood: 'لم أفهم ذلك.',
    called_off: 'حسنًا، سأترك الأمر. هل هناك شيء آخر؟',
    refused: 'نظر شخص في هذا الطلب وقرر رفضه.',
    reason: 'السبب:',
  },
};

/** The bot's own words in a language, by its tag ("de-AT" is German); English where it has none. */
export const botWords = (language: string | null | undefined) =>
  words[chat_languages.find((one) => language?.toLowerCase().split('-')[0] === one) ?? 'en'];

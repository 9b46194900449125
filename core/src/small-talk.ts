import { bareArabic } from './asks.ts';

const kinds = ['greeting', 'thanks', 'goodbye', 'robot'] as const;
export type SmallTalk = (typeof kinds)[number];

/** What people say that asks for nothing: the bot answers it by itself, in each of these languages. Whole
 *  messages only: "thanks, but where is it" is a question. */
const said = {
  en: {
    greeting:
      /^(hi|hello|hey|hiya|good (morning|afternoon|evening|day)|hi there|hello there|hey there)$/,
    thanks:
      /^((many |ok |great |perfect )?thanks?( you)?( so much| very much| a lot)?|cheers|thx|ty|great|perfect|that helps?|that helped|ok thanks)$/,
    goodbye: /^(bye|goodbye|bye bye|see you|have a (nice|good) day|good night|thats all)$/,
    robot:
      /^(?:so |please )?(?:are you|is (?:this|it)|am i (?:talking|speaking|chatting) (?:to|with)|.{0,30}\b(?:if|whether|that) (?:you are|youre)|(?:i think )?you are)(?: really| actually| just| in fact)?(?: (?:an?|or|real|live|actual|human|human being|person|robot|bot|chat ?bot|ai|artificial intelligence|computer|machine|automated|software|are you|fake|not))+(?: right now| please| arent you)?$/,
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
  zh: {
    greeting: /^(你好|您好|你们好|嗨|哈喽|在吗|在嗎|早上好|下午好|晚上好|早安)$/,
    thanks: /^(好的 ?)?(谢谢|謝謝|多谢|感谢|感謝|非常感谢|非常感謝|谢谢你|谢谢您|謝謝您|太好了)$/,
    goodbye: /^(再见|再見|拜拜|没有了|没事了|就这些)$/,
    robot: /^(你|您)?是(机器人|機器人|真人|人工|人|ai)(还是(机器人|真人|人工|人))?(吗|嗎|吧)?$/,
  },
  ja: {
    greeting: /^(こんにちは|こんばんは|おはよう(ございます)?|はじめまして|もしもし)$/,
    thanks: /^(どうも ?)?(ありがとう(ございます|ございました)?|感謝します|助かりました)$/,
    goodbye: /^(さようなら|さよなら|失礼します|以上です|それだけです)$/,
    robot: /^(あなたは ?)?(ロボット|人間|ボット|ai|人)ですか$/,
  },
  ko: {
    greeting: /^(안녕|안녕하세요|안녕하십니까|여보세요)$/,
    thanks: /^(정말 |너무 )?(감사합니다|감사해요|고맙습니다|고마워요?)$/,
    goodbye: /^(안녕히 계세요|수고하세요|그게 다예요)$/,
    robot: /^(당신은 )?(로봇|사람|봇|ai)(이세요|인가요|이에요|입니까)$/,
  },
  ru: {
    greeting: /^(привет|здравствуйте|здравствуй|добрый (день|вечер)|доброе утро|приветствую)$/,
    thanks: /^(большое |отлично )?(спасибо|благодарю)( большое| вам| за помощь)?$/,
    goodbye: /^(до свидания|пока|всего (доброго|хорошего)|хорошего дня|это вс[её])$/,
    robot: /^(вы|ты) (робот|человек|бот|ии|живой человек)$/,
  },
  uk: {
    greeting: /^(привіт|вітаю|добрий (день|вечір)|доброго (дня|ранку|вечора)|добридень)$/,
    thanks: /^(щиро |дуже )?(дякую|спасибі)( вам| за допомогу)?$/,
    goodbye: /^(до побачення|бувайте|гарного дня|це все)$/,
    robot: /^(ви|ти) (робот|людина|бот|жива людина)$/,
  },
  pl: {
    greeting: /^(cześć|hej|dzień dobry|dobry wieczór|witam|siema)$/,
    thanks: /^(bardzo |super |wielkie )?(dziękuję|dzięki)( bardzo| za pomoc)?$/,
    goodbye: /^(do widzenia|na razie|miłego dnia|to wszystko)$/,
    robot:
      /^(czy )?(jesteś|rozmawiam z|to) (człowiekiem|robotem|botem|maszyną|robot|bot|człowiek)$/,
  },
  tr: {
    greeting: /^(merhaba(lar)?|selam|günaydın|iyi (günler|akşamlar))$/,
    thanks: /^(çok )?(teşekkürler|teşekkür ederim|sağ ?ol(un)?|eyvallah)$/,
    goodbye: /^(hoşça ?kal(ın)?|görüşürüz|güle güle|hepsi bu|bu kadar)$/,
    robot: /^(sen |siz )?(bir )?(robot|bot|insan|yapay zeka|yapay zekâ) m[ıiuü]s[ıiuü]n([ıiuü]z)?$/,
  },
  hi: {
    greeting: /^(नमस्ते|नमस्कार|हैलो|सुप्रभात)$/,
    thanks: /^(बहुत |बहुत बहुत )?(धन्यवाद|शुक्रिया)$/,
    goodbye: /^(अलविदा|फिर मिलेंगे|बस इतना ही)$/,
    robot: /^(क्या )?(आप|तुम) (एक )?(रोबोट|इंसान|बॉट|एआई) (हैं|हो)$/,
  },
} satisfies Record<string, Record<SmallTalk, RegExp>>;
export type ChatLanguage = keyof typeof said;
export const chat_languages = Object.keys(said) as ChatLanguage[];

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
    // The dot of a Turkish capital stays behind.
    .replaceAll(/['’]|\u0307/g, '')
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
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

import { bareArabic } from './asks.ts';
import type { ChatLanguage } from './small-talk.ts';

/** Words by which customers say that nothing more is wanted, in the languages that the bot speaks. Whole
 *  messages alone, and nothing that may be a wish: "cancel" may be of an order. */
const let_be: Record<ChatLanguage, RegExp> = {
  en: /^(?:(?:ok|okay|oh|no|well|thanks|sorry|actually|then|please) )*(?:never ?mind|nvm|forget (?:it|that|about it)|(?:just )?leave it(?: at that| then)?|(?:it|that) (?:does ?nt|does not) matter|does ?nt matter|do ?nt (?:bother|worry)(?: about it)?|no worries|scratch that|(?:it|that)s (?:fine|ok|okay|alright|all right)|let it be|drop it)(?: (?:then|thanks|thank you|now|please|anyway|sorry))*$/,
  de: /^(?:(?:ach|ok|okay|na|nein|dann|schon|danke) )*(?:vergiss (?:es|das)|vergessen sie (?:es|das)|schon gut|egal|(?:ist|das ist) (?:schon )?(?:egal|gut|nicht (?:so )?wichtig)|macht nichts|nicht (?:so )?wichtig|lass(?:en sie)? (?:es|gut sein|mal|es gut sein)|passt schon|hat sich erledigt|erledigt)(?: (?:dann|danke|bitte|trotzdem))*$/,
  fr: /^(?:(?:ok|bon|non|merci|alors|bah|ah) )*(?:laissez? (?:tomber|ça|cela)|laisse|(?:ce nest|cest) pas grave|pas grave|peu importe|tant pis|oubliez?(?: ça| cela)?|ça ne fait rien|ce nest rien)(?: (?:merci|alors))*$/,
  es: /^(?:(?:ok|no|bueno|pues|gracias) )*(?:déj[ae]lo(?: así| estar)?|dejalo|olvíd[ae]lo|olvidalo|olvídese|no importa|da igual|no pasa nada|es igual|no se preocupe)(?: (?:gracias|entonces))*$/,
  it: /^(?:(?:ok|no|va|bene|grazie|allora) )*(?:lasci(?:a|amo)?(?: stare| perdere)|lasciamo perdere|non importa|non fa niente|fa niente|fa lo stesso|dimentical[oa]|lo dimentichi|non si preoccupi)(?: grazie)*$/,
  pt: /^(?:(?:ok|não|bom|obrigad[oa]|então) )*(?:deix[ae](?: (?:pra|para) lá| estar| isso)|esque(?:ce|ça)(?: isso)?|não (?:importa|faz mal|tem importância|tem problema)|tanto faz|não se preocupe)(?: obrigad[oa])*$/,
  ar: /^(?:لا )?(?:انس الامر|انسى الامر|لا داعي|لا يهم|لا باس|مش مهم|ليس مهما|غير مهم|خلاص|دعك من ذلك)(?: شكرا)?$/,
  zh: /^(?:算了|算了吧|没事|没事了|沒事|沒事了|没关系|沒關係|不用了|不必了|不要紧)(?: ?谢谢| ?謝謝)?$/,
  ja: /^(?:もう)?(?:いいです|大丈夫です|結構です|気にしないで(?:ください)?|忘れてください|何でもないです|なんでもないです)$/,
  ko: /^(?:아니에요 |아니요 )?(?:괜찮아요|괜찮습니다|됐어요|됐습니다|신경 쓰지 마세요|상관없어요|아니에요)$/,
  ru: /^(?:ладно |нет |ну )*(?:не важно|неважно|забудьте|забудь|не надо|ничего страшного|проехали|не беспокойтесь|всё равно|все равно|оставьте)(?: спасибо)?$/,
  uk: /^(?:гаразд |ні |ну )*(?:не важливо|неважливо|забудьте|забудь|не треба|нічого страшного|не турбуйтеся|залиште)(?: дякую)?$/,
  pl: /^(?:dobra |nie |ok )*(?:nieważne|nie ważne|nie szkodzi|zapomnij|proszę zapomnieć|nic nie szkodzi|wszystko jedno|nie trzeba|mniejsza o to|mniejsza z tym)(?: dzięki| dziękuję)?$/,
  tr: /^(?:tamam |hayır |neyse )*(?:boş ver(?:in)?|boşver(?:in)?|önemli değil|neyse|fark etmez|gerek yok|unut(?:un)?(?: gitsin)?|vazgeçtim|sorun değil)(?: teşekkürler)?$/,
  hi: /^(?:नहीं |ठीक है )*(?:कोई बात नहीं|रहने दो|रहने दें|रहने दीजिए|छोड़ो|छोड़िए|जाने दो|जाने दीजिए|भूल जाओ|भूल जाइए)(?: धन्यवाद)?$/,
};
const languages = Object.keys(let_be) as ChatLanguage[];

/** What is called off by them as well, where the bot has just asked for something to act on. */
const stop =
  /^(?:please )?(?:cancel(?: (?:it|this|that))?|stop(?: (?:it|this|that))?|abort|abbrechen|stopp|annule[rz]?|arrête[rz]?|cancela(?:r|do)?|annulla|basta|laisse[rz]?|lascia|deixa|الغاء|الغي? ذلك|取消|キャンセル|취소|отмена|відміна|anuluj|iptal)(?: please| bitte)?$/u;

const plainOf = (text: string): string =>
  bareArabic(text.normalize('NFC'))
    .toLowerCase()
    .replaceAll(/['’]|\u0307/g, '')
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();

/** In which language a customer says that nothing more is wanted, of whatever was spoken (rule W106).
 *  @returns undefined when they say something else */
export function letsBe(text: string): ChatLanguage | undefined {
  const plain = plainOf(text);
  return languages.find((language) => let_be[language].test(plain));
}

/** Whether a customer calls off what they are being asked for. */
export const callsOff = (text: string): boolean =>
  letsBe(text) !== undefined || stop.test(plainOf(text));

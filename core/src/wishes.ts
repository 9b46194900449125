/** How a person is asked for in one language. */
export interface Wish {
  asks: readonly RegExp[];
  /** What right before a wish makes it none. */
  never: RegExp;
  /** The same behind its beginning, in languages that say no at the end. */
  never_after?: RegExp;
  /** Whole messages, in lower case and without signs, that name whom one wants. */
  alone: RegExp;
}

/** In languages that the bot speaks beside those of `asks.ts`. Each names who is wanted, as there; what
 *  somebody did before ("I spoke to an agent") is no wish. */
export const wishes: Readonly<Record<string, Wish>> = {
  zh: {
    asks: [
      /(?:转接?|轉接?|找|要|换|換|叫|接通?|联系|聯繫|聯絡|需要)(?:到|一下)?(?:一?[个個位名])?(?:真正的)?(?:人工|真人|活人|客服)(?:客服|服务|服務|人员|人員|坐席)?(?=$|[\s\p{P}]|[吗嗎吧呢啊了来來]|谢谢|聊|说|說|谈|談|处理|處理|解决|解決|帮|幫)/u,
      /(?:跟|和|与|與|同)(?:一?[个個位名]|你们的?|你們的?)?(?:真正的)?(?:真人|人工|人工客服|客服|活人|人)(?:人员|人員)?(?:直接)?(?:说|說|聊|谈|談|讲|講|通话|通話|沟通|溝通|对话|對話|交谈|交談)(?![过過了])/u,
      /(?:^|[\s\p{P}]|请|請|麻烦|麻煩|可以|可不可以|能不能|能否|能)(?:你们?|您|你們)?(?:给我|給我)?(?:回电|回電|回(?:个|個)?(?:电话|電話)|打(?:个|個)?(?:电话|電話)给?我?)/u,
    ],
    never:
      /(?:(?<![要想用])不(?:想再?|要再?|用再?|必再?|需要再?)(?:要|去)?|别再?|別再?|无需|無需)$/u,
    alone:
      /^(?:请|請|我要|转|轉)?(?:人工|真人|客服|人工客服|真人客服|人工服务|人工服務)(?:谢谢|謝謝)?$/u,
  },
  ja: {
    asks: [
      /(?:人間|担当の?者|担当の[方人]|オペレータ[ー]?|スタッフ|係の[人者方]|サポート|(?<!\p{sc=Han})人)(?:の方|さん)?(?:と|に|へ)(?:直接|電話で)?(?:お?話|つな|繋|代わ|替わ|かわ|相談|チャット|取り次)/u,
      /(?:有人(?:対応|チャット|サポート)?|オペレータ[ー]?|担当者|人間(?:の方)?|スタッフ)(?:を|に|へ)?(?:お願い|希望|出して|呼んで|欲しい|ほしい)/u,
      /電話を?(?:ください|下さい|いただけ|頂け|して(?:ください|下さい|ほしい|欲しい|いただけ|頂け))|折り返し(?:の)?(?:お?電話|ご?連絡)?を?(?:お願い|ください|下さい|希望)/u,
    ],
    never: /(?!)/u,
    never_after:
      /^.{0,24}(?:たくない|たくありません|たくは(?:ない|ありません)|必要は?(?:ない|ありません)|なくていい|なくても|不要|ました|話した(?![いく])|(?<!つ)ないで(?:ください|下さい))/u,
    alone:
      /^(?:オペレータ[ー]?|担当者|人間|有人対応|有人チャット|スタッフ)(?:を?お願いします|希望)?$/u,
  },
  ko: {
    asks: [
      /(?:상담원|상담사|사람|직원|담당자|고객센터)\s?(?:이?랑|과|와|하고|에게|한테|으?로)?\s?(?:직접\s?)?(?:통화|얘기|이야기|대화|연결|바꿔)/u,
      /(?:상담원|상담사|직원|담당자)(?:을|를)?\s?(?:불러|원해|원합니다|부탁)/u,
      /(?:^|[\s\p{P}])(?:저(?:에게|한테)\s?)?전화(?:해|를|좀)?\s?(?:주세요|주십시오|주실|부탁)/u,
    ],
    never: /(?:굳이)\s?$/u,
    never_after: /^.{0,24}(?:싶지\s?않|안\s?해도|하지\s?않|필요\s?없|했(?:어|는|습)|하지\s?마)/u,
    alone: /^(?:상담원|상담사|사람|직원|상담원 연결)(?: (?:부탁합니다|부탁해요|주세요))?$/u,
  },
  ru: {
    asks: [
      /(?<!\p{L})(?:поговорить|говорить|связаться|пообщаться|разговаривать|соедини(?:те)?|переключи(?:те)?|переведи(?:те)?|свяжи(?:те)?)(?: меня| нас)? (?:с|со|на) (?:(?:живым|живого|реальным|настоящим|вашим|каким-нибудь) )?(?:человек|оператор|сотрудник|менеджер|специалист|консультант|поддержк|кем-нибудь|кем-то)/iu,
      /(?<!\p{L})(?:позовите|позови|дайте|пригласите|нужен|нужна|хочу|требую)(?: мне)?(?: (?:живого|живой|реального))? (?:человек|оператор|менеджер|сотрудник|консультант|специалист)а?(?=[.!?,]|$| пожалуйста)/iu,
      /(?<!\p{L})(?:человека|оператора|менеджера|сотрудника|консультанта) (?:мне )?(?:позовите|позови|дайте|пригласите|пожалуйста|хочу)/iu,
      /(?<!\p{L})(?:живой|живого|живому|живым) (?:человек|оператор|сотрудник)/iu,
      /(?<!\p{L})(?:(?:пере|по)звоните(?: мне)?(?!\p{L})|закаж\p{L}+ (?:обратный )?звонок|обратный звонок)/iu,
    ],
    never:
      /(?<!почему (?:я |вы )?)(?<!\p{L})(?:не|без)(?: (?:хочу|надо|нужно|буду|хотел|хотела|хотелось бы))? $/iu,
    alone:
      /^(?:оператор|оператора|человек|человека|живой человек|менеджер|менеджера|служба поддержки)(?: пожалуйста)?$/u,
  },
  uk: {
    asks: [
      /(?<!\p{L})(?:поговорити|говорити|зв.?язатис[яь]|поспілкуватис[яь]|з.?єднай(?:те)?|переключіть)(?: мене)? (?:з|із|зі|на) (?:(?:живою|живим|реальною|справжньою|вашим) )?(?:людин|оператор|менеджер|працівник|спеціаліст|консультант|підтримк|кимось)/iu,
      /(?<!\p{L})(?:покличте|поклич|дайте|потрібен|потрібна|хочу)(?: мені)?(?: (?:живу|жива))? (?:людин[ау]|оператора?|менеджера?)(?=[.!?,]|$| будь ласка)/iu,
      /(?<!\p{L})(?:жива|живу|живою) людин/iu,
      /(?<!\p{L})(?:передзвоніть|зателефонуйте|подзвоніть)(?: мені)?(?!\p{L})/iu,
    ],
    never: /(?<!чому (?:я |ви )?)(?<!\p{L})(?:не|без)(?: (?:хочу|треба|потрібно|буду))? $/iu,
    alone: /^(?:оператор|оператора|людина|людину|жива людина|менеджер|менеджера)(?: будь ласка)?$/u,
  },
  pl: {
    asks: [
      /(?<!\p{L})(?:po|na)?(?:rozmawiać|rozmawiaj|gadać|połącz(?:cie|yć|enie)?|skontaktować się|przełącz(?:cie|yć)?)(?: mnie)?(?: bezpośrednio)? ze? (?:(?:żywym|prawdziwym|jakimś) )?(?:człowiek|osobą(?!,? któr)|konsultant|pracownik|kimś|doradc|obsług|operator)/iu,
      /(?<!\p{L})(?:chcę|chce|poproszę|potrzebuję|dajcie|daj)(?: mi)?(?: (?:żywego|prawdziwego))? (?:człowieka|konsultanta|pracownika|doradcę)(?=[.!?,]|$| proszę)/iu,
      /(?<!\p{L})(?:żyw|prawdziw)(?:y|ego|ym) człowiek/iu,
      /(?<!\p{L})(?:oddzwońcie|oddzwoń|(?:proszę )?(?:za|od)dzwonić do mnie|zadzwońcie do mnie|zadzwoń do mnie|proszę o telefon)(?!\p{L})/iu,
    ],
    never:
      /(?<!dlaczego )(?<!\p{L})(?:nie|bez)(?: (?:chcę|chce|muszę|potrzebuję|chciał(?:a|bym|abym)|trzeba))? $/iu,
    alone: /^(?:człowiek|człowieka|konsultant|konsultanta|żywy człowiek|operator)(?: proszę)?$/u,
  },
  tr: {
    asks: [
      /(?<!\p{L})(?:insan|müşteri temsilcisi|müşteri hizmetleri|temsilci|yetkili|görevli|danışman|operatör)(?:n?[dt]?e|n?[dt]?a|y?l[ae]|yle|nle|ye|ya|i|ine|ne| ile| biriyle)? (?:\p{L}+ )?(?:konuş|görüş|bağla|yazış)/iu,
      /(?<!\p{L})gerçek (?:bir )?(?:insan|kişi)/iu,
      /(?<!\p{L})(?:beni (?:geri )?(?:arayın|arar mısın|arayabilir misin)|biri beni ara)/iu,
    ],
    never: /(?!)/u,
    never_after:
      /^.{0,48}(?:istemiyorum|istemem|gerek yok|gerekmiyor|zorunda değil|konuştum|görüştüm|bağlamayın|aramayın)/iu,
    alone:
      /^(?:insan|temsilci|müşteri temsilcisi|müşteri hizmetleri|operatör|yetkili)(?: lütfen)?$/u,
  },
  hi: {
    asks: [
      /(?:इंसान|इन्सान|व्यक्ति|एजेंट|किसी|प्रतिनिधि|अधिकारी|कस्टमर केयर|ग्राहक सेवा) से (?:सीधे )?(?:बात|बातचीत|चैट)/u,
      /मुझे (?:वापस )?(?:कॉल|फ\u093c?ोन) (?:कर|करें|करो|कीजिए)/u,
      /असली (?:इंसान|व्यक्ति)/u,
    ],
    never: /(?:बिना) $/u,
    never_after: /^.{0,40}(?:नहीं (?:करनी|करना|चाहि|है)|मत |बात हुई|बात की थी|ज\u093c?रूरत नहीं)/u,
    alone: /^(?:इंसान|एजेंट|कस्टमर केयर|प्रतिनिधि)(?: कृपया| चाहिए)?$/u,
  },
  nl: {
    asks: [
      /(?<!\p{L})(?:met|aan) (?:een |jullie |uw |de )?(?:(?:echte?|levende?) )?(?:mens|persoon|medewerk(?:st)?er|collega|klantenservice|adviseur|iemand)(?: van \p{L}+)? (?:kunnen |willen |mogen )?(?:te )?(?:spreken|praten|chatten|bellen|verbonden|verbinden|doorverbonden)(?!\p{L})/iu,
      /(?<!\p{L})(?:(?:spreek|praat|chat) (?:ik )?(?:graag |liever )?met|(?:spreken|praten|chatten|verbind me(?: door)?) met) (?:een |uw |de |jullie )?(?:(?:echte?|levende?) )?(?:mens|persoon|medewerk(?:st)?er|iemand|klantenservice)(?!\p{L}| die)/iu,
      /(?<!\p{L})(?:een )?(?:mens|persoon|medewerk(?:st)?er|iemand|klantenservice)(?: van \p{L}+(?: \p{L}+)?)? (?:te )?(?:spreken|aan de lijn)(?!\p{L})/iu,
      /(?<!\p{L})(?:echte?|levende?) (?:mens|persoon|medewerk(?:st)?er)(?!\p{L})/iu,
      /(?<!\p{L})(?:bel(?:t u)? (?:me|mij)(?: terug)?|terugbellen|kun(?:t|nen)? (?:je|jullie|u) (?:me|mij) (?:terug)?bellen)(?!\p{L})/iu,
    ],
    never: /(?<!waarom kan ik )(?<!\p{L})(?:niet|geen|zonder)(?: (?:met|een))? $/iu,
    never_after: /^.{0,40}(?<!\p{L})(?:hoeft niet|gesproken|gebeld heb)(?!\p{L})/iu,
    alone:
      /^(?:een )?(?:mens|medewerker|medewerkster|klantenservice|echt persoon)(?: alstublieft| graag| aub)?$/u,
  },
  sv: {
    asks: [
      /(?<!\p{L})(?:prata|tala|snacka|chatta|kopplas?(?: mig)?(?: vidare)?)(?: direkt)? (?:med|till) (?:en |er |mig )?(?:(?:riktig|levande|mänsklig) )?(?:människa|person|medarbetare|handläggare|kundtjänst|kundservice|någon|support)(?!\p{L}| som)/iu,
      /(?<!\p{L})(?:riktig|levande) (?:människa|person)(?!\p{L})/iu,
      /(?<!\p{L})(?:ring (?:upp )?mig|kan (?:ni|du|någon) ringa(?: upp)? mig)(?!\p{L})/iu,
    ],
    never: /(?<!varför (?:kan|får) jag )(?<!\p{L})(?:inte|utan att)(?: (?:vill|behöver))? $/iu,
    alone: /^(?:en )?(?:människa|kundtjänst|kundservice|medarbetare|riktig person)(?: tack)?$/u,
  },
  da: {
    asks: [
      /(?<!\p{L})(?:snakke|tale|chatte|stil(?:le)? mig(?: om| videre)?) (?:med|til) (?:et |en |jeres )?(?:(?:rigtigt?|levende|ægte) )?(?:menneske|person|medarbejder|kundeservice|nogen|support)(?!\p{L}| som| der)/iu,
      /(?<!\p{L})(?:rigtigt?|levende|ægte) (?:menneske|person)(?!\p{L})/iu,
      /(?<!\p{L})(?:ring (?:til )?mig(?: op)?|kan (?:i|du|nogen) ringe (?:til )?mig)(?!\p{L})/iu,
    ],
    never: /(?<!hvorfor (?:kan|må) jeg )(?<!\p{L})(?:ikke|uden at)(?: (?:vil|behøver))? $/iu,
    alone: /^(?:et |en )?(?:menneske|kundeservice|medarbejder|rigtig person)(?: tak)?$/u,
  },
  nb: {
    asks: [
      /(?<!\p{L})(?:snakke|prate|chatte|sett(?:e)? meg over) (?:med|til) (?:et |en )?(?:(?:ekte|levende) )?(?:menneske|person|medarbeider|kundeservice|noen|support)(?!\p{L}| som)/iu,
      /(?<!\p{L})(?:ekte|levende) (?:menneske|person)(?!\p{L})/iu,
      /(?<!\p{L})(?:ring (?:til )?meg|kan (?:dere|du|noen) ringe (?:til )?meg)(?!\p{L})/iu,
    ],
    never: /(?<!hvorfor (?:kan|får) jeg )(?<!\p{L})(?:ikke|uten å)(?: (?:vil|trenger))? $/iu,
    alone: /^(?:et |en )?(?:menneske|kundeservice|medarbeider|ekte person)(?: takk)?$/u,
  },
};

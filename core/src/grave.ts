import { bareArabic } from './asks.ts';

/** What no bot should answer, in the languages that the bot speaks: somebody is hurt or in danger, or a
 *  matter goes to the law. Each names the thing itself, so that "a burner" and "fire the stove up" are
 *  none. */
const harm: readonly RegExp[] = [
  /\b(?:explod(?:ed|es|ing)|explosion|blew up|(?:caught|is on|was on) fire|burst into flames|(?:is |are |was )leaking gas|gas is leaking|i (?:can )?smell gas|electr(?:ic|ical) shock|electrocuted|been poisoned|allergic reaction)\b/iu,
  /\b(?:burn(?:ed|t|s)?|scald(?:ed)?|cut|injured?|hurt|broke|crushed) (?:my|his|her|our|their) (?:\p{L}+ )?(?:hands?|fingers?|arms?|legs?|foot|feet|face|eyes?|skin|head|toes?|knees?|lips?|tongue|self|(?:little )?(?:son|daughter|child|kid|kids|baby|wife|husband|mother|father|dog|cat))\b/iu,
  /\b(?:(?:i|he|she|we|they|child|kid|son|daughter|baby|wife|husband|somebody|someone) (?:was|were|got|is|am|are|has been|have been|had been) (?:badly |seriously |severely )?(?:injured|hurt|burn(?:ed|t)|scalded|shocked|hospitali[sz]ed)|(?:i am|he is|she is|i['’]m|he['’]s|she['’]s|was|were|ended up|went|taken|brought|rushed) (?:in|to) (?:the )?(?:hospital|emergency room))\b/iu,
  /\b(?:kill(?:ing)? myself|suicid(?:e|al)|end my life|self[- ]harm|harm(?:ing)? myself|want to die)\b/iu,
  /(?<!\p{L})(?:explodiert|explosion|in flammen|feuer gefangen|riecht nach gas|stromschlag|vergiftet|verletzt|(?:hand|finger|arm|bein|gesicht|haut|auge[n]?) verbrannt|verbrüht|(?:ins|im) krankenhaus|mich umbringen|selbstmord|suizid)(?!\p{L})/iu,
  /(?<!\p{L})(?:explosée?s?|pris feu|fuite de gaz|sent le gaz|électrocuté[es]?|intoxiqué[es]?|blessée?s?|br[ûu]lée? (?:la|le|les|au|à)|(?:à l['’]hôpital)|aux urgences|suicid(?:e|er|aire)|me tuer)(?!\p{L})/iu,
  /(?<!\p{L})(?:explot[óo]|se (?:prendió|incendió)|en llamas|huele a gas|electrocut[óé]|intoxic(?:ado|ada|ó)|herid[oa]s?|(?:me|se) quem[éó]|(?:en|al) (?:el )?hospital|a urgencias|suicid(?:io|arme)|matarme)(?!\p{L})/iu,
  /(?<!\p{L})(?:explodiu|pegou fogo|em chamas|cheiro (?:a|de) gás|choque elétrico|intoxicad[oa]|ferid[oa]s?|me queimei|queimei[- ](?:me|a|o)|machuc(?:ado|ada|ou|uei)|(?:no|ao) hospital|suic[íi]dio|me matar)(?!\p{L})/iu,
  /(?<!\p{L})(?:esplos[oa]|preso fuoco|in fiamme|puzza di gas|fulminat[oa]|intossicat[oa]|ferit[oaie]|ustionat[oa]|bruciat[oa] (?:la|il|le|i|una?) (?:man[oi]|dit[oa]|bracci[oa]|faccia|viso|pelle)|(?:in|all['’])ospedale|in ospedale|al pronto soccorso|suicid(?:io|armi)|uccidermi)(?!\p{L})/iu,
  /(?:انفجر|اشتعل|رائحة غاز|تسمم|اصيب|جرحت|احرقت يدي|في المستشفى|انتحر|اقتل نفسي)/u,
];
const law: readonly RegExp[] = [
  /\b(?:(?:to|will|gonna|i['’]ll) sue|sue you|suing|lawsuit|legal action|(?:my|our) (?:lawyer|solicitor|attorney|barrister)s?|take (?:you|this|it|them) to court|see you in court|small claims|press charges|(?:call|called|calling|tell|inform) the police|trading standards|ombudsman)\b/iu,
  /(?<!\p{L})(?:anwalt|anwältin|rechtsanwalt|rechtsanwältin|verklag(?:e|en)|anzeige (?:erstatten|gegen)|vor gericht|gerichtlich|verbraucher(?:schutz|zentrale)|polizei)(?!\p{L})/iu,
  /(?<!\p{L})(?:mon avocate?|un avocat|porter plainte|plainte contre|tribunal|en justice|dgccrf|la police)(?!\p{L})/iu,
  /(?<!\p{L})(?:abogad[oa]|demandar(?:l[oae]s?|te|os)?|denuncia(?:r|r[ée])?|tribunales|oficina del consumidor|la policía)(?!\p{L})/iu,
  /(?<!\p{L})(?:advogad[oa]|processar (?:vocês|a empresa|vos)|processo judicial|tribunal|procon|a polícia|queixa[- ]crime)(?!\p{L})/iu,
  /(?<!\p{L})(?:avvocat[oa]|vie legali|azione legale|tribunale|denuncia(?:re|rvi)?|querela|la polizia|codacons)(?!\p{L})/iu,
  /(?:محام|محامي|المحكمة|مقاضا|ساقاضي|الشرطة|بلاغ (?:ضد|في))/u,
];

export type Grave = 'harm' | 'law';

/** Whether a customer tells of what a person must see at once: that somebody is hurt or in danger, or that
 *  it goes to the law (rule W114). */
export function graveIn(text: string): Grave | undefined {
  const plain = bareArabic(text.normalize('NFC'));
  if (harm.some((phrase) => phrase.test(plain))) return 'harm';
  return law.some((phrase) => phrase.test(plain)) ? 'law' : undefined;
}

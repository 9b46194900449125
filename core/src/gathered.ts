/** What people name in a chat that whoever helps them needs. `account` is a card or bank account: it is
 *  told apart so that it is kept out of what is shown. */
export const fact_kinds = ['order', 'email', 'phone', 'date', 'amount', 'product'] as const;
export type FactKind = (typeof fact_kinds)[number];

/** Something found in a text, as it stands there. `start` and `end` are places in UTF-16 units. */
export interface Gathered {
  kind: FactKind | 'account';
  value: string;
  start: number;
  end: number;
}

const whole = (pattern: string, flags = 'giu') =>
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${pattern})(?![\\p{L}\\p{N}])`, flags);

const months =
  'january|february|march|april|may|june|july|august|september|october|november|december|' +
  'jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|' +
  'januar|jänner|februar|märz|mai|juni|juli|oktober|dezember|' +
  'janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre|' +
  'enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|' +
  'gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre|' +
  'janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|novembro|dezembro';
const weekdays =
  'monday|tuesday|wednesday|thursday|friday|saturday|sunday|' +
  'montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|' +
  'lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|' +
  'lunes|martes|miércoles|jueves|viernes|sábado|domingo|' +
  'lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|' +
  '(?:segunda|terça|quarta|quinta|sexta)-feira';
/** A word that means a day in one language and something else in another is left out: "hier", "morgen"
 *  and "mañana" are; "yesterday" in its own language is enough. */
const days =
  "yesterday|today|tomorrow|gestern|vorgestern|heute|übermorgen|avant-hier|aujourd[’']hui|" +
  'ayer|anteayer|hoy|ieri|oggi|domani|ontem|anteontem|hoje|amanhã';
const dates = [
  '\\d{4}-\\d{1,2}-\\d{1,2}',
  '\\d{1,2}[./]\\d{1,2}[./](?:\\d{4}|\\d{2})',
  '\\d{1,2}\\.\\s?\\d{1,2}\\.',
  `\\d{1,2}(?:st|nd|rd|th|er|º|\\.)?\\s(?:de\\s|of\\s)?(?:${months})(?:\\s(?:de\\s)?\\d{4})?`,
  `(?:${months})\\s\\d{1,2}(?:st|nd|rd|th)?(?:,?\\s\\d{4})?`,
  `(?:(?:last|next|letzten|nächsten|am)\\s)?(?:${weekdays})`,
  days,
].join('|');

const currency =
  'r\\$|[€$£]|eur|usd|gbp|chf|euros?|dollars?|pounds?|pfund|franken|francs?|dólares|' +
  'dollari|sterline|libras|reais';
const figure = "\\d{1,3}(?:[.,\\u00a0’' ]\\d{3})+(?:[.,]\\d{1,2})?|\\d{1,9}(?:[.,]\\d{1,2})?";
/** Signs are no letters: what stands around them is bounded by hand. */
const amounts = `(?:(?:${currency})\\s?(?:${figure}))|(?:(?:${figure})\\s?(?:${currency}))`;

const ordered =
  'order|bestellung|bestellnummer|auftrag|auftragsnummer|commande|pedido|ordine|encomenda|' +
  'invoice|rechnung|rechnungsnummer|facture|factura|fattura|fatura|' +
  'tracking|sendung|sendungsnummer|parcel|booking|buchung|réservation|reserva|prenotazione';
const between =
  '(?:(?:number|no\\.?|nr\\.?|n[°º]|num\\.?|numero|número|numéro|nummer|id|code|is|ist|lautet|es|est|è|é|with|mit|the|die|my)\\s?[:.]?\\s?|[:#(]\\s?){0,4}';
const code = '[a-z0-9]{0,12}(?:[-/][a-z0-9]{1,12}){0,3}';

interface Rule {
  kind: Gathered['kind'];
  pattern: RegExp;
}

/** In the order in which they may claim a place: the surer a sign, the earlier. */
const rules: Rule[] = [
  {
    kind: 'email',
    pattern:
      /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){0,4}\.\p{L}{2,20}/gu,
  },
  {
    kind: 'account',
    pattern: whole('[a-z]{2}\\d{2}(?:\\s?[a-z0-9]{4}){3,7}(?:\\s?[a-z0-9]{1,3})?'),
  },
  { kind: 'account', pattern: whole('\\d(?:[ -]?\\d){12,18}') },
  {
    kind: 'order',
    pattern: whole(`(?:${ordered})\\s?${between}(?<value>(?=[a-z/-]{0,13}\\d)${code})`),
  },
  { kind: 'order', pattern: /#\s?(?<value>(?=[A-Za-z-]{0,6}\d)[A-Za-z0-9-]{3,24})/gu },
  { kind: 'amount', pattern: whole(amounts) },
  { kind: 'date', pattern: whole(dates) },
  { kind: 'phone', pattern: /(?<![\p{L}\p{N}])(?:\+|00?)[1-9](?:[ ()/.-]{0,2}\d){6,13}(?!\d)/gu },
  { kind: 'order', pattern: /(?<![\p{L}\p{N}-])[A-Z]{1,5}-?\d{4,12}(?![\p{L}\p{N}])/gu },
  { kind: 'product', pattern: /["“„«](?<value>[^"“”„«»\n]{2,60})["”“»]/gu },
  { kind: 'product', pattern: /(?<![\p{L}\p{N}-])[A-Z]{1,5}-\d{1,3}[A-Z]?(?![\p{L}\p{N}])/gu },
];

/** Order numbers, e-mails, telephone numbers, dates, amounts, product names, and cards and accounts in
 *  what somebody writes, in six languages, each as it stands there and each place once. By rules alone:
 *  it finds what is written in the usual ways, and adds nothing that is not in the text.
 *  @param names products that are known by name
 *  @returns in the order of the text */
export function gatheredIn(text: string, names: readonly string[] = []): Gathered[] {
  const found: Gathered[] = [];
  const free = (start: number, end: number) =>
    found.every((one) => end <= one.start || start >= one.end);
  const claim = (kind: Gathered['kind'], value: string, start: number) => {
    const end = start + value.length;
    if (value.trim() && free(start, end)) found.push({ kind, value, start, end });
  };
  for (const { kind, pattern } of rules) {
    for (const match of text.matchAll(pattern)) {
      const value = match.groups?.value ?? match[0];
      if (kind === 'account' || free(match.index, match.index + match[0].length)) {
        claim(kind, value, match.index + match[0].lastIndexOf(value));
      }
    }
  }
  const lower = text.toLowerCase();
  // Where lower case is of another length, places would differ.
  for (const name of lower.length === text.length ? names : []) {
    const at = name.length > 2 ? lower.indexOf(name.toLowerCase()) : -1;
    if (at >= 0) claim('product', text.slice(at, at + name.length), at);
  }
  return found.sort((a, b) => a.start - b.start);
}

/** A number, or a code with a number in it: "20712", "kc20712". "B2B" and "3D" are words. */
const code_alone =
  /(?<![\p{L}\p{N}])(?:\p{N}+|[\p{L}\p{N}]*\p{N}{2}[\p{L}\p{N}]*)(?![\p{L}\p{N}])/gu;

/** Whether a text only names orders, addresses, dates and the like, and says nothing of them. */
export function onlyNames(text: string): boolean {
  const rest = gatheredIn(text)
    .toReversed()
    .reduce((left, { start, end }) => `${left.slice(0, start)} ${left.slice(end)}`, text);
  const left = rest.replaceAll(code_alone, ' ');
  return left !== text && !/[\p{L}\p{N}]/u.test(left);
}

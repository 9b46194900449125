import { type Gathered, gatheredIn } from './gathered.ts';

const masks: Partial<Record<Gathered['kind'], string>> = {
  order: '[order number]',
  email: '[e-mail]',
  phone: '[telephone]',
  account: '[account]',
};
const name_mask = '[name]';
const name = "\\p{Lu}[\\p{L}\\p{M}'’-]+";
const whole_name = `${name}(?: (?:(?:van|von|de|del|della|der|den|da|dos|di|el|al|bin|ibn) ){0,2}${name}){0,3}`;
/** Where a name follows in six languages: a form of address, or words by which people say who they are. */
const addressed = RegExp(
  `(?<=(?<![\\p{L}\\p{N}])(?:(?:Mrs?|Ms|Mx|Dr|Prof|Sr|Sra|Sig)\\.? |(?:Herrn?|Frau|Monsieur|Madame|Mme|Mlle|Señora?|Signora?|Signor|Senhora?) |M\\. ))(?:(?:Dr|Prof)\\.? )?${whole_name}`,
  'gu',
);
const introduced = RegExp(
  `(?<=(?<![\\p{L}\\p{N}])(?:[Mm]y name is|I am called|[Ii]ch hei(?:ß|ss)e|[Mm]ein Name ist|[Jj]e m[’']appelle|[Mm]on nom est|[Mm]e llamo|[Mm]i nombre es|[Mm]i chiamo|[Ii]l mio nome è|[Cc]hamo-me|[Mm]e chamo|[Mm]eu nome é) )${whole_name}`,
  'gu',
);
const shortest_name = 2;

/** The masks that stand in a text, in its order: each hides what was said to one person (rule W129). */
export const masksIn = (text: string): string[] =>
  [...Object.values(masks), name_mask]
    .filter((mask) => text.includes(mask))
    .toSorted((a, b) => text.indexOf(a) - text.indexOf(b));

/** A text without what belongs to one person: e-mails, telephone, order and account numbers, the names
 *  given, and those behind a form of address ("Mr. Nasser") or an introduction ("my name is"). Other names
 *  cannot be told from other words. What is true for everybody, such as an amount, a time or a product, stays (rule W46).
 *  @param names of people, whole ones and what they are made of */
export function masked(text: string, names: readonly (string | null)[] = []): string {
  let out = '';
  let from = 0;
  for (const { kind, start, end } of gatheredIn(text)) {
    const mask = masks[kind];
    if (!mask) continue;
    out += text.slice(from, start) + mask;
    from = end;
  }
  out += text.slice(from);
  out = out.replaceAll(addressed, name_mask).replaceAll(introduced, name_mask);
  const parts = names.flatMap((name) => (name ? [name, ...name.split(/\s+/u)] : []));
  const longest_first = [...new Set(parts)]
    .filter((part) => part.length >= shortest_name && /\p{L}/u.test(part))
    .sort((a, b) => b.length - a.length);
  for (const part of longest_first) {
    const plain = part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
    out = out.replaceAll(
      new RegExp(`(?<![\\p{L}\\p{N}])${plain}(?![\\p{L}\\p{N}])`, 'giu'),
      name_mask,
    );
  }
  return out;
}

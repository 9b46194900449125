import { type Gathered, gatheredIn } from './gathered.ts';

const masks: Partial<Record<Gathered['kind'], string>> = {
  order: '[order number]',
  email: '[e-mail]',
  phone: '[telephone]',
  account: '[account]',
};
const name_mask = '[name]';
const shortest_name = 2;

/** A text without what belongs to one person: e-mails, telephone, order and account numbers, and the
 *  names given. What is true for everybody, such as an amount, a time or a product, stays (rule W46).
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

import {
  type Contact,
  type ContactChange,
  type JsonObject,
  phone_attribute,
  type Vouched,
} from '@wheelhouse/core';

/** What was typed of a contact and is not saved; what was not typed follows what is known. */
export interface Typed extends Partial<Record<Vouched, string>> {
  /** Chosen, and not typed; null for none. */
  language?: string | null;
  /** Attributes that are there, by name. */
  values: Record<string, string>;
  removed: string[];
  added: { name: string; value: string }[];
}
export const untouched: Typed = { values: {}, removed: [], added: [] };

type Plain = string | number | boolean | null;
export const isPlain = (value: unknown): value is Plain =>
  value === null || typeof value !== 'object';

/** What was typed of an attribute that is there. */
export const typedOf = ({ values }: Typed, name: string): string | undefined =>
  Object.hasOwn(values, name) ? values[name] : undefined;

export const textOf = (value: Plain): string => (value === null ? '' : String(value));

/** A number stays one while what is typed is one, and what was yes or no stays that. */
function plainOf(text: string, before: unknown): Plain {
  const said = text.trim();
  if (!said) return null;
  if (typeof before === 'number' && String(Number(said)) === said) return Number(said);
  if (typeof before === 'boolean' && /^(true|false)$/.test(said)) return said === 'true';
  return said;
}

/** What of it would change anything: an empty field is taken away. */
export function changeOf(contact: Contact, typed: Typed): ContactChange {
  const own = (field: Vouched) => {
    const said = typed[field]?.trim();
    return said === undefined || said === (contact[field] ?? '') ? {} : { [field]: said || null };
  };
  const language =
    typed.language === undefined || typed.language === contact.language
      ? {}
      : { language: typed.language };
  const attributes: JsonObject = {};
  // The telephone number has its field, also where none is known.
  const there = { [phone_attribute]: null, ...contact.attributes };
  for (const [name, before] of Object.entries(there)) {
    const said = typedOf(typed, name);
    if (typed.removed.includes(name)) attributes[name] = null;
    else if (said !== undefined && isPlain(before) && said.trim() !== textOf(before))
      attributes[name] = plainOf(said, before);
  }
  for (const { name, value } of typed.added) {
    if (name.trim() && value.trim()) attributes[name.trim()] = value.trim();
  }
  const more = Object.keys(attributes).length ? { attributes } : {};
  return { ...own('name'), ...own('email'), ...language, ...more };
}

/** What is wrong with the name of a line that is added. */
export function nameFault(contact: Contact, typed: Typed, at: number): string | undefined {
  const { name = '', value = '' } = typed.added[at] ?? {};
  const own = name.trim();
  if (!own) return value.trim() ? 'needs a name' : undefined;
  const there =
    own === phone_attribute ||
    (Object.hasOwn(contact.attributes, own) && !typed.removed.includes(own));
  const twice = typed.added.some((one, place) => place < at && one.name.trim() === own);
  return there || twice ? 'is there already' : undefined;
}

/** Said where somebody else wrote something into a field that is being typed in here. */
export const writtenMeanwhile = (
  opened: string | null,
  now: string | null,
  typed: string | undefined,
): string | undefined =>
  typed === undefined || opened === now || typed.trim() === (now ?? '')
    ? undefined
    : `Meanwhile somebody ${now === null ? 'took it away' : `wrote “${now}”`}.`;

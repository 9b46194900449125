import * as z from 'zod';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** Deeper than any honest document, shallow enough that no recursion runs out of stack. */
export const depth_limit = 32;

/** The path of the first thing that a text store cannot keep as it is, or undefined.
 *  NUL and lone surrogates have no UTF-8 form in PostgreSQL; prototype keys are never data. */
export function hostilePath(value: unknown, path: string[] = []): string[] | undefined {
  if (typeof value === 'string') return isText(value) ? undefined : path;
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : path;
  if (value === null || typeof value !== 'object') return undefined;
  if (path.length >= depth_limit) return path;
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at++) {
      const found = hostilePath(value[at], [...path, String(at)]);
      if (found) return found;
    }
    return undefined;
  }
  for (const key of Object.keys(value)) {
    const here = [...path, key];
    if (key === '__proto__' || !isText(key)) return here;
    const found = hostilePath((value as JsonObject)[key], here);
    if (found) return found;
  }
  return undefined;
}

/** Whether a text can be stored and shown exactly as it came: no NUL, no half surrogate pair. */
export const isText = (text: string) => text.isWellFormed() && !text.includes('\u0000');

/** Any JSON value that can be stored and shown exactly as it came. */
export const Json: z.ZodType<Json> = z.unknown().superRefine((value, context) => {
  const path = value === undefined ? [] : hostilePath(value);
  if (!path) return;
  context.addIssue({
    code: 'custom',
    path,
    message:
      path.length >= depth_limit
        ? `nested deeper than ${depth_limit}`
        : value === undefined
          ? 'a JSON value is needed'
          : 'holds a NUL, half a surrogate pair, or a key that is not data',
  });
}) as z.ZodType<Json>;

export const JsonObject: z.ZodType<JsonObject> = z
  .record(z.string(), z.unknown())
  .superRefine((value, context) => {
    const path = hostilePath(value);
    if (!path) return;
    const message = 'holds a NUL, half a surrogate pair, a prototype key, or nests too deep';
    context.addIssue({ code: 'custom', path, message });
  }) as z.ZodType<JsonObject>;

/** JSON on its way out: it was checked when it came in. */
export const StoredJson = z.any() as z.ZodType<Json>;
export const StoredObject = z.record(z.string(), z.any()) as z.ZodType<JsonObject>;

/** Text that can be stored and shown exactly as it came. */
export const Text = (most: number) =>
  z
    .string()
    .max(most)
    .refine(isText, 'holds a NUL or half a surrogate pair, which cannot be stored');

const hidden = /[\p{Cc}\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]/u;

/** A name on one line, that is what it looks like: not blank, and without control characters or marks
 *  that hide or turn text. Joiners stay, which scripts and emoji need. */
export const Label = (most: number) =>
  Text(most)
    .refine((text) => /\S/u.test(text), 'is blank')
    .refine((text) => !hidden.test(text), 'holds characters that hide or turn text');

/** The one byte form of a JSON value (RFC 8785), so that equal values have equal hashes. Numbers
 *  and strings are as ECMAScript writes them, which is what the RFC asks; keys go by UTF-16 unit. */
export function canonical(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  let text = '';
  if (Array.isArray(value)) {
    for (const one of value) text += `${text && ','}${canonical(one)}`;
    return `[${text}]`;
  }
  for (const key of Object.keys(value).sort()) {
    const one = value[key];
    if (one === undefined) continue;
    text += `${text && ','}${JSON.stringify(key)}:${canonical(one)}`;
  }
  return `{${text}}`;
}

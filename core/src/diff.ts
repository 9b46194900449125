import { canonical, type Json } from './json.ts';

/** One place where an edit differs from what was asked. A missing side is undefined. */
export interface Change {
  path: string;
  from?: Json;
  to?: Json;
}

/** Every place where two JSON values differ, by dotted path; lists are compared by position. */
export function changes(from: Json | undefined, to: Json | undefined, path = ''): Change[] {
  if (isBranch(from) && isBranch(to) && Array.isArray(from) === Array.isArray(to)) {
    const [a, b] = [from as Record<string, Json>, to as Record<string, Json>];
    const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
    return keys.flatMap((key) =>
      changes(own(a, key), own(b, key), path === '' ? key : `${path}.${key}`),
    );
  }
  if (from === undefined && to === undefined) return [];
  if (from !== undefined && to !== undefined && canonical(from) === canonical(to)) return [];
  return [{ path, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }];
}

const isBranch = (value: Json | undefined) => value !== null && typeof value === 'object';
const own = (value: Record<string, Json>, key: string) =>
  Object.hasOwn(value, key) ? value[key] : undefined;

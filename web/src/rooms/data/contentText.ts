import type { Json, Output } from '@wheelhouse/core';

const longest = 80;

/** What the AI said, in a few words for a list; null where the title tells it already, as it does of
 *  an action, and where it is hidden or erased. */
export function contentText({ content, action, input }: Output): string | null {
  if (action || content === null || input === null) return null;
  const text = plain(content).replaceAll(/\s+/g, ' ').trim();
  if (!text) return null;
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

function plain(value: Json): string {
  if (value === null || typeof value !== 'object') return String(value ?? '');
  const parts = Array.isArray(value) ? value : Object.values(value);
  return parts.slice(0, 6).map(plain).filter(Boolean).join(', ');
}

import { type EventType, event_types } from '@wheelhouse/core';

/** What the record is cut down to, as the address has it. */
export interface Cut {
  type?: EventType;
  /** The id of whoever did it. */
  actor?: string;
  /** The id or name of what it happened to. */
  subject?: string;
}

const most_characters = 200;

function word(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  return String(value).trim().slice(0, most_characters) || undefined;
}

/** Reads the address; whatever in it makes no sense is left out, so that an old or mistyped link
 *  still opens the record. */
export function cutOf(search: Record<string, unknown>): Cut {
  return tidy({
    type: event_types.find((type) => type === search.type),
    actor: word(search.actor),
    subject: word(search.subject),
  });
}

/** The same, with nothing that is not set, as the address and the server want it. */
export const tidy = (cut: { [Name in keyof Cut]?: Cut[Name] | undefined }): Cut =>
  Object.fromEntries(
    Object.entries(cut).filter(([, value]) => value !== undefined && value !== ''),
  ) as Cut;

export const isCut = (cut: Cut): boolean => Object.keys(cut).length > 0;

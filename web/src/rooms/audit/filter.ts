import { type EventType, event_types } from '@wheelhouse/core';

/** What people come here to ask, and the events that answer it. */
export const abouts = {
  decisions: [
    'case.resolved',
    'case.corrected',
    'case.undone',
    'case.cancelled',
    'output.cancelled',
    'output.claimed',
  ],
  settings: event_types.filter((type) => /^(gate|queue|key|member|webhook|workspace)\./.test(type)),
} as const satisfies Record<string, readonly EventType[]>;
export type About = keyof typeof abouts;

/** What the record is cut down to, as the address has it. */
export interface Cut {
  about?: About;
  /** A span of time up to now. */
  within?: Within;
  type?: EventType;
  /** The id of whoever did it. */
  actor?: string;
  /** The id or name of what it happened to. */
  subject?: string;
}

export const withins = {
  '24h': { words: 'The last 24 hours', ms: 86_400_000 },
  '7d': { words: 'The last 7 days', ms: 7 * 86_400_000 },
  '30d': { words: 'The last 30 days', ms: 30 * 86_400_000 },
} as const;
export type Within = keyof typeof withins;

const most_characters = 200;

function word(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  return String(value).trim().slice(0, most_characters) || undefined;
}

/** Reads the address; whatever in it makes no sense is left out, so that an old or mistyped link
 *  still opens the record. */
export function cutOf(search: Record<string, unknown>): Cut {
  return tidy({
    about: (Object.keys(abouts) as About[]).find((about) => about === search.about),
    within: (Object.keys(withins) as Within[]).find((span) => span === search.within),
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

/** What the server is asked. One type is asked for rather than all of its kind; a span becomes a
 *  moment when it is asked. */
export function filterOf({ about, within, type, ...rest }: Cut, now_ms: number) {
  const types = type ?? (about && abouts[about].join(','));
  return {
    ...rest,
    ...(types ? { type: types } : {}),
    ...(within ? { since: new Date(now_ms - withins[within].ms).toISOString() } : {}),
  };
}

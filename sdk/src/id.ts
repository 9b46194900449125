import { canonical, digest, type Instant, makeId } from '@wheelhouse/core';

/** An id for an output, made before it is sent, so that a retry meets its own row. */
export const newOutputId = (): string =>
  makeId('output', Date.now(), crypto.getRandomValues(new Uint8Array(10)));

/** The output id of a run that has a name of its own, such as a workflow's: the same name gives the
 *  same id for ever, on any machine, so a run that starts again takes its output up again. (A key
 *  would be forgotten after a month; a paused run may sleep for a year.)
 *  @param name unique over everything you submit to the workspace
 *  @param began_at when the run began, if you know: it places the output among others by time. It
 *  is part of the name, so give the same each time */
export function outputIdFor(name: string, began_at?: Instant): string {
  const hex = digest(canonical(['run', name, began_at ?? null])).slice('sha256:'.length);
  const bytes = Uint8Array.from({ length: 10 }, (_, at) =>
    Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16),
  );
  return makeId('output', began_at ? Date.parse(began_at) : 0, bytes);
}

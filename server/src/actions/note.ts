import {
  asksApart,
  counted,
  type Note,
  type NoteSubmission,
  type Principal,
  refuse,
} from '@wheelhouse/core';
import type * as z from 'zod';
import type { Ports } from '../ports.ts';
import { namesOf } from '../store/members.ts';
import { insertNote, listNotes } from '../store/notes.ts';
import { canBeUndone } from './case-view.ts';
import type { RulingsCache } from './definition.ts';
import { docketWrites, type OpenDocket, openDockets } from './docket.ts';
import { checkMentions } from './mention.ts';

/** Adds a note; whoever is mentioned sees it on Home. @throws Refusal not_found, invalid */
export async function addNote(
  ports: Ports,
  by: Principal,
  rulings: RulingsCache,
  case_id: string,
  body: z.infer<typeof NoteSubmission>,
): Promise<Note> {
  const note = await ports.database.transact(by, async (tx) => {
    const open = (await openDockets(tx, by, rulings, [case_id])).get(case_id);
    if (!open) throw refuse('not_found', { case_id });
    if (open.row.erased_at) throw refuse('erased', { case_id });
    await checkMentions(tx, by, body.mentions);
    const made = {
      id: ports.makeId('note', tx.now),
      text: body.text,
      mentions: body.mentions,
      by: by.id,
      at: tx.now,
    };
    await insertNote(tx, by, case_id, made);
    const writes = docketWrites(tx, by);
    writes.say(by, {
      type: 'case.noted',
      subject: case_id,
      data: { note_id: made.id, mentions: body.mentions },
    });
    writes.save();
    return { ...made, by_name: by.name };
  });
  ports.database.wake();
  return note;
}

/** Those who have answered and whom the reader is not to hear yet, since people are asked apart: what
 *  they wrote beside their answer is as good as it (rule C10). */
function raters({ docket, output }: OpenDocket, by: Principal): Set<string> {
  const open = docket.record.state === 'waiting' || canBeUndone(output);
  if (!open || !asksApart(docket)) return new Set();
  const answered = counted(docket.answers).map(({ rater }) => rater);
  return new Set(answered.filter((rater) => rater !== by.id));
}

export const readNotes = (
  ports: Ports,
  rulings: RulingsCache,
  by: Principal,
  case_id: string,
): Promise<Note[]> =>
  ports.database.transact(by, async (tx) => {
    const open = (await openDockets(tx, by, rulings, [case_id])).get(case_id);
    if (!open) throw refuse('not_found', { case_id });
    const unheard = raters(open, by);
    const rows = (await listNotes(tx, by, case_id)).filter((row) => !unheard.has(row.by));
    const names = await namesOf(
      tx,
      by,
      rows.map((row) => row.by),
    );
    return rows.map((row) => ({ ...row, by_name: names.get(row.by) ?? row.by }));
  });

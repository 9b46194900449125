import type { Note, Scope } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { statement } from './statement.ts';

export type NoteRow = Omit<Note, 'by_name'>;

const insert = statement(
  'notes.insert',
  `insert into notes (workspace_id, id, case_id, text, mentions, by, at)
   values ($1, $2, $3, $4, $5, $6, $7)`,
);
export const insertNote = (tx: Tx, scope: Scope, case_id: string, note: NoteRow) =>
  tx.query(insert, [
    scope.workspace_id,
    note.id,
    case_id,
    note.text,
    JSON.stringify(note.mentions),
    note.by,
    note.at,
  ]);

const list = statement(
  'notes.list',
  `select id, text, mentions, by, at from notes where workspace_id = $1 and case_id = $2
   order by id limit 500`,
);
export const listNotes = (tx: Tx, scope: Scope, case_id: string) =>
  tx.query<NoteRow>(list, [scope.workspace_id, case_id]);

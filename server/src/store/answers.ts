import type { AnswerRecord, Resolution, Scope } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { statement } from './statement.ts';

// One look by key for each case: asked for a list, the engine may walk all answers by their time,
// and "offset 0" keeps it from making a list of the looks again.
const of_cases = statement(
  'answers.of_cases',
  `select a.id, a.case_id, a.rater, a.rater_kind, a.role, a.epoch, a.status, a."values", a.note,
     a.shown_suggestion, a.spent_ms, a.at
   from unnest($2::text[]) as wanted (case_id)
     cross join lateral (select * from answers where workspace_id = $1
       and answers.case_id = wanted.case_id and not undone offset 0) a
   order by a.case_id, a.at, a.id`,
);
/** The standing answers of cases; undone ones stay in the table and count no more. */
export const answersOf = (tx: Tx, scope: Scope, case_ids: string[]) =>
  tx.query<AnswerRecord>(of_cases, [scope.workspace_id, case_ids]);

const undo = statement(
  'answers.undo',
  `update answers set undone = true where workspace_id = $1 and case_id = $2 and id = any($3::text[])
   and not undone returning id`,
);
export const undoAnswers = (tx: Tx, scope: Scope, case_id: string, ids: string[]) =>
  tx.query<{ id: string }>(undo, [scope.workspace_id, case_id, ids]);

export type ResolutionRow = Resolution & { case_id: string; standing: boolean };
const columns = 'id, case_id, kind, outcome, "values", diff, agreed, by, reason, standing, at';

const standing = statement(
  'resolutions.standing',
  `select ${columns} from resolutions where workspace_id = $1 and case_id = any($2::text[])
   and standing order by case_id`,
);
export const standingResolutions = (tx: Tx, scope: Scope, case_ids: string[]) =>
  tx.query<ResolutionRow>(standing, [scope.workspace_id, case_ids]);

const history = statement(
  'resolutions.history',
  `select ${columns} from resolutions where workspace_id = $1 and case_id = any($2::text[])
   order by at, id limit 200`,
);
export const resolutionHistory = (tx: Tx, scope: Scope, case_ids: string[]) =>
  tx.query<ResolutionRow>(history, [scope.workspace_id, case_ids]);

const lay_down = statement(
  'resolutions.lay_down',
  `update resolutions set standing = false where workspace_id = $1 and case_id = $2 and standing
   returning id`,
);
/** The standing resolution stands no more; the row stays as it was said. */
export const layDownResolution = (tx: Tx, scope: Scope, case_id: string) =>
  tx.query<{ id: string }>(lay_down, [scope.workspace_id, case_id]);

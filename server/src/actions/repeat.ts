import { canonical, type Json, refuse, type Scope, type SubmissionResult } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { findRemembered, type Remembered, rememberAll } from '../store/idempotency.ts';
import { type TakenRow, takenOutputs } from '../store/outputs.ts';
import { refused, type Settled, settled } from './batch.ts';
import type { Drafted } from './draft.ts';
import type { Submission } from './output.ts';
import { insistKept, replayed } from './replay.ts';

/** Finds what was submitted before, under its key or its own id, and answers it again; nothing of
 *  it is written (rule O4). What is new takes its key and its id. Each draft is decided in the order
 *  it came, so the second of two in one batch meets the first. */
export async function settleRepeats(
  tx: Tx,
  scope: Scope,
  items: Submission[],
  drafts: Settled<Drafted>[],
): Promise<void> {
  const ids = items.flatMap(({ body }) => (body.id ? [body.id] : []));
  const keys = items.flatMap(({ by, once }) => (once ? [{ principal: by.id, key: once.key }] : []));
  if (!ids.length && !keys.length) return;
  const [taken, remembered] = await Promise.all([
    ids.length ? takenOutputs(tx, scope, ids) : [],
    keys.length ? findRemembered(tx, scope, keys) : [],
  ]);
  const by_key = new Map(remembered.map((row) => [`${row.principal} ${row.key}`, row]));
  const by_id = new Map(taken.map((row) => [row.id, { said: saidBy(row), result: resultOf(row) }]));
  const fresh: Remembered[] = [];
  items.forEach((item, at) => {
    const one = drafts[at];
    if (!one?.ok) return;
    const { by, once, body } = item;
    const name = once && `${by.id} ${once.key}`;
    const first = name ? by_key.get(name) : undefined;
    if (once && first) {
      drafts[at] = again(one.value, replayed<SubmissionResult>(first, once));
      return;
    }
    let result = one.value.result;
    if (body.id) {
      const said = saidIn(item);
      const known = by_id.get(body.id);
      if (known && known.said !== said) {
        drafts[at] = refused(takenByAnother(body.id));
        return;
      }
      if (known) {
        result = known.result;
        drafts[at] = again(one.value, settled(result));
      } else by_id.set(body.id, { said, result });
    }
    if (!once || !name) return;
    const row = { principal: by.id, ...once, status: 201, response: result };
    by_key.set(name, row);
    fresh.push(row);
  });
  if (fresh.length) insistKept(fresh, await rememberAll(tx, scope, fresh));
}

const again = (draft: Drafted, replay: Settled<SubmissionResult>): Settled<Drafted> =>
  replay.ok ? settled({ ...draft, result: replay.value, repeated: true }) : replay;

const saidIn = ({ body, by, gate }: Submission): string =>
  canonical({
    gate,
    input: body.input ?? null,
    content: body.content ?? null,
    action: (body.action ?? null) as Json,
    by: by.id,
  });

const saidBy = ({ gate, input, content, action, created_by: by }: TakenRow): string =>
  canonical({ gate, input, content, action: action as Json, by });

const resultOf = (row: TakenRow): SubmissionResult => ({
  id: row.id,
  verdict: row.verdict,
  reasons: row.reasons,
  policy_version: row.policy_version,
  ...(row.case_id ? { case_id: row.case_id } : {}),
});

const takenByAnother = (id: string) =>
  refuse('id_taken', { id, errors: [{ field: 'id', message: 'stands for another output' }] });

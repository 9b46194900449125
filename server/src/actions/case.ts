import {
  atLeast,
  type Case,
  type CaseFilter,
  type CaseRow,
  type CaseSubmission,
  firstPlace,
  formFaults,
  invalid,
  type NewEvent,
  type Page,
  type Principal,
  plus,
  Quorum,
  quorumFaults,
  type Role,
  refuse,
  type Scope,
  unmarkable,
} from '@wheelhouse/core';
import type * as z from 'zod';
import type { Ports, Tx } from '../ports.ts';
import { listCases } from '../store/case-list.ts';
import { eventJson } from '../store/events.ts';
import { insertOutputs } from '../store/outputs.ts';
import { ensureQueue } from '../store/queues.ts';
import { caseView } from './case-view.ts';
import type { RulingsCache } from './definition.ts';
import { openDockets } from './docket.ts';
import { standIn } from './member.ts';
import { newSalt } from './salt.ts';

const nothing_to_disagree_with = {
  field: 'quorum.second_opinion',
  message: 'a question has no answer of an AI’s to disagree with; ask two people, or one',
};

/** Opens a case that has no output behind it: a question, or something to label.
 *  @param reason why it is here */
export async function openCase(
  ports: Ports,
  rulings: RulingsCache,
  by: Principal,
  body: z.infer<typeof CaseSubmission>,
  reason = 'asked for',
): Promise<Case> {
  const view = await ports.database.transact(by, async (tx) => {
    const id = body.id ?? ports.makeId('case', tx.now);
    const taken = await openDockets(tx, by, rulings, [id]);
    if (taken.size) throw refuse('id_taken', { id });
    const place_role = firstPlace(body.form, body.quorum, 'reviewer');
    const assigned_to = body.assigned_to && (await assignee(tx, by, body.assigned_to, place_role));
    const faults = [
      ...quorumFaults(body.quorum, body.form, 'quorum'),
      ...(body.quorum.second_opinion === 'never' ? [] : [nothing_to_disagree_with]),
      ...formFaults(body.form),
      ...unmarkable(body.form, body.parts).map(({ at, message }) => ({
        field: `form.questions.${at}.part`,
        message,
      })),
    ];
    if (faults.length) throw invalid(...faults);
    await ensureQueue(tx, by, body.queue);
    const due_at = body.deadline_ms === undefined ? null : plus(tx.now, body.deadline_ms);
    const first = body.parts[0];
    const title =
      body.title ?? (first?.kind === 'text' ? first.text.slice(0, 150).toWellFormed() : 'Question');
    const events: NewEvent[] = [
      { type: 'case.opened', subject: id, data: { queue: body.queue, kind: 'question' } },
    ];
    insertOutputs(
      tx,
      by,
      [],
      [
        {
          id,
          kind: 'question',
          title,
          queue: body.queue,
          gate: undefined,
          policy_version: undefined,
          output_id: undefined,
          parts: body.parts,
          form: body.form,
          quorum: body.quorum,
          metadata: body.metadata,
          reasons: [reason],
          confidence: undefined,
          risk: undefined,
          priority: body.priority,
          requested_by: by.id,
          own_request_allowed: true,
          salt: newSalt(ports.chance),
          assigned_to,
          needs_role: 'reviewer',
          place_role,
          wanted: Quorum.parse(body.quorum).of,
          lease_ms: 300_000,
          due_at,
          next_at: due_at,
        },
      ],
      events.map((event) => eventJson(by, event)),
    );
    const open = (await openDockets(tx, by, rulings, [id])).get(id);
    if (!open) throw new Error('a case was not written');
    return caseView(open, by, tx.now);
  });
  ports.database.wake();
  return view;
}

/** Whose a new case is: the member it is for, or who stands in for them.
 *  @throws Refusal invalid when that is nobody who could decide it */
async function assignee(
  tx: Tx,
  scope: Scope,
  member_id: string,
  needs_role: Role = 'reviewer',
): Promise<string> {
  const to = await standIn(tx, scope, member_id);
  const fault = !to
    ? 'is away, and nobody stands in for them who decides cases'
    : atLeast(to.role, needs_role)
      ? undefined
      : `is a ${to.role}, and this asks for a ${needs_role}`;
  if (!to || fault) throw invalid({ field: 'assigned_to', message: fault ?? 'is nobody' });
  return to.id;
}

/** One case as this principal may see it. @throws Refusal not_found */
export const readCase = (
  ports: Ports,
  rulings: RulingsCache,
  by: Principal,
  id: string,
): Promise<Case> =>
  ports.database.transact(by, async (tx) => {
    const open = (await openDockets(tx, by, rulings, [id])).get(id);
    if (!open) throw refuse('not_found', { case_id: id });
    return caseView(open, by, tx.now);
  });

export const readCases = (
  ports: Ports,
  by: Principal,
  filter: z.infer<typeof CaseFilter>,
): Promise<Page<CaseRow>> =>
  ports.database.transact(by, (tx) =>
    listCases(tx, by, { id: by.id, leads: atLeast(by.role, 'lead') }, filter),
  );

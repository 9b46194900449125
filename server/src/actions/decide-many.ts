import { type BatchDecision, type BatchResult, isRefusal, type Principal } from '@wheelhouse/core';
import type * as z from 'zod';
import type { AnswerRequest, AnswerResult } from './answer.ts';
import type { BatchRun } from './batch.ts';

/** Decides many cases alike, each with its own lease, record and result (one fails, others stand). */
export async function decideMany(
  answer: BatchRun<AnswerRequest, AnswerResult>,
  by: Principal,
  { case_ids, note, values }: z.infer<typeof BatchDecision>,
): Promise<BatchResult> {
  const body = {
    status: 'submitted' as const,
    values,
    ...(note ? { note } : {}),
    shown_suggestion: false,
    spent_ms: 0,
  };
  const ends = await answer(
    by,
    case_ids.map((case_id) => ({ by, case_id, body })),
  );
  const results = ends.map((end, at) => {
    const case_id = case_ids[at] as string;
    if (end.ok) {
      const outcome = end.value.resolution?.outcome ?? null;
      return { case_id, ok: true, code: null, detail: null, outcome };
    }
    const { refusal } = end;
    if (!isRefusal(refusal)) throw refusal;
    return { case_id, ok: false, code: refusal.code, detail: refusal.message, outcome: null };
  });
  return { results };
}

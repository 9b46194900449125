import { type BatchDecision, type BatchResult, isRefusal, type Principal } from '@wheelhouse/core';
import type * as z from 'zod';
import type { AnswerRequest, AnswerResult } from './answer.ts';

/** Decides many cases alike, each with its own lease, record and result (one fails, others stand). */
export async function decideMany(
  answer: (item: AnswerRequest) => Promise<AnswerResult>,
  by: Principal,
  body: z.infer<typeof BatchDecision>,
): Promise<BatchResult> {
  const results = await Promise.all(
    body.case_ids.map(async (case_id) => {
      try {
        const { note, values } = body;
        const done = await answer({
          by,
          case_id,
          body: {
            status: 'submitted',
            values,
            ...(note ? { note } : {}),
            shown_suggestion: false,
            spent_ms: 0,
          },
        });
        return {
          case_id,
          ok: true,
          code: null,
          detail: null,
          outcome: done.resolution?.outcome ?? null,
        };
      } catch (thrown) {
        if (!isRefusal(thrown)) throw thrown;
        return { case_id, ok: false, code: thrown.code, detail: thrown.message, outcome: null };
      }
    }),
  );
  return { results };
}

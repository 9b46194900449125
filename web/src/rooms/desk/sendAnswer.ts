import type { AnswerSubmission } from '@wheelhouse/core';
import { type AnswerResult, api } from '../../live/api.ts';
import { isPassing } from '../../live/problem.ts';
import { onceKey } from '../../live/request.ts';

const tries = 3;

/** Sends an answer, again where the network or the server is away for a moment: with the same key
 *  each time, so that an answer whose receipt was lost is not given twice.
 *  @throws ApiProblem */
export async function sendAnswer(
  case_id: string,
  body: Partial<AnswerSubmission>,
): Promise<AnswerResult> {
  const once = onceKey();
  for (let attempt = 1; ; attempt++) {
    try {
      return await api.cases.answer(case_id, body, { once, keepalive: isSmall(body) });
    } catch (problem) {
      if (attempt >= tries || !isPassing(problem)) throw problem;
      await new Promise((resolve) => setTimeout(resolve, 300 * 2 ** attempt));
    }
  }
}

/** Browsers let a request of at most 64 KiB outlive its page. */
const isSmall = (body: unknown) => JSON.stringify(body).length < 15_000;

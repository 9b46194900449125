import type { AnswerResult } from '../../live/api.ts';

/** A decision that can still be taken back, and until when. */
export interface Undoable {
  case_id: string;
  title: string;
  /** null while people are asked apart: then nobody hears yet what it came to. */
  outcome: string | null;
  until: number;
}

export function undoableOf({ case: decided, resolution }: AnswerResult): Undoable | null {
  if (!decided.undo_until) return null;
  return {
    case_id: decided.id,
    title: decided.title,
    outcome: resolution?.outcome ?? null,
    until: Date.parse(decided.undo_until),
  };
}

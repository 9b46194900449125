import {
  type DraftEnd,
  type Json,
  MessageBody,
  type Purpose,
  type Scope,
  wordDistance,
  wordsIn,
  wordsOf,
} from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { insertDraft } from '../store/drafts.ts';
import type { OutputRow } from '../store/outputs.ts';

/** What a bot's output says, as a message; undefined when a person made something of it that is none. */
export function bodyOf(content: Json): MessageBody | undefined {
  if (typeof content === 'string')
    return MessageBody.safeParse({ kind: 'text', text: content }).data;
  const plain = MessageBody.safeParse({ kind: 'text', ...(content as object) });
  return plain.success ? plain.data : MessageBody.safeParse(content).data;
}

/** Keeps what a person made of a draft, as numbers (rule W38). What passed by itself, was withdrawn or
 *  ran out of time was no person's decision.
 *  @param sent whether it was said, or came too late */
export function keepDraftEnd(
  tx: Tx,
  scope: Scope,
  output: OutputRow,
  purpose: Purpose,
  sent: boolean,
): void {
  const { outcome, id: output_id, conversation_id, content } = output;
  const became = outcome && endOf(outcome.status, sent);
  if (!became || !conversation_id) return;
  const draft = splitWords(content);
  const end: DraftEnd = {
    ...{ output_id, conversation_id, bot: purpose.bot, became },
    words: draft.length,
    distance: sent ? wordDistance(draft, splitWords(outcome.content)) : null,
  };
  insertDraft(tx, scope, end);
}

function endOf(status: string, sent: boolean): DraftEnd['became'] | undefined {
  if (status === 'rejected') return 'replaced';
  if (status !== 'approved' && status !== 'edited') return undefined;
  if (!sent) return 'not_sent';
  return status === 'approved' ? 'as_it_stands' : 'edited';
}

function splitWords(content: Json | undefined): string[] {
  const body = content === undefined ? undefined : bodyOf(content);
  return body ? wordsIn(wordsOf(body)) : [];
}

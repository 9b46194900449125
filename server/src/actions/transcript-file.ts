import { Readable } from 'node:stream';
import {
  type Conversation,
  customerName,
  type Message,
  type Principal,
  refuse,
  type Scope,
  type TranscriptFormat,
  transcriptFiles,
} from '@wheelhouse/core';
import type { Ports, Tx } from '../ports.ts';
import { findConversation } from '../store/conversations.ts';
import { namesOf } from '../store/members.ts';
import { mergedInto } from '../store/merges.ts';
import { messagesAfter } from '../store/messages.ts';
import { hearing } from './conversation.ts';
import { viewOf } from './conversation-view.ts';

const page_size = 200;

/** A conversation as a file, as far as it goes now: who spoke and whether a person or an AI, when, and on
 *  what it rests; the team's notes only where they are asked for, and then those that the reader may hear
 *  of (rule W34), and what was merged into it first. It is read page by page while it is sent. @throws Refusal not_found */
export async function transcriptFile(
  ports: Ports,
  by: Principal,
  id: string,
  { format, notes }: { format: TranscriptFormat; notes: boolean },
): Promise<Readable> {
  const conversation = await ports.database.transact(by, async (tx) => {
    const row = await findConversation(tx, by, id);
    if (!row) throw refuse('not_found', { conversation_id: id });
    return viewOf(tx, by, row);
  });
  return Readable.from(pieces(ports, by, conversation, format, notes));
}

async function* pieces(
  ports: Ports,
  by: Principal,
  conversation: Conversation,
  format: TranscriptFormat,
  notes: boolean,
) {
  const file = transcriptFiles[format];
  yield file.head(conversation);
  const heard = hearing(by);
  const customer = customerName(conversation.contact);
  const parts = await partsOf(ports, by, conversation);
  let first = true;
  for (const part of parts) {
    if (parts.length > 1) yield file.part(part.id, part.id !== conversation.id);
    for await (const { message, names } of saidIn(ports, by, part)) {
      if (message.audience === 'team' && !(notes && heard(message))) continue;
      const approved_by = names.get(message.approved_by ?? '') ?? message.approved_by;
      const author = message.author_name || null;
      yield file.message(message, { author, approved_by, customer }, first);
      first = false;
    }
  }
  yield file.tail;
}

type Part = Pick<Conversation, 'id' | 'seq'>;

/** What was merged into a conversation, each with what was merged into it before, and then its own. */
async function partsOf(ports: Ports, by: Principal, { id, seq }: Part): Promise<Part[]> {
  const merged = await ports.database.transact(by, (tx) => mergedInto(tx, by, id));
  const before: Part[] = [];
  for (const part of merged) before.push(...(await partsOf(ports, by, part)));
  return [...before, { id, seq }];
}

async function* saidIn(ports: Ports, by: Principal, { id, seq: last }: Part) {
  for (let seq = 0; seq < last; seq += page_size) {
    const most = Math.min(page_size, last - seq);
    const { page, names } = await ports.database.transact(by, async (tx) => {
      const read = await messagesAfter(tx, by, id, seq, most);
      return { page: read, names: await approversOf(tx, by, read) };
    });
    for (const message of page) yield { message, names };
  }
}

const approversOf = (tx: Tx, scope: Scope, page: Message[]) =>
  namesOf(tx, scope, [...new Set(page.flatMap(({ approved_by }) => approved_by ?? []))]);

import { createHash } from 'node:crypto';
import {
  type ChatMessage,
  type Customer,
  type FileLimits,
  fileNameOf,
  invalid,
  type Message,
  type Principal,
  refuse,
  type Scope,
  type SharedFile,
  seen_media_types,
  seenIn,
  standing,
} from '@wheelhouse/core';
import type { Ports, Tx } from '../ports.ts';
import { findConversation } from '../store/conversations.ts';
import { appendEvents } from '../store/events.ts';
import { countFiles, type FileRow, findFile, insertFile, wipeFile } from '../store/files.ts';
import { findMessage } from '../store/messages.ts';
import { own, toChatMessage } from './chat.ts';
import { isRepeat, lockConversation, lockWhereItGoesOn, postWithin } from './conversation.ts';

/** A file as it came, with the message that it is to be. */
export interface Sent {
  /** Made by the sender, so that a repeat meets its own message (rule W2). */
  id?: string | undefined;
  name: string;
  content: Uint8Array;
}
/** What files are taken, and how many one conversation has. */
export interface Limits {
  bytes: number;
  most: number;
  /** Those that are taken of what can be told by its bytes; null is all of them. */
  media_types: string[] | null;
}

export const takenOf = ({ bytes, media_types }: Limits): FileLimits => ({
  bytes,
  media_types: seen_media_types.filter((one) => media_types?.includes(one) ?? true),
});

/** Keeps a file and says it, in one transaction: neither is there without the other (rule W56).
 *  @throws Refusal not_found, too_large, invalid (kind, number), id_taken, wheel_taken */
async function shareWithin(
  ports: Ports,
  tx: Tx,
  limits: Limits,
  by: Principal | Customer,
  to: string,
  { id = ports.makeId('message', tx.now), name: given, content }: Sent,
): Promise<Message> {
  const customers = by.kind === 'contact';
  const place = customers
    ? await lockWhereItGoesOn(tx, by, to)
    : standing(await lockConversation(tx, by, to));
  const conversation_id = place.id;
  const from = customers ? 'contact' : 'me';
  const name = fileNameOf(given);
  const sha256 = createHash('sha256').update(content).digest('hex');
  const known = await findMessage(tx, by, id);
  if (known) {
    const { body } = known;
    const same = 'file_id' in body && body.sha256 === sha256 && body.name === name;
    const again = same && (await isRepeat(tx, known, by, place, { from, audience: 'all' }));
    if (!again) throw refuse('id_taken', { id });
    return known;
  }
  const seen = checked(limits, content);
  if ((await countFiles(tx, by, conversation_id)) >= limits.most) {
    throw invalid({ field: 'file', message: `is one more than the ${limits.most} there may be` });
  }
  const { kind, media_type } = seen;
  const file = { id: ports.makeId('file', tx.now), name, media_type, sha256 };
  const row = { ...file, conversation_id, message_id: id, bytes: content.length };
  insertFile(tx, by, row, content, by.id);
  const { id: file_id, ...facts } = file;
  const body: SharedFile = { kind, file_id, ...facts, bytes: content.length };
  const said = { id, body, from, audience: 'all', mentions: [] } as const;
  const contact = customers ? { id: by.id, name: by.name } : undefined;
  return postWithin(ports, tx, by, conversation_id, { ...said, mentions: [] }, contact);
}

/** What a file is by its bytes, if that is taken here. */
function checked(limits: Limits, content: Uint8Array) {
  const { bytes, media_types } = takenOf(limits);
  if (!content.length) throw invalid({ field: 'file', message: 'is empty' });
  if (content.length > bytes) {
    const words = `A file has at most ${bytes.toLocaleString('en')} bytes here.`;
    throw refuse('too_large', { limit_bytes: bytes }, words);
  }
  const seen = seenIn(content);
  if (!seen || !media_types.includes(seen.media_type)) {
    const message = `is none of the kinds that are taken: ${media_types.join(', ')}`;
    throw invalid({ field: 'file', message });
  }
  return seen;
}

export async function shareInChat(
  ports: Ports,
  limits: Limits,
  by: Customer,
  id: string,
  sent: Sent,
): Promise<ChatMessage> {
  const message = await ports.database.transact(by, async (tx) => {
    await own(tx, await findConversation(tx, by, id), by, id);
    return shareWithin(ports, tx, limits, by, id, sent);
  });
  ports.database.wake();
  return toChatMessage(message);
}

/** @param read reads what was sent, once it is known that there is a conversation to share it in */
export async function shareFile(
  ports: Ports,
  limits: Limits,
  by: Principal,
  id: string,
  read: () => Promise<Sent>,
): Promise<Message> {
  const there = await ports.database.transact(by, (tx) => findConversation(tx, by, id));
  if (!there) throw refuse('not_found', { conversation_id: id });
  const sent = await read();
  const message = await ports.database.transact(by, (tx) =>
    shareWithin(ports, tx, limits, by, id, sent),
  );
  ports.database.wake();
  return message;
}

export type ReadFile = Pick<FileRow, 'name' | 'media_type'> & { content: Buffer };

/** @throws Refusal not_found, erased */
export const readFileOf = (
  ports: Ports,
  by: Scope & (Principal | Customer),
  conversation_id: string,
  file_id: string,
): Promise<ReadFile> =>
  ports.database.transact(by, async (tx) => {
    const conversation = await findConversation(tx, by, conversation_id);
    if (by.kind === 'contact') await own(tx, conversation, by, conversation_id);
    else if (!conversation) throw refuse('not_found', { conversation_id });
    const row = await findFile(tx, by, file_id);
    if (row?.conversation_id !== conversation_id) throw refuse('not_found', { file_id });
    if (!row.content) throw refuse('erased', { file_id });
    return { name: row.name, media_type: row.media_type, content: row.content };
  });

/** Erases a file for good: its bytes, its name and its digest. That it was there stays.
 *  @throws Refusal not_found */
export async function eraseFile(ports: Ports, by: Principal, file_id: string): Promise<void> {
  await ports.database.transact(by, async (tx) => {
    const row = await findFile(tx, by, file_id);
    if (!row) throw refuse('not_found', { file_id });
    if (row.erased_at) return;
    wipeFile(tx, by, row);
    const { conversation_id } = row;
    appendEvents(tx, by, by, [
      { type: 'file.erased', subject: file_id, data: { conversation_id } },
    ]);
  });
  ports.database.wake();
}

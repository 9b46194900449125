import {
  type ConversationCounts,
  type ConversationFilter,
  type ConversationRow,
  type MessageBody,
  type Page,
  type Principal,
  plainText,
  wordsOf,
} from '@wheelhouse/core';
import type { Ports } from '../ports.ts';
import { type ListedRow, listConversations } from '../store/conversation-list.ts';
import { countConversations } from '../store/conversations.ts';
import { viewsOf } from './conversation-view.ts';

const longest_shown = 200;

/** One page of conversations, each with what was said last, as plain text.
 *  @throws Refusal invalid (cursor, order) */
export const readConversations = (
  ports: Ports,
  by: Principal,
  filter: ConversationFilter,
): Promise<Page<ConversationRow>> =>
  ports.database.transact(by, async (tx) => {
    const { rows, next } = await listConversations(tx, by, by.id, filter);
    const views = await viewsOf(tx, by, rows);
    return { rows: views.map((view, at) => ({ ...view, last: lastOf(rows[at]?.last) })), next };
  });

const lastOf = (last: ListedRow['last'] | undefined): ConversationRow['last'] =>
  last
    ? {
        author_kind: last.author_kind,
        text: plainText(wordsOf(last.body as unknown as MessageBody)).slice(0, longest_shown),
        at: last.at,
      }
    : null;

export const readCounts = (ports: Ports, by: Principal): Promise<ConversationCounts> =>
  ports.database.transact(by, (tx) => countConversations(tx, by, by.id));

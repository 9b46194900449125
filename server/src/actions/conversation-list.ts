import {
  type ConversationCounts,
  type ConversationFilter,
  type ConversationRow,
  invalid,
  type MessageBody,
  Moment,
  type Page,
  type Principal,
  wordsOf,
} from '@wheelhouse/core';
import type { Ports } from '../ports.ts';
import {
  type ConversationQuery,
  countConversations,
  listConversations,
} from '../store/conversations.ts';
import { viewOf } from './conversation.ts';

type Where = Pick<ConversationQuery, 'state' | 'owner_kind' | 'owner_id'>;
const anywhere: Where = { state: null, owner_kind: null, owner_id: null };
const longest_shown = 200;

function whereOf(by: Principal, view: ConversationFilter['view']): Where {
  switch (view) {
    case 'waiting':
      return { state: 'open', owner_kind: 'queue', owner_id: null };
    case 'mine':
      return { state: 'open', owner_kind: 'member', owner_id: by.id };
    case 'bot':
      return { state: 'open', owner_kind: 'bot', owner_id: null };
    case undefined:
      return anywhere;
    default:
      return { ...anywhere, state: view };
  }
}

/** One page of conversations, last active first. @throws Refusal invalid (cursor) */
export const readConversations = (
  ports: Ports,
  by: Principal,
  filter: ConversationFilter,
): Promise<Page<ConversationRow>> =>
  ports.database.transact(by, async (tx) => {
    const rows = await listConversations(tx, by, {
      ...whereOf(by, filter.view),
      before: placeOf(filter.cursor),
      contact_id: filter.contact_id ?? null,
      q: filter.q?.trim() || null,
      limit: filter.limit + 1,
    });
    const page = rows.slice(0, filter.limit);
    const views = await Promise.all(
      page.map(async ({ last, ...row }) => ({
        ...(await viewOf(tx, by, row)),
        last: last && {
          author_kind: last.author_kind,
          text: wordsOf(last.body as unknown as MessageBody).slice(0, longest_shown),
          at: last.at,
        },
      })),
    );
    const end = page.at(-1);
    const next = rows.length > filter.limit && end ? `${end.active_at}~${end.id}` : null;
    return { rows: views, next };
  });

export const readCounts = (ports: Ports, by: Principal): Promise<ConversationCounts> =>
  ports.database.transact(by, (tx) => countConversations(tx, by, by.id));

const last_of_all = { active_at: '9999-12-31T23:59:59.999Z', id: '~' };

function placeOf(cursor: string | undefined): ConversationQuery['before'] {
  if (cursor === undefined) return last_of_all;
  const [active_at = '', id = '', ...rest] = cursor.split('~');
  if (rest.length || !id || !Moment.safeParse(active_at).success) {
    throw invalid({ field: 'cursor', message: 'is not one that this list gave' });
  }
  return { active_at, id };
}

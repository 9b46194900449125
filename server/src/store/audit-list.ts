import { type AuditFilter, EventType, invalid, type Page, type Scope } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import type { EventRow } from './events.ts';
import { statement } from './statement.ts';

export type AuditRow = EventRow & { leaf: number | null; leaf_hash: string | null };

const columns = `e.workspace_id, e.seq, e.xid::text as xid, e.type, e.subject, e.actor, e.actor_kind,
  e.data, e.at, l.leaf, encode(l.hash, 'base64') as leaf_hash`;
const with_leaf = 'left join audit_leaves l on l.workspace_id = e.workspace_id and l.seq = e.seq';

const fits = `($5::text is null or e.actor = $5) and ($6::text[] is null or e.type = any($6))
  and ($7::timestamptz is null or e.at >= $7) and ($8::timestamptz is null or e.at <= $8)`;

const of_subject = statement(
  'audit.list_of_subject',
  `select ${columns} from events e ${with_leaf}
   where e.workspace_id = $1 and e.subject = $4 and e.seq < $2
     and ${fits}
   order by e.seq desc limit $3`,
);

// An actor or a type has no index, which every write would pay for. So what is looked through is
// bounded instead: a page may come out short, and then says where to go on.
const in_window = statement(
  'audit.list_in_window',
  `select ${columns} from (
     select * from events where workspace_id = $1 and seq < $2 order by seq desc limit $4) e
   ${with_leaf}
   where ${fits}
   order by e.seq desc limit $3`,
);
const window_end = statement(
  'audit.list_window_end',
  `select min(seq) as seq, count(*) as count from (
     select seq from events where workspace_id = $1 and seq < $2 order by seq desc limit $3) e`,
);
const window_size = 50_000;
const most_windows = 10;
const after_all = '9223372036854775807';

/** One page of the record, newest first. */
export async function listAudit(
  tx: Tx,
  scope: Scope,
  { subject, actor, type, since, until, cursor, limit }: AuditFilter,
): Promise<Page<AuditRow>> {
  if (cursor !== undefined && !/^\d{1,18}$/.test(cursor)) {
    throw invalid({ field: 'cursor', message: 'is not one that this list gave' });
  }
  let below = cursor ?? after_all;
  const filter = [actor ?? null, type ? typesIn(type) : null, since ?? null, until ?? null];
  const more = limit + 1;
  if (subject !== undefined) {
    const values = [scope.workspace_id, below, more, subject, ...filter];
    return paged(await tx.query<AuditRow>(of_subject, values), limit);
  }
  const found: AuditRow[] = [];
  for (let window = 0; window < most_windows; window++) {
    const values = [scope.workspace_id, below, more - found.length, window_size, ...filter];
    found.push(...(await tx.query<AuditRow>(in_window, values)));
    if (found.length >= more) return paged(found, limit);
    const [end] = await tx.query<{ seq: number | null; count: number }>(window_end, [
      scope.workspace_id,
      below,
      window_size,
    ]);
    if (!end?.seq || end.count < window_size) return { rows: found, next: null };
    below = String(end.seq);
  }
  return { rows: found, next: below };
}

const paged = (rows: AuditRow[], limit: number): Page<AuditRow> => {
  const page = rows.slice(0, limit);
  return { rows: page, next: rows.length > limit ? String(page.at(-1)?.seq) : null };
};

/** @throws Refusal invalid for what is no type of event */
function typesIn(text: string): EventType[] {
  return text.split(',').map((word) => {
    const known = EventType.safeParse(word.trim());
    if (known.success) return known.data;
    throw invalid({ field: 'type', message: `"${word}" is no type of event` });
  });
}

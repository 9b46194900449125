import type { EpisodeChange, Scope, StintChange } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { statement } from './statement.ts';

const change = statement(
  'stints.change',
  `with former as (
     update stints set ended_at = $3, ended = $4
     where workspace_id = $1 and conversation_id = $2 and epoch = $5 - 1 and ended_at is null
     returning owner_kind, queue)
   insert into stints (workspace_id, conversation_id, epoch, owner_kind, owner_id, queue, bot, reason,
     began_at)
   select $1, $2, $5, $6, $7,
     case when $6 = 'queue' then $7 else (select queue from former where owner_kind = 'queue') end,
     $8, $9, $3
   where $6 <> 'bot'`,
);
/** Of a locked conversation: whoever had the wheel has it no longer, and a queue or a member has it. */
export const changeStint = (
  tx: Tx,
  scope: Scope,
  { id, bot }: { id: string; bot: string },
  { epoch, owner, reason, ended }: StintChange,
): void =>
  tx.write(change, [
    scope.workspace_id,
    id,
    tx.now,
    ended,
    epoch,
    owner.kind,
    owner.id,
    bot,
    reason,
  ]);

const go_on = statement(
  'episodes.go_on',
  `with told as (
     select $3::timestamptz as at, $5::boolean as spoke, $6::boolean as replied,
       $7::boolean as person_replied, $8::text as queue, $9::text as reason, $10::boolean as taken,
       $11::boolean as ended),
   open as (
     select number from episodes
     where workspace_id = $1 and conversation_id = $2 and ended_at is null
     order by number desc limit 1),
   gone_on as (
     update episodes e set
       spoke_at = coalesce(e.spoke_at, case when t.spoke then t.at end),
       replied_at = coalesce(e.replied_at,
         case when t.replied and (t.spoke or e.spoke_at is not null) then t.at end),
       person_replied_at = coalesce(e.person_replied_at, case when t.person_replied
         and (t.queue is not null or e.asked_at is not null) then t.at end),
       asked_at = coalesce(e.asked_at, case when t.queue is not null then t.at end),
       queue = case when e.asked_at is null then t.queue else e.queue end,
       reason = case when e.asked_at is null then t.reason else e.reason end,
       taken_at = coalesce(e.taken_at, case when t.taken then t.at end),
       ended_at = case when t.ended then t.at end
     from open, told t
     where e.workspace_id = $1 and e.conversation_id = $2 and e.number = open.number
       and (t.ended or (t.spoke and e.spoke_at is null) or (t.replied and e.replied_at is null)
         or (t.person_replied and e.person_replied_at is null)
         or (t.queue is not null and e.asked_at is null) or (t.taken and e.taken_at is null)))
   insert into episodes (workspace_id, conversation_id, number, bot, began_at, spoke_at, replied_at,
     person_replied_at, asked_at, queue, reason, taken_at, ended_at)
   select $1, $2, (select coalesce(max(number), 0) + 1 from episodes
       where workspace_id = $1 and conversation_id = $2), $4, at, case when spoke then at end,
     case when spoke and replied then at end,
     case when person_replied and queue is not null then at end,
     case when queue is not null then at end, queue, reason, case when taken then at end,
     case when ended then at end
   from told
   where (spoke or replied or taken or queue is not null) and not exists (select from open)`,
);
/** Of a locked conversation: what happened belongs to its open episode, or begins one. Once all is
 *  known that a message tells, this writes nothing. */
export const goOnEpisode = (
  tx: Tx,
  scope: Scope,
  { id, bot }: { id: string; bot: string },
  { spoke, replied, person_replied, asked, taken, ended }: EpisodeChange,
): void =>
  tx.write(go_on, [
    scope.workspace_id,
    id,
    tx.now,
    bot,
    spoke,
    replied,
    person_replied,
    asked?.queue ?? null,
    asked?.reason ?? null,
    taken,
    ended,
  ]);

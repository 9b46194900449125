import { Select, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Conversation, Member } from '@wheelhouse/core';
import { useState } from 'react';
import { FormDialog } from '../../../kit/FormDialog.tsx';
import { presenceWords } from '../../../kit/presenceWords.ts';
import { tellDone } from '../../../kit/tell.ts';
import { api } from '../../../live/api.ts';
import { keys } from '../../../live/cache.ts';
import { mayAs, members_query } from '../../../live/session.ts';
import css from './HandOverDialog.module.css';

interface HandOverDialogProps {
  conversation: Conversation;
  me_id: string;
  onChanged: (conversation: Conversation) => void;
  onClose: () => void;
}

/** Sends a conversation to whoever suits, to a colleague, or to a queue, and says why. */
export function HandOverDialog({ conversation, me_id, onChanged, onClose }: HandOverDialogProps) {
  const members = useQuery({ ...members_query, staleTime: 0 });
  const queues = useQuery({ queryKey: keys.queues, queryFn: api.queues.list });
  const [to, setTo] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const people = (members.data?.rows ?? []).filter(
    ({ id, state, role }) => id !== me_id && state === 'active' && mayAs(role, 'reviewer'),
  );
  const named = new Map(people.map((member) => [member.id, member]));
  const others = queues.data?.rows.filter(({ name }) => name !== conversation.owner.id) ?? [];
  const data = [
    { group: 'People', items: people.map(({ id, name }) => ({ value: id, label: name })) },
    {
      group: 'Queues',
      items: others.map(({ name, title }) => ({ value: `queue ${name}`, label: title })),
    },
  ].filter(({ items }) => items.length);
  const person = to ? named.get(to) : undefined;
  const target = person ? { member_id: person.id } : to ? { queue: to.slice(6) } : {};
  return (
    <FormDialog
      title="Hand over to another person"
      act="Hand over"
      onClose={onClose}
      onSubmit={async () => {
        const why = note.trim() ? { note: note.trim() } : {};
        const changed = await api.conversations.handOff(conversation.id, { ...target, ...why });
        onChanged(changed);
        tellDone(doneOf(changed, person));
        onClose();
      }}
    >
      {(fault) => (
        <>
          <Select
            label="To"
            placeholder="Whoever suits and has room"
            description={person && warningOf(person)}
            data={data}
            value={to}
            clearable
            searchable
            nothingFoundMessage="Nobody and no queue by that name"
            error={fault('member_id') ?? fault('queue')}
            onChange={setTo}
            renderOption={({ option }) => (
              <span className={css.option}>
                <span className="one-line">{option.label}</span>
                <State member={named.get(option.value)} />
              </span>
            )}
          />
          <Textarea
            label="Why (optional)"
            description="A note for the team. The customer does not see it."
            data-autofocus
            autosize
            minRows={3}
            maxRows={10}
            value={note}
            error={fault('note')}
            onChange={({ currentTarget }) => setNote(currentTarget.value)}
          />
        </>
      )}
    </FormDialog>
  );
}

const State = ({ member }: { member: Member | undefined }) =>
  member && <span className={css.say}>{presenceWords(member)}</span>;

/** For whom it waits: for who stands in for somebody, where that is another. */
function doneOf({ hand_off }: Conversation, person: Member | undefined): string {
  const to = hand_off?.offered_to;
  if (!person || !to) return 'It waits for another person';
  const state = to.presence === 'online' ? '' : `, who is ${to.presence}`;
  return `It waits for ${to.name}${state}`;
}

/** What happens when whoever is named cannot take it at once. */
function warningOf(member: Member): string | undefined {
  if (member.presence === 'offline') return 'Not at the desk: others get it if they do not come.';
  if (member.presence === 'away') return 'Away for a while: others get it if they do not come.';
  if (member.open_conversations >= member.capacity) return 'Has as many as they take already.';
  return undefined;
}

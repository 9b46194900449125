import { Modal, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Case } from '@wheelhouse/core';
import { type KeyboardEvent, useState } from 'react';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';
import { sentenceOf } from '../../live/problem.ts';
import { mayAs, members_query, useMe } from '../../live/session.ts';
import css from './AssignDialog.module.css';

interface AssignDialogProps {
  shown: Case;
  opened: boolean;
  onAssigned: (assigned: Case) => void;
  onClose: () => void;
}

/** Gives a case to someone, or back to everyone. */
export function AssignDialog({ opened, ...rest }: AssignDialogProps) {
  return (
    <Modal opened={opened} onClose={rest.onClose} title="Whose case is it?" size="sm">
      {opened && <Choices {...rest} />}
    </Modal>
  );
}

interface Choice {
  id: string | null;
  name: string;
  say: string;
}

function Choices({ shown, onAssigned, onClose }: Omit<AssignDialogProps, 'opened'>) {
  const me = useMe();
  const cache = useQueryClient();
  const { data } = useQuery(members_query);
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const assign = useMutation({
    mutationFn: (member_id: string | null) => api.cases.assign(shown.id, member_id),
    onSuccess: (assigned) => {
      cache.setQueryData<Case>(keys.case(shown.id), assigned);
      void cache.invalidateQueries({ queryKey: keys.cases });
      onAssigned(assigned);
      onClose();
    },
  });
  const able = (data?.rows ?? []).filter(
    ({ state, role, id }) =>
      state === 'active' && mayAs(role, shown.needs_role) && id !== shown.requested_by,
  );
  const all: Choice[] = [
    ...able.filter(({ id }) => id === me.id).map(({ id, role }) => ({ id, name: 'Me', say: role })),
    { id: null, name: 'Nobody in particular', say: 'whoever comes first' },
    ...able
      .filter(({ id }) => id !== me.id)
      .map(({ id, name, role, away_until }) => ({
        id,
        name,
        say: away_until && Date.parse(away_until) > Date.now() ? `${role}, away` : role,
      })),
  ];
  const found = all.filter(({ name }) => name.toLowerCase().includes(query.toLowerCase()));
  const press = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step && found.length) {
      event.preventDefault();
      setAt((at + step + found.length) % found.length);
    }
    const choice = found[at];
    if (event.key === 'Enter' && choice) {
      event.preventDefault();
      assign.mutate(choice.id);
    }
  };
  return (
    <>
      <TextInput
        data-autofocus
        placeholder="Find a colleague"
        aria-label="Find a colleague"
        value={query}
        onChange={({ currentTarget }) => {
          setQuery(currentTarget.value);
          setAt(0);
        }}
        onKeyDown={press}
        error={assign.error && sentenceOf(assign.error)}
      />
      <div className={css.list}>
        {found.map((choice, place) => (
          <button
            key={choice.id ?? 'nobody'}
            type="button"
            className={css.row}
            data-marked={place === at || undefined}
            disabled={assign.isPending}
            onClick={() => assign.mutate(choice.id)}
          >
            <span className="one-line">{choice.name}</span>
            <span className={css.say}>{shown.assigned_to === choice.id ? 'now' : choice.say}</span>
          </button>
        ))}
        {!found.length && (
          <p className={css.none}>Nobody here by that name may decide this case.</p>
        )}
      </div>
    </>
  );
}

import { Button, Select, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { clockText } from '../../kit/duration.ts';
import { Panel } from '../../kit/Panel.tsx';
import { tellDone } from '../../kit/tell.ts';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';
import { isProblem, sentenceOf } from '../../live/problem.ts';
import { mayAs, members_query, useMe } from '../../live/session.ts';
import css from './Rows.module.css';

/** Going away: until when, and who gets what is assigned meanwhile. */
export function AbsencePanel() {
  const me = useMe();
  const cache = useQueryClient();
  const members = useQuery(members_query);
  const own = members.data?.rows.find(({ id }) => id === me.id);
  const others = members.data?.rows.filter(
    ({ id, state, role }) => id !== me.id && state === 'active' && mayAs(role, 'reviewer'),
  );
  const [until, setUntil] = useState('');
  const [delegate, setDelegate] = useState<string | null>(null);
  const set = useMutation({
    mutationFn: (away: boolean) =>
      api.me.setAbsence(
        away
          ? { away_until: new Date(until).toISOString(), delegate_to: delegate }
          : { away_until: null, delegate_to: null },
      ),
    onSuccess: async (_, away) => {
      tellDone(away ? 'You are away' : 'Welcome back');
      await cache.invalidateQueries({ queryKey: keys.members });
    },
  });
  const away = own?.away_until && Date.parse(own.away_until) > Date.now() ? own.away_until : null;
  const faults = isProblem(set.error) ? set.error.errors : [];
  const faultAt = (name: string) => faults.find(({ field }) => field === name)?.message;
  const name = others?.find(({ id }) => id === own?.delegate_to)?.name;
  return (
    <Panel
      title="Absence"
      say="While you are away, what is assigned to you goes to your delegate, or to everyone."
    >
      {away ? (
        <div className={css.pair}>
          <span>
            You are away until <b>{clockText(away)}</b>
            {name && (
              <>
                ; <bdi>{name}</bdi> stands in for you
              </>
            )}
            .
          </span>
          <Button variant="default" loading={set.isPending} onClick={() => set.mutate(false)}>
            I am back
          </Button>
        </div>
      ) : (
        <div className={css.pair}>
          <TextInput
            type="datetime-local"
            label="Away until"
            value={until}
            error={faultAt('away_until')}
            onChange={({ currentTarget }) => setUntil(currentTarget.value)}
          />
          <Select
            label="Delegate"
            placeholder="everyone"
            clearable
            searchable
            data={others?.map(({ id, name: label }) => ({ value: id, label })) ?? []}
            value={delegate}
            error={faultAt('delegate_to')}
            onChange={setDelegate}
          />
          <Button
            variant="default"
            loading={set.isPending}
            disabled={!until || Date.parse(until) <= Date.now()}
            onClick={() => set.mutate(true)}
          >
            Set the absence
          </Button>
        </div>
      )}
      {set.isError && !faults.length && (
        <p className={css.fault} role="alert">
          {sentenceOf(set.error)}
        </p>
      )}
    </Panel>
  );
}

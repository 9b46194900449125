import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Ago } from '../../kit/Ago.tsx';
import { FourFaces, Lines } from '../../kit/faces.tsx';
import { Panel } from '../../kit/Panel.tsx';
import { tellDone, tellFailed } from '../../kit/tell.ts';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';
import { agentWords } from './agent.ts';
import css from './Rows.module.css';

/** Where one is signed in; any of them can be ended. */
export function SessionPanel() {
  const cache = useQueryClient();
  const sessions = useQuery({ queryKey: keys.sessions, queryFn: api.me.sessions, staleTime: 0 });
  const end = useMutation({
    mutationFn: (id: string) => api.me.endSession(id),
    onSuccess: () => tellDone('The session has ended'),
    onError: (thrown) => tellFailed('The session goes on', thrown),
    onSettled: () => cache.invalidateQueries({ queryKey: keys.sessions }),
  });
  return (
    <Panel title="Where you are signed in" flush>
      <FourFaces of={sessions} skeleton={<Lines count={3} />}>
        {({ rows }) => (
          <ul className={css.list}>
            {rows.map(({ id, user_agent, current, last_seen_at, created_at, ip }) => (
              <li key={id} className={css.row}>
                <div className={css.words}>
                  <span className={css.name} title={user_agent ?? undefined}>
                    {agentWords(user_agent)}
                  </span>
                  <span className={css.fine}>
                    last seen <Ago at={last_seen_at} />, signed in <Ago at={created_at} />
                    {ip && `, from ${ip}`}
                  </span>
                </div>
                {current ? (
                  <span className={css.tag}>this one</span>
                ) : (
                  <Button
                    size="compact-sm"
                    variant="default"
                    loading={end.isPending && end.variables === id}
                    onClick={() => end.mutate(id)}
                    aria-label={`End the session in ${agentWords(user_agent)}`}
                  >
                    End it
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
      </FourFaces>
    </Panel>
  );
}

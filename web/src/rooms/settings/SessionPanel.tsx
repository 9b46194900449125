import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Session } from '@wheelhouse/core';
import { useState } from 'react';
import { Ago } from '../../kit/Ago.tsx';
import { ConfirmDialog } from '../../kit/ConfirmDialog.tsx';
import { FourFaces, Lines } from '../../kit/faces.tsx';
import { Panel } from '../../kit/Panel.tsx';
import { tellDone } from '../../kit/tell.ts';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';
import { agentWords } from './agent.ts';
import css from './Rows.module.css';

/** Where one is signed in; any of them can be ended. */
export function SessionPanel() {
  const cache = useQueryClient();
  const sessions = useQuery({ queryKey: keys.sessions, queryFn: api.me.sessions, staleTime: 0 });
  const [ending, end] = useState<Session | null>(null);
  return (
    <Panel title="Where you are signed in" flush>
      <FourFaces of={sessions} skeleton={<Lines count={3} />}>
        {({ rows }) => (
          <ul className={css.list}>
            {rows.map((session) => {
              const { id, user_agent, current, last_seen_at, created_at, ip } = session;
              return (
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
                      onClick={() => end(session)}
                      aria-label={`End the session in ${agentWords(user_agent)}`}
                    >
                      End it
                    </Button>
                  )}
                </li>
              );
            })}
          </ul>
        )}
      </FourFaces>
      {ending && (
        <ConfirmDialog
          title={`End the session in ${agentWords(ending.user_agent)}?`}
          act="End it"
          onClose={() => end(null)}
          onAct={async () => {
            await api.me.endSession(ending.id);
            tellDone('The session has ended');
            await cache.invalidateQueries({ queryKey: keys.sessions });
          }}
        >
          Whoever uses it is signed out at once, and what is not sent there yet is not sent.
        </ConfirmDialog>
      )}
    </Panel>
  );
}

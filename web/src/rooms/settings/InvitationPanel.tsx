import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { clockText } from '../../kit/duration.ts';
import { FourFaces, Lines } from '../../kit/faces.tsx';
import { Panel } from '../../kit/Panel.tsx';
import { tellDone, tellFailed } from '../../kit/tell.ts';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';
import css from './Rows.module.css';

/** Invitations that nobody has followed yet. */
export function InvitationPanel() {
  const cache = useQueryClient();
  const invitations = useQuery({ queryKey: keys.invitations, queryFn: api.invitations.list });
  const revoke = useMutation({
    mutationFn: (id: string) => api.invitations.revoke(id),
    onSuccess: () => tellDone('The invitation is revoked', 'Its link no longer works.'),
    onError: (thrown) => tellFailed('Not revoked', thrown),
    onSettled: () => cache.invalidateQueries({ queryKey: keys.invitations }),
  });
  return (
    <Panel title="Open invitations" flush>
      <FourFaces of={invitations} skeleton={<Lines count={2} />}>
        {({ rows }) => {
          const open = rows.filter(({ state }) => state === 'open');
          if (!open.length) return <p className={css.none}>Nobody is invited at the moment.</p>;
          return (
            <ul className={css.list}>
              {open.map(({ id, email, role, expires_at }) => (
                <li key={id} className={css.row}>
                  <div className={css.words}>
                    <span className={css.name}>{email}</span>
                    <span className={css.fine}>
                      as {role}, until {clockText(expires_at)}
                    </span>
                  </div>
                  <Button
                    size="compact-sm"
                    variant="default"
                    loading={revoke.isPending && revoke.variables === id}
                    onClick={() => revoke.mutate(id)}
                    aria-label={`Revoke the invitation of ${email}`}
                  >
                    Revoke
                  </Button>
                </li>
              ))}
            </ul>
          );
        }}
      </FourFaces>
    </Panel>
  );
}

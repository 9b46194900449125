import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Invitation } from '@wheelhouse/core';
import { useState } from 'react';
import { ConfirmDialog } from '../../kit/ConfirmDialog.tsx';
import { clockText } from '../../kit/duration.ts';
import { FourFaces, Lines } from '../../kit/faces.tsx';
import { Panel } from '../../kit/Panel.tsx';
import { tellDone } from '../../kit/tell.ts';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';
import css from './Rows.module.css';

/** Invitations that nobody has followed yet. */
export function InvitationPanel() {
  const cache = useQueryClient();
  const invitations = useQuery({ queryKey: keys.invitations, queryFn: api.invitations.list });
  const [revoking, revoke] = useState<Invitation | null>(null);
  return (
    <Panel title="Open invitations" flush>
      <FourFaces of={invitations} skeleton={<Lines count={2} />}>
        {({ rows }) => {
          const open = rows.filter(({ state }) => state === 'open');
          if (!open.length) return <p className={css.none}>Nobody is invited at the moment.</p>;
          return (
            <ul className={css.list}>
              {open.map((invitation) => {
                const { id, email, role, expires_at } = invitation;
                return (
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
                      onClick={() => revoke(invitation)}
                      aria-label={`Revoke the invitation of ${email}`}
                    >
                      Revoke
                    </Button>
                  </li>
                );
              })}
            </ul>
          );
        }}
      </FourFaces>
      {revoking && (
        <ConfirmDialog
          title={`Revoke the invitation of ${revoking.email}?`}
          act="Revoke"
          onClose={() => revoke(null)}
          onAct={async () => {
            await api.invitations.revoke(revoking.id);
            tellDone('The invitation is revoked', 'Its link no longer works.');
            await cache.invalidateQueries({ queryKey: keys.invitations });
          }}
        >
          Its link stops working at once and cannot be brought back. You can invite them anew.
        </ConfirmDialog>
      )}
    </Panel>
  );
}

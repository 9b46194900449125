import { Select, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type Invitation, type Role, roles } from '@wheelhouse/core';
import { useState } from 'react';
import { clockText } from '../../kit/duration.ts';
import { FormDialog } from '../../kit/FormDialog.tsx';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';
import { MadeLink } from './MadeLink.tsx';

export const role_words: Record<Role, string> = {
  viewer: 'viewer: sees everything, decides nothing',
  reviewer: 'reviewer: decides cases',
  lead: 'lead: assigns, corrects, reads the audit',
  builder: 'builder: makes gates and queues',
  admin: 'admin: people, keys, webhooks',
};

/** Invites an address. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const cache = useQueryClient();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('reviewer');
  const [made, setMade] = useState<Invitation | null>(null);
  if (made) {
    return (
      <MadeLink
        what="Invitation link"
        to={made.email}
        link={made.link}
        say={`Whoever follows it joins as ${made.role}. It works once, until ${clockText(made.expires_at)}, and is shown only now.`}
        onClose={onClose}
      />
    );
  }
  return (
    <FormDialog
      title="Invite someone"
      act="Make the link"
      off={!email.includes('@')}
      onClose={onClose}
      onSubmit={async () => {
        setMade(await api.invitations.make({ email: email.trim(), role }));
        await cache.invalidateQueries({ queryKey: keys.invitations });
      }}
    >
      {(fault) => (
        <>
          <TextInput
            type="email"
            label="E-mail address"
            data-autofocus
            value={email}
            error={fault('email')}
            onChange={({ currentTarget }) => setEmail(currentTarget.value)}
          />
          <Select
            label="Role"
            allowDeselect={false}
            data={roles.map((value) => ({ value, label: role_words[value] }))}
            value={role}
            error={fault('role')}
            onChange={(picked) => picked && setRole(picked as Role)}
          />
        </>
      )}
    </FormDialog>
  );
}

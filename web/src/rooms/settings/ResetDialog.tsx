import type { Member, ResetLink } from '@wheelhouse/core';
import { useState } from 'react';
import { clockText } from '../../kit/duration.ts';
import { FormDialog } from '../../kit/FormDialog.tsx';
import { api } from '../../live/api.ts';
import { MadeLink } from './MadeLink.tsx';
import css from './Rows.module.css';

/** Makes a link by which a member chooses a new password. It is shown once, as an invitation is. */
export function ResetDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const [made, setMade] = useState<ResetLink | null>(null);
  if (made) {
    return (
      <MadeLink
        what="Reset link"
        to={member.email}
        link={made.link}
        say={`Whoever follows it chooses the password of ${member.name}. It works once, until ${clockText(made.expires_at)}, and is shown only now.`}
        onClose={onClose}
      />
    );
  }
  return (
    <FormDialog
      title={`A new password for ${member.name}?`}
      act="Make the link"
      onClose={onClose}
      onSubmit={async () => setMade(await api.members.resetPassword(member.id))}
    >
      {() => (
        <p className={css.fine}>
          They choose it by a link that you send them. Their present password works until then; when
          they have chosen, all their sessions end. That you made the link stays on record.
        </p>
      )}
    </FormDialog>
  );
}

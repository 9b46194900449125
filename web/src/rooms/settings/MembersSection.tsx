import { Button, Select } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type Member, type Role, roles } from '@wheelhouse/core';
import { useState } from 'react';
import { ActButton } from '../../kit/ActButton.tsx';
import { ConfirmDialog } from '../../kit/ConfirmDialog.tsx';
import { clockText } from '../../kit/duration.ts';
import { FourFaces, Lines } from '../../kit/faces.tsx';
import { Panel } from '../../kit/Panel.tsx';
import { presenceWords } from '../../kit/presenceWords.ts';
import { tellDone } from '../../kit/tell.ts';
import { useKeys } from '../../kit/useKeys.ts';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';
import { mayAs, members_query, useMe } from '../../live/session.ts';
import { AbilitiesDialog } from './AbilitiesDialog.tsx';
import { InvitationPanel } from './InvitationPanel.tsx';
import { InviteDialog, role_words } from './InviteDialog.tsx';
import { ResetDialog } from './ResetDialog.tsx';
import css from './Rows.module.css';
import { saying } from './refusal.ts';

/** Who is in the workspace, and as what. */
export function MembersSection() {
  const members = useQuery(members_query);
  const may = mayAs(useMe().role, 'admin');
  const [inviting, invite] = useState(false);
  useKeys([
    { key: 'n', label: 'Invite someone', group: 'Members', off: !may, run: () => invite(true) },
  ]);
  return (
    <>
      <Panel
        title="Members"
        say="Each role may do all that the ones before it may."
        aside={
          may && (
            <ActButton act_key="n" variant="filled" onClick={() => invite(true)}>
              Invite
            </ActButton>
          )
        }
        flush
      >
        <FourFaces
          of={members}
          skeleton={<Lines count={4} />}
          empty={({ rows }) =>
            !rows.length && <p className={css.none}>Nobody is here yet. Invite someone.</p>
          }
        >
          {({ rows }) => (
            <ul className={css.list}>
              {rows
                .filter(({ state }) => state === 'active')
                .map((member) => (
                  <MemberRow key={member.id} member={member} may={may} all={rows} />
                ))}
            </ul>
          )}
        </FourFaces>
      </Panel>
      {may && <InvitationPanel />}
      {inviting && <InviteDialog onClose={() => invite(false)} />}
    </>
  );
}

interface MemberRowProps {
  member: Member;
  may: boolean;
  /** Everyone, for the skills there are. */
  all: Member[];
}

function MemberRow({ member, may, all }: MemberRowProps) {
  const me = useMe();
  const cache = useQueryClient();
  const [removing, remove] = useState(false);
  const [resetting, reset] = useState(false);
  const [enabling, enable] = useState(false);
  const takes = mayAs(member.role, 'reviewer');
  const refresh = () => cache.invalidateQueries({ queryKey: keys.members });
  const [wanted, want] = useState<Role | null>(null);
  const away = member.away_until && Date.parse(member.away_until) > Date.now();
  return (
    <li className={css.row}>
      <div className={css.words}>
        <span className={css.name}>
          <bdi>{member.name}</bdi>
          {member.id === me.id && <span className={css.fine}> (you)</span>}
        </span>
        <span className={css.fine}>{member.email}</span>
        {takes && <span className={css.fine}>{abilityWords(member)}</span>}
      </div>
      {away && (
        <span className={css.tag} title={clockText(member.away_until as string)}>
          away
        </span>
      )}
      {takes && mayAs(me.role, 'lead') && (
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          onClick={() => enable(true)}
          aria-label={`What ${member.name} takes on`}
        >
          Takes on
        </Button>
      )}
      {may ? (
        <div className={css.acts}>
          <Select
            aria-label={`Role of ${member.name}`}
            w={132}
            size="xs"
            allowDeselect={false}
            data={[...roles]}
            value={member.role}
            onChange={(role) => role && role !== member.role && want(role as Role)}
          />
          {member.id !== me.id && (
            <Button
              size="compact-sm"
              variant="subtle"
              color="gray"
              onClick={() => reset(true)}
              aria-label={`Reset password of ${member.name}`}
            >
              Reset password
            </Button>
          )}
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            onClick={() => remove(true)}
            aria-label={`Remove ${member.name}`}
          >
            Remove
          </Button>
        </div>
      ) : (
        <span className={css.tag}>{member.role}</span>
      )}
      {enabling && (
        <AbilitiesDialog
          member={member}
          known={[...new Set(all.flatMap(({ skills }) => skills))].sort()}
          onSaved={refresh}
          onClose={() => enable(false)}
        />
      )}
      {resetting && <ResetDialog member={member} onClose={() => reset(false)} />}
      {wanted && (
        <ConfirmDialog
          title={`Make ${member.name} ${wanted}?`}
          act="Change the role"
          onClose={() => want(null)}
          onAct={async () => {
            await saying(() => api.members.change(member.id, { role: wanted }));
            tellDone(`${member.name} is ${wanted} now`);
            await refresh();
          }}
        >
          As {role_words[wanted]}. Their sessions end, so that the new role holds from now on, and
          what they hold but may no longer decide goes back to everyone.
        </ConfirmDialog>
      )}
      {removing && (
        <ConfirmDialog
          title={`Remove ${member.name}?`}
          act="Remove"
          onClose={() => remove(false)}
          onAct={async () => {
            await saying(() => api.members.remove(member.id));
            tellDone(`${member.name} is removed`);
            await refresh();
          }}
        >
          Their sessions end at once, and what they hold or was assigned goes back to everyone. What
          they decided stays on record under their name.
        </ConfirmDialog>
      )}
    </li>
  );
}

/** Whether they are there, and what they take on. */
const abilityWords = (member: Member): string =>
  [
    presenceWords(member),
    member.skills.length && `knows ${member.skills.join(', ')}`,
    member.languages.length && `speaks ${member.languages.join(', ')}`,
  ]
    .filter(Boolean)
    .join(' · ');

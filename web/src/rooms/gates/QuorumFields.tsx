import { ActionIcon, Button, NumberInput, Select, Switch } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { Policy, Quorum, Role } from '@wheelhouse/core';
import { useFault, useFaultsUnder } from '../../kit/faults.ts';
import level from '../../kit/Level.module.css';
import { deciding, quorumWords } from './deciding.ts';
import css from './Editor.module.css';

const nobody = 'nobody';
const most = 20;

interface QuorumFieldsProps {
  policy: Policy;
  setPolicy: (change: Partial<Policy>) => void;
}

/** How many people decide together, who must be among them, and who can stop it alone. */
export function QuorumFields({ policy, setPolicy }: QuorumFieldsProps) {
  const { quorum } = policy;
  // Then how many are asked, and who, is said by that alone.
  const second = quorum.second_opinion === 'on_disagreement';
  const set = (change: Partial<Quorum>) => setPolicy({ quorum: { ...quorum, ...change } });
  return (
    <>
      <div className={`${level.level} ${css.pair}`}>
        <NumberInput
          label="People asked"
          description="How many answer each case, without seeing each other."
          min={1}
          max={most}
          allowDecimal={false}
          disabled={second}
          value={quorum.of}
          error={useFault('policy.quorum.of')}
          onChange={(typed) => typeof typed === 'number' && set({ of: typed })}
        />
        <NumberInput
          label="Of whom must agree"
          description="Equal answers that settle it; if they differ, one more decides."
          min={1}
          max={most}
          allowDecimal={false}
          disabled={second}
          value={quorum.approvals}
          error={useFault('policy.quorum.approvals')}
          onChange={(typed) => typeof typed === 'number' && set({ approvals: typed })}
        />
      </div>
      <Switch
        label="A second person only where the first says otherwise than the AI"
        description="Whoever agrees with the AI decides alone. Where the first two and the AI all differ, a lead decides."
        checked={second}
        error={useFault('policy.quorum.second_opinion')}
        onChange={({ currentTarget }) =>
          set(
            currentTarget.checked
              ? { second_opinion: 'on_disagreement', of: 1, approvals: 1, roles: {} }
              : { second_opinion: 'never' },
          )
        }
      />
      {!second && <RoleCounts wanted={quorum.roles} onChange={(roles) => set({ roles })} />}
      <div className={`${level.level} ${css.pair}`}>
        <Select
          label="Rejects alone"
          description="A rejection from this role or higher is final at once."
          allowDeselect={false}
          data={[nobody, ...deciding]}
          value={quorum.veto ?? nobody}
          error={useFault('policy.quorum.veto')}
          onChange={(role) => role && set({ veto: role === nobody ? null : (role as Role) })}
        />
      </div>
      <p className={css.quiet} aria-live="polite">
        {quorumWords(quorum)}
      </p>
    </>
  );
}

interface RoleCountsProps {
  wanted: Quorum['roles'];
  onChange: (wanted: Quorum['roles']) => void;
}

/** Which roles must be among those who agree, and how many of each; a role stands once. */
function RoleCounts({ wanted, onChange }: RoleCountsProps) {
  const rows = deciding.filter((role) => wanted[role] !== undefined);
  const free = deciding.filter((role) => wanted[role] === undefined);
  const fault = useFault('policy.quorum.roles');
  const under = useFaultsUnder('policy.quorum.roles');
  const without = (role: Role) => {
    const { [role]: _, ...rest } = wanted;
    return rest;
  };
  // Lead is what most ask for; what is left is taken from the lowest.
  const next = free.includes('lead') ? 'lead' : free[0];
  return (
    <fieldset className={css.roles}>
      <legend className={css.label}>Among them at least</legend>
      <p className={css.quiet}>Each counts people of that role or a higher one.</p>
      {rows.map((role) => (
        <div key={role} className={css.role}>
          <NumberInput
            aria-label={`How many of ${role} or above`}
            error={under.find(({ field }) => field === `policy.quorum.roles.${role}`)?.message}
            min={1}
            max={most}
            allowDecimal={false}
            value={wanted[role] ?? 1}
            onChange={(typed) =>
              typeof typed === 'number' && onChange({ ...wanted, [role]: typed })
            }
          />
          <Select
            aria-label="Role that must be among them"
            allowDeselect={false}
            data={deciding.filter((one) => one === role || free.includes(one))}
            value={role}
            onChange={(picked) =>
              picked && onChange({ ...without(role), [picked as Role]: wanted[role] ?? 1 })
            }
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            onClick={() => onChange(without(role))}
            aria-label={`Do not ask for a ${role}`}
          >
            <IconX size={16} stroke={1.6} />
          </ActionIcon>
        </div>
      ))}
      {fault && <p className={css.fault}>{fault}</p>}
      {next && (
        <div>
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconPlus size={14} stroke={1.8} />}
            onClick={() => onChange({ ...wanted, [next]: 1 })}
          >
            Ask for a role
          </Button>
        </div>
      )}
    </fieldset>
  );
}

import { Button, Select, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { GatePromise, PromiseGroup, PromiseGroups } from '@wheelhouse/core';
import { useState } from 'react';
import { FourFaces } from '../../../kit/faces.tsx';
import { Panel } from '../../../kit/Panel.tsx';
import { share } from '../../../kit/promiseWords.ts';
import { api } from '../../../live/api.ts';
import { keys } from '../../../live/cache.ts';
import { type GroupLine, GroupsTable } from '../GroupsTable.tsx';
import css from './Groups.module.css';
import { GroupsPlot } from './GroupsPlot.tsx';
import { groupName, groupsPromised, tellsWords, versionChoices } from './groupWords.ts';

/** How the promise treats each group of outputs, at one version of what makes them. */
export function GroupsPanel({ promise }: { promise: GatePromise }) {
  const { gate, epochs } = promise;
  const [chosen, setChosen] = useState<string | null>(null);
  const epoch = epochs.some(({ id }) => id === chosen) ? chosen : undefined;
  const groups = useQuery({
    queryKey: [...keys.gatePromise(gate), 'groups', epoch],
    queryFn: ({ signal }) => api.gates.groups(gate, epoch ? { epoch } : {}, { signal }),
    placeholderData: (before) => before,
    refetchInterval: 15_000,
  });
  if (!epochs.length) return null;
  const choices = versionChoices(epochs);
  const versions = choices.length > 1 && (
    <Select
      size="xs"
      aria-label="Version"
      value={epoch ?? choices.find(({ id }) => groups.data?.epoch_ids.includes(id))?.id ?? null}
      onChange={setChosen}
      allowDeselect={false}
      data={choices.map(({ id, name }) => ({ value: id, label: name }))}
    />
  );
  return (
    <Panel
      title="Groups"
      say={`${groupsPromised(promise)} What passes is told with exact 95% intervals; errors among it by spot checks, with intervals that hold at every look.`}
      aside={versions}
    >
      <FourFaces of={groups} skeleton={<Skeleton height={200} />}>
        {(found) => <Groups found={found} />}
      </FourFaces>
    </Panel>
  );
}

function Groups({ found }: { found: PromiseGroups }) {
  const { attributes, alpha, checks_needed, left_out } = found;
  if (!attributes.length) {
    return (
      <p className={css.quiet}>
        No output has said which groups it is of. Send <code>groups</code> with each, as{' '}
        <code>{'{"language": "de"}'}</code>.
      </p>
    );
  }
  return (
    <div className={css.attributes}>
      <p className={css.quiet}>
        About {checks_needed.toLocaleString('en-US')} spot checks without an error show that a group
        is within {share(alpha)}.
      </p>
      {attributes.map(({ attribute, groups }) => (
        <Attribute key={attribute} {...{ attribute, groups, alpha, checks_needed }} />
      ))}
      {left_out && (
        <p className={css.quiet}>More attributes came than are told apart; those are left out.</p>
      )}
    </div>
  );
}

const first_shown = 8;

interface AttributeProps extends Pick<PromiseGroups, 'alpha' | 'checks_needed'> {
  attribute: string;
  groups: PromiseGroup[];
}

function Attribute({ attribute, groups, alpha, checks_needed }: AttributeProps) {
  const [all, setAll] = useState(false);
  const shown = all ? groups : groups.slice(0, first_shown);
  return (
    <section className={css.attribute} aria-label={`Groups by ${attribute}`}>
      <h3 className={css.name}>
        <bdi>{attribute}</bdi>
      </h3>
      <GroupsPlot attribute={attribute} groups={groups.slice(0, first_shown)} alpha={alpha} />
      <GroupsTable
        label={`Groups by ${attribute}`}
        lines={shown.map((one) => lineOf(one, checks_needed))}
      />
      {groups.length > shown.length && (
        <Button size="compact-sm" variant="subtle" onClick={() => setAll(true)}>
          All {groups.length} groups
        </Button>
      )}
    </section>
  );
}

const lineOf = (group: PromiseGroup, checks_needed: number): GroupLine => ({
  id: `${group.of} ${group.value}`,
  name: group.of === 'value' ? <bdi>{groupName(group)}</bdi> : <i>{groupName(group)}</i>,
  n: group.n,
  coverage: group.coverage,
  errors: group.passed ? group.errors : null,
  over: group.tells === 'over',
  say: tellsWords(group, checks_needed),
});

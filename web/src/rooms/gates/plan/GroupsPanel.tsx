import type { GatePlan } from '@wheelhouse/core/learn';
import { measureOf } from '@wheelhouse/plan';
import { Panel } from '../../../kit/Panel.tsx';
import { type GroupLine, GroupsTable } from '../GroupsTable.tsx';
import css from './PlanTab.module.css';

/** How the threshold treats each group of the file. */
export function GroupsPanel({ plan, behind }: { plan: GatePlan; behind: boolean }) {
  const { groups, coverage, tiers } = plan;
  if (!groups.length) return null;
  return (
    <Panel
      title="Groups"
      say={
        coverage === 0
          ? 'Nothing passes in any group yet.'
          : `The promise is about all that passes${tiers.length > 1 ? ' of each tier' : ''}, and none about each group. ${plan.partial ? '95%' : 'Exact 95%'} intervals.`
      }
      flush
    >
      <div className={behind ? css.behind : undefined} aria-busy={behind}>
        <GroupsTable lines={groups.map(lineOf)} measure={measureOf(plan)} />
      </div>
    </Panel>
  );
}

function lineOf(one: GatePlan['groups'][number]): GroupLine {
  const { group, n, passed, wrong, coverage, risk, over } = one;
  const [low, high] = coverage;
  return {
    ...{ id: `${group === null} ${group}`, name: <bdi>{group ?? 'None'}</bdi>, n, over },
    coverage: { share: passed / n, low, high },
    errors: passed ? { share: wrong / passed, low: risk[0], high: risk[1] } : null,
  };
}

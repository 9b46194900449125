import type { GatePlan } from '@wheelhouse/core/learn';
import { countWords, shareWords } from '@wheelhouse/plan';
import { Panel } from '../../../kit/Panel.tsx';
import table from '../../../kit/table.module.css';
import css from './PlanTab.module.css';

const between = ([low, high]: readonly [number, number]) =>
  `${shareWords(low)}–${shareWords(high)}`;

/** How the threshold treats each group of the file. */
export function GroupsPanel({ plan, behind }: { plan: GatePlan; behind: boolean }) {
  const { groups, certificate } = plan;
  if (!groups.length) return null;
  return (
    <Panel
      title="Groups"
      say={
        certificate.threshold === null
          ? 'Nothing passes in any group yet.'
          : 'The promise is about all that passes, and none about each group. Exact 95% intervals.'
      }
      flush
    >
      <div className={behind ? css.behind : undefined} aria-busy={behind}>
        <table className={`${table.table} ${table.stack}`}>
          <thead>
            <tr>
              <th scope="col">Group</th>
              <th scope="col" className={table.figure}>
                Outputs
              </th>
              <th scope="col" className={table.figure}>
                Passes
              </th>
              <th scope="col" className={table.figure}>
                Wrong among them
              </th>
            </tr>
          </thead>
          <tbody>
            {groups.map(({ group, n, passed, wrong, coverage, risk, over }) => (
              <tr key={group}>
                <td>
                  <bdi>{group ?? 'None'}</bdi>
                </td>
                <td className={table.figure} data-label="outputs">
                  {countWords(n)}
                </td>
                <td className={table.figure} data-label="pass">
                  {shareWords(passed / n)} <span className={css.quiet}>{between(coverage)}</span>
                </td>
                <td className={table.figure} data-label="wrong among them">
                  {passed ? (
                    <span className={over ? css.over : undefined}>
                      {over && 'Over α: '}
                      {shareWords(wrong / passed)}{' '}
                      <span className={css.quiet}>{between(risk)}</span>
                    </span>
                  ) : (
                    '–'
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

import { tierWords } from '@wheelhouse/core';
import type { GatePlan, Opening, TierPlan } from '@wheelhouse/core/learn';
import {
  countWords,
  hoursWords,
  measureOf,
  openedWords,
  planWords,
  shareWords,
  thresholdWords,
} from '@wheelhouse/plan';
import { Panel } from '../../../kit/Panel.tsx';
import table from '../../../kit/table.module.css';
import css from './PlanTab.module.css';

const figure = table.figure;
const lookedAt = ({ people }: Pick<TierPlan, 'people'>) =>
  `${countWords(people.held + people.spot_checked)}, ${hoursWords(people.hours)}`;

/** What each tier comes to, and all together; nothing where one limit holds for all. */
export function TiersPanel({ plan, behind }: { plan: GatePlan; behind: boolean }) {
  const { tiers, weeks, setup } = plan;
  const { limit } = measureOf(plan);
  if (tiers.length === 1) return null;
  return (
    <Panel title="Tiers" say={planWords(plan)} flush>
      <div className={behind ? css.behind : undefined} aria-busy={behind}>
        <table className={`${table.table} ${table.stack}`} aria-label="Tiers">
          <thead>
            <tr>
              <th scope="col">Tier</th>
              {[
                'At most',
                'Outputs',
                'Threshold',
                'Passes',
                'Looked at a day',
                'Opens in plays',
              ].map((head) => (
                <th key={head} scope="col" className={figure}>
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {tiers.map((tier, at) => (
              <Line
                key={tier.tier}
                tier={tier}
                limit={limit(tier.alpha)}
                opens={openedWords(weeks.tiers[at] as Opening, setup)}
              />
            ))}
            <tr>
              <td>All together</td>
              <td className={css.none} />
              <td className={figure} data-label="outputs">
                {countWords(plan.n)}
              </td>
              <td className={css.none} />
              <td className={figure} data-label="pass">
                {shareWords(plan.coverage)}
              </td>
              <td className={figure} data-label="looked at a day">
                {lookedAt(plan)}
              </td>
              <td className={figure} data-label="for the first of them">
                {openedWords(weeks, setup)}
              </td>
            </tr>
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

function Line({ tier, limit, opens }: { tier: TierPlan; limit: string; opens: string }) {
  const { certificate } = tier;
  return (
    <tr>
      <td>
        <bdi>{tierWords(tier.tier)}</bdi>
      </td>
      <td className={figure} data-label="at most">
        {limit}
      </td>
      <td className={figure} data-label="outputs">
        {countWords(tier.n)}
      </td>
      <td className={figure} data-label="threshold">
        {thresholdWords(certificate)}
      </td>
      <td className={figure} data-label="pass">
        {shareWords(certificate.coverage)}
      </td>
      <td className={figure} data-label="looked at a day">
        {lookedAt(tier)}
      </td>
      <td className={figure} data-label="open in plays">
        {opens}
      </td>
    </tr>
  );
}

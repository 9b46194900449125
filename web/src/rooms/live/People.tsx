import type { LiveView } from '@wheelhouse/core';
import { Panel } from '../../kit/Panel.tsx';
import table from '../../kit/table.module.css';
import css from './LivePage.module.css';
import { Waited } from './Waited.tsx';

/** Who has how many conversations, and owes how many answers. */
export function People({ people }: Pick<LiveView, 'people'>) {
  return (
    <Panel
      title="People"
      say="Open conversations that each has the wheel of, of how many they take on; those with most first."
      flush
    >
      {people.length === 0 ? (
        <p className={table.none}>
          Nobody here may answer customers. Invite a reviewer in the settings.
        </p>
      ) : (
        <div className={`${table.scroll} ${css.list}`}>
          <table className={`${table.table} ${table.stack}`} aria-label="People">
            <thead>
              <tr>
                <th>Member</th>
                <th>Is</th>
                <th className={table.figure}>Conversations</th>
                <th className={table.figure}>Unanswered</th>
                <th className={table.tight}>Longest</th>
              </tr>
            </thead>
            <tbody>
              {people.map(({ id, name, presence, capacity, conversations, owing, owing_since }) => (
                <tr key={id}>
                  <td>
                    <bdi>{name}</bdi>
                  </td>
                  <td className={presence === 'offline' ? table.quiet : undefined}>{presence}</td>
                  <td
                    className={`${table.figure} ${conversations > capacity ? css.waits : ''}`}
                    data-label="conversations"
                  >
                    {conversations} of {capacity}
                  </td>
                  <td className={table.figure} data-label="unanswered">
                    {owing}
                  </td>
                  <td className={table.tight}>{owing_since && <Waited since={owing_since} />}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}

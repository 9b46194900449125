import type { LiveView, LiveWaiting } from '@wheelhouse/core';
import { useClock } from '../../kit/Ago.tsx';
import { minuteText, spanText } from '../../kit/duration.ts';
import { Panel } from '../../kit/Panel.tsx';
import table from '../../kit/table.module.css';
import { reason_words } from '../../kit/wheelWords.ts';
import css from './LivePage.module.css';
import { TalkLink } from './Talks.tsx';
import { Waited } from './Waited.tsx';

interface WaitingTableProps {
  waiting: LiveView['waiting'];
  /** What a queue is called. */
  titleOf: (queue: string) => string;
}

/** Who waits for a person: queue by queue, in the order in which they are next. */
export function WaitingTable({ waiting: { count, rows }, titleOf }: WaitingTableProps) {
  return (
    <Panel
      title="Waiting for a person"
      say="By queue, the next first. The estimate is the median of the last day’s waits there."
      aside={count > rows.length ? `the first ${rows.length} of ${count}` : undefined}
      flush
    >
      {rows.length === 0 ? (
        <p className={table.none}>Nobody waits for a person.</p>
      ) : (
        <div className={table.scroll}>
          <table className={`${table.table} ${table.stack}`} aria-label="Waiting for a person">
            <thead>
              <tr>
                <th>Customer</th>
                <th>Queue</th>
                <th className={table.figure}>Place</th>
                <th>Waits for a person</th>
                <th>Why</th>
                <th>When one may come</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.id}>
                  <td>
                    <TalkLink talk={row} />
                  </td>
                  <td data-label="queue">{titleOf(row.owner.name)}</td>
                  <td className={table.figure} data-label="in its queue">
                    {row.place}
                  </td>
                  <td>
                    <Waited since={row.owned_at ?? row.active_at} />
                  </td>
                  <td>{row.reason ? reason_words[row.reason] : ''}</td>
                  <td>
                    <Estimate row={row} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}

/** Outside their hours people come when they are back; else about when they usually do. */
function Estimate({ row: { wait_ms, back_at, owned_at } }: { row: LiveWaiting }) {
  const left = useClock((now) =>
    wait_ms === null || !owned_at ? null : spanText(Date.parse(owned_at) + wait_ms - now),
  );
  if (back_at) return <span>People are back {minuteText(back_at)}</span>;
  if (wait_ms === null || left === null)
    return <span className={css.fine}>Too few waits to say</span>;
  return (
    <span>
      {left === 'now' ? 'About now' : `In about ${left}`}
      <span className={css.fine}> (usually {spanText(Math.max(wait_ms, 5_000))})</span>
    </span>
  );
}

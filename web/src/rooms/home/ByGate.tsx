import type { HomeSummary, PolicyMode } from '@wheelhouse/core';
import { isKnown, Num, Share } from '../../kit/figures.tsx';
import { PromiseMark } from '../../kit/PromiseMark.tsx';
import { mode_words } from '../../kit/policyWords.ts';
import { RoomLink } from '../../kit/RoomLink.tsx';
import table from '../../kit/table.module.css';
import css from './ByGate.module.css';
import page from './HomePage.module.css';

/** The same figures, gate by gate. */
export function ByGate({ rows, since }: { rows: HomeSummary['by_gate']; since: string }) {
  // A gate that nothing came through and nobody waits at has nothing to say here.
  const busy = rows
    .filter(({ outputs, waiting, agreement }) => outputs || waiting || agreement.n)
    .sort((a, b) => b.waiting - a.waiting || b.outputs - a.outputs);
  const idle = rows.length - busy.length;
  return (
    <section className={page.card} aria-label="By gate">
      <header className={page.head}>
        <h2 className={page.title}>By gate</h2>
      </header>
      {busy.length ? (
        <div className={table.scroll}>
          <table className={`${table.table} ${table.stack} ${css.table}`} aria-label="By gate">
            <thead>
              <tr>
                <th>Gate</th>
                <th>Mode</th>
                <th className={table.figure}>Outputs</th>
                <th className={table.figure}>Passed</th>
                <th className={table.figure}>Held</th>
                <th className={table.figure}>Blocked</th>
                <th className={table.figure}>Waiting</th>
                <th>People agree</th>
              </tr>
            </thead>
            <tbody>
              {busy.map((row) => (
                <tr key={row.gate}>
                  <td className={css.name}>
                    <RoomLink room="/gates" rest={`/${row.gate}`} className={css.link}>
                      {row.title}
                    </RoomLink>
                  </td>
                  <td className={css.mode}>
                    {mode_words[row.mode as PolicyMode] ?? row.mode}
                    {row.promise_parts && ' · '}
                    {row.promise_parts && <PromiseMark parts={row.promise_parts} />}
                  </td>
                  {columns.map(({ name, verdict }) => (
                    <td key={name} className={table.figure} data-label={name}>
                      <RoomLink
                        room="/data"
                        search={{ gate: row.gate, since, ...(verdict ? { verdict } : {}) }}
                        className={css.figure}
                      >
                        <Num of={row[name]} />
                      </RoomLink>
                    </td>
                  ))}
                  <td
                    className={table.figure}
                    data-label="waiting"
                    data-waiting={row.waiting > 0 || undefined}
                  >
                    <Num of={row.waiting} />
                  </td>
                  <td
                    className={css.agree}
                    data-label={isKnown(row.agreement) ? 'agree' : undefined}
                  >
                    <Share of={row.agreement} what="decisions" />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <p className={css.none}>No gate has seen an output in this time.</p>
      )}
      {idle > 0 && (
        <p className={css.idle}>
          {idle === 1 ? 'One more gate' : `${idle} more gates`} saw nothing.{' '}
          <RoomLink room="/gates" className={css.all}>
            See all gates
          </RoomLink>
        </p>
      )}
    </section>
  );
}

const columns = [
  { name: 'outputs', verdict: undefined },
  { name: 'passed', verdict: 'pass' },
  { name: 'held', verdict: 'hold' },
  { name: 'blocked', verdict: 'block' },
] as const;

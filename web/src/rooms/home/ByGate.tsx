import type { HomeSummary } from '@wheelhouse/core';
import { Num, Share } from '../../kit/figures.tsx';
import { RoomLink } from '../../kit/RoomLink.tsx';
import table from '../../kit/table.module.css';
import css from './ByGate.module.css';
import page from './HomePage.module.css';

/** The same figures, gate by gate. */
export function ByGate({ rows }: { rows: HomeSummary['by_gate'] }) {
  return (
    <section className={page.card} aria-label="By gate">
      <header className={page.head}>
        <h2 className={page.title}>By gate</h2>
      </header>
      {rows.length ? (
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
              {rows.map((row) => (
                <tr key={row.gate}>
                  <td className={css.name}>
                    <RoomLink room="/gates" rest={`/${row.gate}`} className={css.link}>
                      {row.title}
                    </RoomLink>
                  </td>
                  <td className={css.mode}>{row.mode}</td>
                  {(['outputs', 'passed', 'held', 'blocked'] as const).map((name) => (
                    <td key={name} className={table.figure} data-label={name}>
                      <Num of={row[name]} />
                    </td>
                  ))}
                  <td
                    className={table.figure}
                    data-label="waiting"
                    data-waiting={row.waiting > 0 || undefined}
                  >
                    <Num of={row.waiting} />
                  </td>
                  <td className={css.agree} data-label="agree">
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
    </section>
  );
}

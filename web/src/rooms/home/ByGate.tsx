import { Table } from '@mantine/core';
import type { HomeSummary } from '@wheelhouse/core';
import { Num, Share } from '../../kit/figures.tsx';
import { RoomLink } from '../../kit/RoomLink.tsx';
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
        <Table.ScrollContainer minWidth={720} type="native">
          <Table verticalSpacing="xs" horizontalSpacing="md" className={css.table}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Gate</Table.Th>
                <Table.Th>Mode</Table.Th>
                <Table.Th className={css.figure}>Outputs</Table.Th>
                <Table.Th className={css.figure}>Passed</Table.Th>
                <Table.Th className={css.figure}>Held</Table.Th>
                <Table.Th className={css.figure}>Blocked</Table.Th>
                <Table.Th className={css.figure}>Waiting</Table.Th>
                <Table.Th>People agree</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((row) => (
                <Table.Tr key={row.gate}>
                  <Table.Td className={css.name}>
                    <RoomLink room="/gates" rest={`/${row.gate}`} className={css.link}>
                      {row.title}
                    </RoomLink>
                  </Table.Td>
                  <Table.Td className={css.mode}>{row.mode}</Table.Td>
                  {(['outputs', 'passed', 'held', 'blocked'] as const).map((name) => (
                    <Table.Td key={name} className={css.figure}>
                      <Num of={row[name]} />
                    </Table.Td>
                  ))}
                  <Table.Td className={css.figure} data-waiting={row.waiting > 0 || undefined}>
                    <Num of={row.waiting} />
                  </Table.Td>
                  <Table.Td className={css.agree}>
                    <Share of={row.agreement} what="decisions" />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      ) : (
        <p className={css.none}>No gate has seen an output in this time.</p>
      )}
    </section>
  );
}

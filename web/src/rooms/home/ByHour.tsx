import { Table, UnstyledButton } from '@mantine/core';
import { useToggle } from '@mantine/hooks';
import type { HomeSummary } from '@wheelhouse/core';
import { Num } from '../../kit/figures.tsx';
import { ScrollRegion } from '../../kit/ScrollRegion.tsx';
import css from './ByHour.module.css';
import page from './HomePage.module.css';
import { HourChart } from './HourChart.tsx';

type Rows = HomeSummary['by_hour'];

/** Hour by hour, as a plot, or as its numbers. */
export function ByHour({ rows }: { rows: Rows }) {
  const [shown, toggle] = useToggle(['plot', 'table'] as const);
  const some = rows.some(({ passed, held, blocked, decided }) => passed + held + blocked + decided);
  return (
    <section className={page.card} aria-label="Hour by hour">
      <header className={page.head}>
        <h2 className={page.title}>Hour by hour</h2>
        {some && (
          <UnstyledButton className={page.next} onClick={() => toggle()}>
            {shown === 'plot' ? 'Show the numbers' : 'Show the plot'}
          </UnstyledButton>
        )}
      </header>
      {!some ? (
        <p className={css.none}>
          Nothing came through in this time. Send an output to a gate and its hour appears here.
        </p>
      ) : shown === 'plot' ? (
        <div className={css.plot}>
          <HourChart rows={rows} />
        </div>
      ) : (
        <HourTable rows={rows} />
      )}
    </section>
  );
}

const hour = new Intl.DateTimeFormat(undefined, {
  weekday: 'short',
  hour: '2-digit',
  minute: '2-digit',
});

function HourTable({ rows }: { rows: Rows }) {
  return (
    <ScrollRegion className={css.scroll} label="Numbers by hour">
      <Table verticalSpacing={4} horizontalSpacing="md" stickyHeader className={css.table}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Hour</Table.Th>
            <Table.Th>Passed</Table.Th>
            <Table.Th>Held</Table.Th>
            <Table.Th>Blocked</Table.Th>
            <Table.Th>Decided</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ at, passed, held, blocked, decided }) => (
            <Table.Tr key={at}>
              <Table.Td>{hour.format(new Date(at))}</Table.Td>
              <Table.Td>
                <Num of={passed} />
              </Table.Td>
              <Table.Td>
                <Num of={held} />
              </Table.Td>
              <Table.Td>
                <Num of={blocked} />
              </Table.Td>
              <Table.Td>
                <Num of={decided} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollRegion>
  );
}

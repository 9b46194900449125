import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { ConversationReport } from '@wheelhouse/core';
import type { ReactNode } from 'react';
import { Panel } from '../../kit/Panel.tsx';
import { ScrollRegion } from '../../kit/ScrollRegion.tsx';
import { saveFile } from '../../kit/saveFile.ts';
import table from '../../kit/table.module.css';
import { type Column, csvOf, textOf } from './columns.ts';

interface ReportTableProps<Row> {
  title: string;
  /** What it counts. */
  say: string;
  report: ConversationReport;
  /** The first names the row. A column without a title is in the file alone. */
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  /** What stands there without rows. */
  none: string;
  /** Beside its CSV. */
  aside?: ReactNode;
}

/** Figures as a table, which can be had as a file. */
export function ReportTable<Row>(props: ReportTableProps<Row>) {
  const { title, say, report, columns, rows, keyOf, none, aside } = props;
  const shown = columns.filter((column) => column.title);
  const file = `${title.toLowerCase().replaceAll(/\W+/g, '-')}-${report.from.slice(0, 10)}.csv`;
  const save = () => saveFile(file, [csvOf(report, columns, rows)], 'text/csv;charset=utf-8');
  const button = rows.length > 0 && (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<IconDownload size={14} stroke={1.6} aria-hidden="true" />}
      aria-label={`${title} as CSV`}
      onClick={save}
    >
      CSV
    </Button>
  );
  return (
    <Panel
      title={title}
      say={say}
      aside={
        <>
          {aside}
          {button}
        </>
      }
      flush
    >
      {rows.length === 0 ? (
        <p className={table.none}>{none}</p>
      ) : (
        <ScrollRegion className={table.scroll} label={`Numbers: ${title}`}>
          <table className={`${table.table} ${table.stack}`} aria-label={title}>
            <thead>
              <tr>
                {shown.map(({ name, title: head }, at) => (
                  <th key={name} className={at ? table.figure : undefined}>
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={keyOf(row)}>
                  {shown.map((column, at) => (
                    <td
                      key={column.name}
                      className={at ? table.figure : table.tight}
                      data-label={at ? column.title?.toLowerCase() : undefined}
                    >
                      {textOf(column, row)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </Panel>
  );
}

import css from './Plot.module.css';
import { marksIn, type PlotProps } from './plotSeries.ts';
import { ScrollRegion } from './ScrollRegion.tsx';
import table from './table.module.css';

/** What is drawn as a table, with what happened in each row. */
export function PlotNumbers({ marks = [], ...props }: PlotProps) {
  const { label, x, x_title, x_text, series, y_text } = props;
  const happened = {
    title: 'What happened',
    text: (row: number) => marksIn(marks, x, row).join(', ') || '–',
  };
  const columns = [...(props.columns ?? []), ...(marks.length ? [happened] : [])];
  return (
    <ScrollRegion label={`${label}: numbers`} className={css.numbers}>
      <table className={table.table} aria-label={label}>
        <thead>
          <tr>
            <th>{x_title}</th>
            {series.map(({ title }) => (
              <th key={title} className={table.figure}>
                {title}
              </th>
            ))}
            {columns.map(({ title }) => (
              <th key={title} className={table.figure}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {x.map((value, row) => (
            <tr key={value}>
              <td>{x_text(value)}</td>
              {series.map(({ title, values }) => {
                const one = values[row];
                return (
                  <td key={title} className={table.figure}>
                    {one === null || one === undefined ? '–' : y_text(one)}
                  </td>
                );
              })}
              {columns.map(({ title, text }) => (
                <td key={title} className={table.figure}>
                  {text(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

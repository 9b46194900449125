import css from './Bars.module.css';

interface BarsProps<Row> {
  /** What is drawn, for whoever does not see it. */
  label: string;
  rows: readonly Row[];
  /** Under which name a row stands. */
  nameOf: (row: Row) => string;
  /** The parts of a bar, from its foot up: at most three. Null draws nothing. */
  parts: readonly { title: string; of: (row: Row) => number | null }[];
  /** A value in words, with its unit. */
  text: (value: number) => string;
  /** Steps that a scale in this unit ends at, times powers of ten of them; 1, 2 and 5 without any. */
  ceiling?: (most: number) => number;
}

/** The least round number that nothing goes over: 1, 2 or 5 times a power of ten. */
function roundUp(most: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(most, 1)));
  return power * ([1, 2, 5, 10].find((step) => step * power >= most) ?? 10);
}

const most_names = 8;

/** Stacked bars, one a row, on a scale that begins at nought. Its numbers stand in a table beside it. */
export function Bars<Row>({ label, rows, nameOf, parts, text, ceiling = roundUp }: BarsProps<Row>) {
  const totals = rows.map((row) => parts.reduce((sum, { of }) => sum + (of(row) ?? 0), 0));
  const top = ceiling(Math.max(...totals, 0));
  const every = Math.ceil(rows.length / most_names);
  return (
    <figure className={css.chart} style={{ margin: 0 }} aria-label={label}>
      <div className={css.plot}>
        {[1, 0.5].map((share) => (
          <span key={share} className={css.line} style={{ bottom: `${share * 100}%` }}>
            {text(top * share)}
          </span>
        ))}
        {rows.map((row) => {
          const name = nameOf(row);
          const said = parts.map(({ title, of }) => {
            const value = of(row);
            return `${title} ${value === null ? 'not known' : text(value)}`;
          });
          const words = `${name}: ${said.join(', ')}`;
          return (
            <div key={name} className={css.bar} title={words}>
              <span className={css.words}>{words}</span>
              {parts.map(({ title, of }, at) => (
                <span
                  key={title}
                  className={css.part}
                  data-part={at}
                  style={{ height: `${((of(row) ?? 0) / top) * 100}%` }}
                />
              ))}
            </div>
          );
        })}
      </div>
      <div className={css.names} aria-hidden="true">
        {rows.map((row, at) => (
          <span key={nameOf(row)}>{at % every === 0 ? nameOf(row) : ''}</span>
        ))}
      </div>
      {parts.length > 1 && (
        <ul className={css.legend}>
          {parts.map(({ title }, at) => (
            <li key={title}>
              <span className={css.swatch} data-part={at} />
              {title}
            </li>
          ))}
        </ul>
      )}
    </figure>
  );
}

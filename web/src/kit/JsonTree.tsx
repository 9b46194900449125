import css from './JsonTree.module.css';
import { digitGroups, type JsonTable, tableOf } from './jsonTable.ts';
import { Marked } from './Marked.tsx';

/** Any JSON value for reading: names on the left, values on the right, nothing cut off. */
export function JsonTree({ value, label }: { value: unknown; label?: string }) {
  return (
    <section className={css.tree} aria-label={label}>
      <Node value={value} />
    </section>
  );
}

function Node({ value }: { value: unknown }) {
  if (value === null || typeof value !== 'object') return <Leaf value={value} />;
  const entries = Object.entries(value);
  if (!entries.length)
    return <span className={css.quiet}>{Array.isArray(value) ? 'empty list' : 'nothing'}</span>;
  const table = Array.isArray(value) ? tableOf(value) : null;
  if (table) return <Table of={table} />;
  if (Array.isArray(value) && value.every(isBrief)) return <Items of={value} />;
  return (
    <dl className={css.list}>
      {entries.map(([key, inner]) => {
        const branch = isBranch(inner);
        return (
          <div key={key} className={branch ? css.branch : css.row}>
            <dt className={css.key}>
              <Marked text={Array.isArray(value) ? `${Number(key) + 1}.` : key} />
            </dt>
            <dd className={css.value}>
              <Node value={inner} />
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

/** Whether it stands below its name, rather than beside it. */
const isBranch = (value: unknown): boolean =>
  value !== null &&
  typeof value === 'object' &&
  Object.keys(value).length > 0 &&
  !(Array.isArray(value) && value.every(isBrief));

const isBrief = (value: unknown): boolean =>
  typeof value === 'string'
    ? value !== '' && value.length <= 40
    : typeof value === 'number' || typeof value === 'boolean';

/** Short plain values, one beside the other, each in a border of its own. */
function Items({ of }: { of: readonly unknown[] }) {
  return (
    <ol className={css.items}>
      {of.map((item, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: items of a JSON list have no name but their place.
        <li key={at} className={css.item}>
          <Leaf value={item} />
        </li>
      ))}
    </ol>
  );
}

/** Objects of the same members below each other, so that their figures can be compared. */
function Table({ of: { columns, rows } }: { of: JsonTable }) {
  return (
    <table className={css.table}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              <Marked text={column} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: items of a JSON list have no name but their place.
          <tr key={at}>
            {columns.map((column) => (
              <td key={column} data-figure={typeof row[column] === 'number' || undefined}>
                {Object.hasOwn(row, column) ? (
                  <Leaf value={row[column]} />
                ) : (
                  <span className={css.quiet} title="not given">
                    –
                  </span>
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Leaf({ value }: { value: unknown }) {
  if (typeof value === 'string') {
    if (value === '') return <span className={css.quiet}>empty text</span>;
    return (
      <span className={`${css.text} at-its-label`}>
        <Marked text={value} />
      </span>
    );
  }
  return (
    <span className={css.literal}>
      {digitGroups(String(value)).map((group, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: groups of digits have no name but their place.
        <span key={at} className={css.group}>
          {group}
        </span>
      ))}
    </span>
  );
}

import css from './JsonTree.module.css';
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
  return (
    <dl className={css.list}>
      {entries.map(([key, inner]) => {
        const branch = inner !== null && typeof inner === 'object' && Object.keys(inner).length > 0;
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

function Leaf({ value }: { value: unknown }) {
  if (typeof value === 'string') {
    if (value === '') return <span className={css.quiet}>empty text</span>;
    return (
      <span className={`${css.text} own-direction`}>
        <Marked text={value} />
      </span>
    );
  }
  return <span className={css.literal}>{String(value)}</span>;
}

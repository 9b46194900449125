import { Button } from '@mantine/core';
import { useKeys } from '../../kit/useKeys.ts';
import { useRowKeys } from '../../kit/useRowKeys.ts';
import { sentenceOf } from '../../live/problem.ts';
import type { Cut } from './filter.ts';
import { RecordLine } from './RecordLine.tsx';
import css from './RecordList.module.css';
import type { useRecord } from './useRecord.ts';

interface RecordListProps {
  record: ReturnType<typeof useRecord>;
  onCut: (change: Cut) => void;
}

export function RecordList({ record, onCut }: RecordListProps) {
  const box = useRowKeys<HTMLUListElement>('Audit');
  const { rows, has_more, more, loading_more, newer, startOver, refused } = record;
  useKeys([
    { key: 'm', label: 'Load more', group: 'Audit', off: !has_more || loading_more, run: more },
  ]);
  return (
    <section aria-label="The record">
      {newer && (
        <div className={css.newer} role="status">
          Newer lines have come.
          <Button size="compact-sm" variant="subtle" onClick={startOver}>
            Show them
          </Button>
        </div>
      )}
      <ul className={css.list} ref={box}>
        {rows.map((line) => (
          <RecordLine key={line.cursor} line={line} onCut={onCut} />
        ))}
      </ul>
      <div className={css.more}>
        {refused && <span role="alert">{sentenceOf(refused)}</span>}
        <span>{rows.length.toLocaleString('en-US')} shown</span>
        {has_more ? (
          <>
            {!rows.length && (
              <span>Nothing fits among the newest; there is more further back.</span>
            )}
            <Button variant="default" size="compact-sm" loading={loading_more} onClick={more}>
              Load more
            </Button>
          </>
        ) : (
          <span>That is all.</span>
        )}
      </div>
    </section>
  );
}

import type { BatchResult } from '@wheelhouse/core';
import css from './toasts.module.css';
import { loud_ms, plain_ms, say, short, UndoOffer } from './toasts.tsx';

const most_named = 3;

interface BatchUndo {
  until: number;
  undo: () => void;
}

/** Says what came of deciding many: each that was not decided by its name, and a way back for those
 *  that were.
 *  @param undoing null where nothing can be taken back */
export function tellBatch(
  results: BatchResult['results'],
  titles: ReadonlyMap<string, string>,
  undoing: BatchUndo | null,
): void {
  const failed = results.filter(({ ok }) => !ok);
  const words = failed.length ? (
    <Failed failed={failed} titles={titles} />
  ) : (
    'Each has its own record.'
  );
  const left_ms = undoing ? undoing.until - Date.now() : 0;
  say(
    'batch',
    `${results.length - failed.length} of ${results.length} decided`,
    undoing && left_ms > 0 ? <UndoOffer title={words} {...undoing} /> : words,
    Math.max(left_ms, failed.length ? loud_ms : plain_ms),
    failed.length > 0,
  );
}

function Failed({
  failed,
  titles,
}: {
  failed: BatchResult['results'];
  titles: ReadonlyMap<string, string>;
}) {
  const more = failed.length - most_named;
  return (
    <span className={css.each}>
      {failed.slice(0, most_named).map(({ case_id, detail }) => (
        <span key={case_id}>
          “<bdi>{short(titles.get(case_id) ?? case_id)}</bdi>”: {detail ?? 'Not decided.'}
        </span>
      ))}
      {more > 0 && (
        <span>
          {more === 1 ? 'And one more; it is' : `And ${more} more; they are`} still selected.
        </span>
      )}
    </span>
  );
}

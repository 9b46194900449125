import type { Output } from '@wheelhouse/core';
import { useRef, useState } from 'react';
import { countText } from '../../kit/countText.ts';
import { saveFile } from '../../kit/saveFile.ts';
import { tellDone, tellFailed } from '../../kit/tell.ts';
import { api } from '../../live/api.ts';
import { type Cut, filterOf } from './filter.ts';
import { csvHead, csvRows, jsonRows } from './tables.ts';

export type Format = 'csv' | 'jsonl';

const formats = {
  csv: { head: csvHead, rows: csvRows, type: 'text/csv;charset=utf-8' },
  jsonl: { head: () => '', rows: jsonRows, type: 'application/x-ndjson' },
} as const;

const page_size = 200;

/** Fetches every output of a cut, page after page, and hands over one file. */
export function useDownload(cut: Cut) {
  const [fetched, setFetched] = useState<number | null>(null);
  const abort = useRef<AbortController | null>(null);
  const start = async (format: Format) => {
    const { head, rows, type } = formats[format];
    const stopper = new AbortController();
    const { signal } = stopper;
    abort.current = stopper;
    // The span is read once, so that every page is cut the same.
    const filter = filterOf(cut, Date.now());
    const parts: string[] = [head()];
    let [count, cursor]: [number, string | null] = [0, null];
    setFetched(0);
    try {
      do {
        const page: { rows: Output[]; next: string | null } = await api.outputs.list(
          { ...filter, limit: page_size, ...(cursor ? { cursor } : {}) },
          { signal },
        );
        parts.push(rows(page.rows));
        count += page.rows.length;
        cursor = page.next;
        setFetched(count);
      } while (cursor);
      saveFile(`outputs.${format}`, parts, type);
      tellDone(`${countText(count, 'output')} saved`);
    } catch (thrown) {
      if (!signal.aborted) tellFailed('Not downloaded', thrown);
    } finally {
      setFetched(null);
    }
  };
  return { fetched, start, stop: () => abort.current?.abort() };
}

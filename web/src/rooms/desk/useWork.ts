import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';
import { Work, type WorkHandlers } from './work.ts';

/** The reviewer's work, for as long as the desk is open: on leaving, what is held is given back. */
export function useWork(handlers: WorkHandlers) {
  const cache = useQueryClient();
  const latest = useRef(handlers);
  useLayoutEffect(() => {
    latest.current = handlers;
  });
  const [work] = useState(
    () =>
      new Work(cache, {
        decided: (...all) => latest.current.decided(...all),
        refused: (...all) => latest.current.refused(...all),
        lost: (...all) => latest.current.lost(...all),
      }),
  );
  useEffect(() => {
    work.start();
    return () => work.stop();
  }, [work]);
  return { work, view: useSyncExternalStore(work.watch, work.view) };
}

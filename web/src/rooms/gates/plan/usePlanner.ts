import { useDebouncedValue } from '@mantine/hooks';
import type { GatePlan, PlanSetup } from '@wheelhouse/core/learn';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Ask, Planning, Study, Told } from './planning.ts';

export interface Planner {
  /** What is being worked at, and how far it is, 0..1; null when nothing is. */
  progress: { what: string; share: number } | null;
  study: Study | null;
  /** Of the settings as they were when it was asked for last; null until there is one. */
  plan: GatePlan | null;
  /** The settings have changed since that plan was made. */
  behind: boolean;
  fault: string | null;
  stop: () => void;
}

const begun = { what: 'Reading', share: 0 };

/** Plans in a worker of its own: reads a file once, and plays its first weeks when the settings have
 *  been left alone for a moment. Another file, other columns, another version or `stop` end what is
 *  under way. */
export function usePlanner({ file, columns, only, setup }: Planning): Planner {
  const worker = useRef<Worker | null>(null);
  const read = useRef<Partial<Planning>>({});
  const asked = useRef(0);
  const [progress, setProgress] = useState<Planner['progress']>(null);
  const [study, setStudy] = useState<(Study & { by: Worker }) | null>(null);
  const [planned, setPlanned] = useState<GatePlan | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const [settled] = useDebouncedValue(setup, 350);
  const { delta, seed } = settled;

  const stop = useCallback(() => {
    worker.current?.terminate();
    worker.current = null;
    setProgress(null);
    setFault('Stopped. Choose a file to begin again.');
  }, []);

  useEffect(() => {
    // What can still be shown stays: a field that is being typed in would be gone with it.
    const before = read.current;
    read.current = { file, columns, only };
    const same_file = before.file === file;
    const same_read = same_file && before.columns === columns && before.only === only;
    if (!same_read) {
      setStudy((now) => (same_file && now ? { ...now, shown: null } : null));
      setPlanned(null);
    }
    setFault(null);
    if (!file) return;
    const made = new Worker(new URL('./planWorker.ts', import.meta.url), { type: 'module' });
    worker.current = made;
    setProgress(begun);
    made.onmessage = ({ data }: MessageEvent<Told>) => {
      if (data.kind === 'progress') return setProgress({ what: data.what, share: data.share });
      if (data.kind === 'planned' && data.ask !== asked.current) return;
      setProgress(null);
      if (data.kind === 'studied') setStudy({ ...data.study, by: made });
      if (data.kind === 'planned') setPlanned(data.plan);
      if (data.kind === 'failed') setFault(data.message);
    };
    made.onerror = () => {
      setProgress(null);
      setFault('The planning broke off. Try again, or use wheelhouse gate simulate at a terminal.');
    };
    made.postMessage({ kind: 'study', file, columns, only, setup: { delta, seed } } satisfies Ask);
    return () => {
      made.terminate();
      if (worker.current === made) worker.current = null;
    };
  }, [file, columns, only, delta, seed]);

  useEffect(() => {
    // A worker that is still reading has nothing to plan with.
    if (!study?.shown || study.by !== worker.current) return;
    asked.current++;
    worker.current?.postMessage({ kind: 'plan', ask: asked.current, setup: settled } satisfies Ask);
  }, [study, settled]);

  return {
    progress,
    study,
    plan: planned,
    behind: planned !== null && !sameSetup(planned.setup, setup),
    fault,
    stop,
  };
}

const sameSetup = (one: PlanSetup, other: PlanSetup) =>
  (Object.keys(one) as (keyof PlanSetup)[]).every((name) => one[name] === other[name]);

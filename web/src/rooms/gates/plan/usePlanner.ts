import { useDebouncedValue } from '@mantine/hooks';
import type { GatePlan, PlanSetup } from '@wheelhouse/core/learn';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import {
  type Ask,
  divisionOf,
  type Planning,
  type Study,
  setupOf,
  type Told,
  termsOf,
} from './planning.ts';

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
 *  been left alone for a moment. Another file, other columns, another version, limits by which outputs
 *  are divided otherwise or `stop` end what is under way. */
export function usePlanner({ file, columns, only, setup, limits }: Planning): Planner {
  const worker = useRef<Worker | null>(null);
  const read = useRef<Partial<Planning>>({});
  const asked = useRef(0);
  const [progress, setProgress] = useState<Planner['progress']>(null);
  const [study, setStudy] = useState<(Study & { by: Worker }) | null>(null);
  const [planned, setPlanned] = useState<GatePlan | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const { settled, by } = useSettled({ setup, limits });

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
    made.postMessage({ kind: 'study', file, columns, only, ...by } satisfies Ask);
    return () => {
      made.terminate();
      if (worker.current === made) worker.current = null;
    };
  }, [file, columns, only, by]);

  useEffect(() => {
    // A worker that is still reading has nothing to plan with.
    if (!study?.shown || study.by !== worker.current) return;
    asked.current++;
    worker.current?.postMessage({
      kind: 'plan',
      ask: asked.current,
      setup: setupOf(settled),
    } satisfies Ask);
  }, [study, settled]);

  return {
    progress,
    study,
    plan: planned,
    behind: planned !== null && !sameSetup(planned.setup, setupOf({ setup, limits })),
    fault,
    stop,
  };
}

/** The settings once they have been left alone for a moment, and what they divide outputs by. */
function useSettled({ setup, limits }: Pick<Planning, 'setup' | 'limits'>) {
  const [settled_setup] = useDebouncedValue(setup, 350);
  const [settled_limits] = useDebouncedValue(limits, 350);
  const settled = useMemo(
    () => ({ setup: settled_setup, limits: settled_limits }),
    [settled_setup, settled_limits],
  );
  const terms = termsOf(settled);
  const { delta, seed, tiers } = setupOf(settled);
  const key = JSON.stringify([delta, seed, divisionOf(terms)]);
  // A file is read again where outputs come under other limits, not where a limit has another height.
  const read = useRef({ key, by: { terms, setup: { delta, seed, tiers } } });
  if (read.current.key !== key)
    read.current = { key, by: { terms, setup: { delta, seed, tiers } } };
  return { settled, by: read.current.by };
}

const sameSetup = (one: PlanSetup, other: PlanSetup) =>
  JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
const sorted = (setup: PlanSetup) =>
  Object.entries(setup).sort(([one], [other]) => one.localeCompare(other));

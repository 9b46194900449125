import type { FieldFault, GateDefinition, Policy, PolicyMode } from '@wheelhouse/core';
import { useMemo, useRef, useState } from 'react';
import { draftFaults, isSame, withMode } from './definition.ts';

export interface Editor {
  draft: GateDefinition;
  dirty: boolean;
  /** What this page itself finds wrong. */
  faults: readonly FieldFault[];
  /** The version that the draft started from; 0 for a new gate. */
  based_on: number;
  set: (change: Partial<GateDefinition>) => void;
  setPolicy: (change: Partial<Policy>) => void;
  setMode: (mode: PolicyMode) => void;
  /** Takes over a whole definition, as the JSON tab and "bring back" do. */
  replace: (definition: GateDefinition) => void;
  /** Starts again from a saved version. */
  rebase: (definition: GateDefinition, version: number) => void;
}

/** A definition while it is edited: what it was, what it is now, and what is wrong with it. */
export function useEditor(start: GateDefinition, version: number): Editor {
  const [base, setBase] = useState({ definition: start, version });
  const [draft, setDraft] = useState(start);
  const left = useRef<Partial<Record<PolicyMode, Policy>>>({});
  const faults = useMemo(() => draftFaults(draft), [draft]);
  const dirty = useMemo(() => !isSame(draft, base.definition), [draft, base]);
  return {
    draft,
    dirty,
    faults,
    based_on: base.version,
    set: (change) => setDraft((now) => ({ ...now, ...change })),
    setPolicy: (change) =>
      setDraft((now) => ({ ...now, policy: { ...now.policy, ...change } as Policy })),
    setMode: (mode) =>
      setDraft((now) => {
        left.current[now.policy.mode] = now.policy;
        return { ...now, policy: withMode(now.policy, mode, left.current) };
      }),
    replace: setDraft,
    rebase: (definition, at) => {
      setBase({ definition, version: at });
      setDraft(definition);
    },
  };
}

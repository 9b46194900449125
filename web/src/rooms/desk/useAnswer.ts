import { useQueryClient } from '@tanstack/react-query';
import {
  argumentFaults,
  type Case,
  type FieldFault,
  type Json,
  type Values,
  verdictQuestion,
} from '@wheelhouse/core';
import { useMemo, useRef, useState } from 'react';
import { isHostile } from '../../kit/hostile.ts';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';
import { answerFaults, firstValues, shownAt, withVerdict } from './answer.ts';
import { drafts } from './drafts.ts';
import { Stopwatch } from './stopwatch.ts';
import type { AnswerBody } from './work.ts';

export type AnswerState = ReturnType<typeof useAnswer>;

/** What is being written on one case: its values, kept as a draft; what is wrong with them; and the
 *  answer to send. Mount it anew for each case.
 *  @param engage called when the person starts to write, so that the case can be claimed */
export function useAnswer(shown: Case, engage: () => void) {
  const cache = useQueryClient();
  const [kept] = useState(() => drafts.get(shown.id));
  const [values, setValues] = useState<Values>(() => kept?.values ?? firstValues(shown));
  const [original, setOriginal] = useState<Json | undefined>(() => originalOf(shown));
  const [restored_at, setRestored] = useState(kept?.at ?? null);
  // Counts the tries, so that each failed one leads to what is wrong.
  const [tries, setTries] = useState(0);
  // The digest of what this person has looked at: what changes behind it must be looked at again.
  const [seen, setSeen] = useState(shown.shown);
  const watch = useRef<Stopwatch>(null);
  watch.current ??= new Stopwatch();
  const verdict = verdictQuestion(shown.form);
  const said = verdict && values[verdict.name];

  const change = (next: Values) => {
    setValues(next);
    drafts.set(shown.id, next, Date.now());
    engage();
  };
  const all = useMemo(() => faultsOf(shown, values), [shown, values]);

  return {
    values,
    verdict,
    original,
    editing: said === 'edit',
    rejecting: said === 'reject',
    restored_at,
    /** What to show as wrong: nothing before the first try to send, but an edit's own faults. */
    faults: tries > 0 || said === 'edit' ? all : [],
    tries,
    changed: seen !== shown.shown,
    looked: () => setSeen(shown.shown),
    hostile: useMemo(() => isHostile(boundTo(shown, values)), [shown, values]),
    set: (name: string, value: Json | undefined) => {
      const { [name]: _old, ...rest } = values;
      change(value === undefined ? rest : { ...rest, [name]: value });
    },
    setMany: (more: Values) => change({ ...values, ...more }),
    discard: () => {
      setTries(0);
      setRestored(null);
      setValues(firstValues(shown));
      drafts.clear(shown.id);
    },
    /** Starts an edit from the exact value that was asked for.
     *  @returns false when there is nothing to edit */
    async edit(): Promise<boolean> {
      const name = verdict?.edit;
      if (!name) return false;
      const from = name === 'content' ? await exactContent(shown, cache) : originalOf(shown);
      if (from === undefined) return false;
      setOriginal(from);
      change(withVerdict(shown.form, values, 'edit', { [name]: structuredClone(from) }));
      return true;
    },
    startRejecting: () => change(withVerdict(shown.form, values, 'reject')),
    stopVerdict: () => {
      if (!verdict) return;
      const { [verdict.name]: _said, arguments: _a, content: _c, reason: _r, ...rest } = values;
      change(rest);
    },
    /** The answer to send, or undefined when something is wrong with it, which is then shown. */
    bodyFor(ready: Values): AnswerBody | undefined {
      const found = faultsOf(shown, ready);
      if (found.length) {
        setTries((count) => count + 1);
        if (ready !== values) setValues(ready);
        return undefined;
      }
      return {
        status: 'submitted',
        values: ready,
        shown: seen,
        shown_suggestion: shown.suggestion !== null,
        spent_ms: watch.current?.read() ?? 0,
      };
    },
    spent: () => watch.current?.read() ?? 0,
    seen,
  };
}

function faultsOf(shown: Case, values: Values): FieldFault[] {
  const faults = answerFaults(shown.form, values);
  const verdict = verdictQuestion(shown.form);
  if (!verdict || values[verdict.name] !== 'edit' || verdict.edit !== 'arguments') return faults;
  const schema = shown.action?.arguments_schema;
  const edited = values.arguments;
  if (!schema || edited === undefined) return faults;
  return [...faults, ...argumentFaults(schema, edited, 'values.arguments')];
}

/** What an approval would let out: checked for characters that hide. */
const boundTo = (shown: Case, values: Values): unknown =>
  values.arguments ?? values.content ?? shown.action?.bytes ?? shownAt(shown, 'content');

const originalOf = (shown: Case): Json | undefined => {
  const edit = verdictQuestion(shown.form)?.edit;
  if (edit === 'arguments') return shown.action?.arguments;
  return edit === 'content' ? shownAt(shown, 'content') : undefined;
};

/** The content as it came: prose may have been text or an object around it, and an edit keeps the
 *  shape that its caller waits for. */
async function exactContent(shown: Case, cache: ReturnType<typeof useQueryClient>) {
  const id = shown.output_id;
  if (!id) return originalOf(shown);
  const output = await cache.fetchQuery({
    queryKey: keys.output(id),
    queryFn: () => api.outputs.get(id),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return output.content ?? undefined;
}

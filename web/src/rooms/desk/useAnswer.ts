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
import { answerFaults, shownAt, withoutVerdict, withVerdict } from './answer.ts';
import { withMember } from './schema.ts';
import { Stopwatch } from './stopwatch.ts';
import { useDraft } from './useDraft.ts';
import type { AnswerBody } from './work.ts';

export type AnswerState = ReturnType<typeof useAnswer>;

/** What is being written on one case: its values, kept as a draft; what is wrong with them; and the
 *  answer to send. Mount it anew for each case.
 *  @param engage called when the person starts to write, so that the case can be claimed */
export function useAnswer(shown: Case, engage: () => void) {
  const cache = useQueryClient();
  const { values, change, restored_at, startOver } = useDraft(shown, engage);
  const [original, setOriginal] = useState<Json | undefined>(() => originalOf(shown));
  const watch = useRef<Stopwatch>(null);
  watch.current ??= new Stopwatch();
  const verdict = verdictQuestion(shown.form);
  const said = verdict && values[verdict.name];
  const { seen, ...checked } = useChecks(shown, values, said === 'edit');
  const spent = () => watch.current?.read() ?? 0;
  return {
    values,
    verdict,
    original,
    editing: said === 'edit',
    rejecting: said === 'reject',
    restored_at,
    ...checked,
    spent,
    set: (name: string, value: Json | undefined) => change(withMember(values, name, value)),
    setMany: (more: Values) => change({ ...values, ...more }),
    discard: () => {
      checked.forget();
      startOver();
    },
    /** Starts an edit from the exact value that was asked for. @throws ApiProblem */
    async edit(): Promise<void> {
      const name = verdict?.edit;
      if (!name) return;
      const from = name === 'content' ? await exactContent(shown, cache) : originalOf(shown);
      if (from === undefined) return;
      setOriginal(from);
      change(withVerdict(shown.form, values, 'edit', { [name]: structuredClone(from) }));
    },
    startRejecting: () => change(withVerdict(shown.form, values, 'reject')),
    stopVerdict: () => change(withoutVerdict(shown.form, values)),
    /** The answer to send, or undefined when something is wrong with it, which is then shown. */
    bodyFor(ready: Values): AnswerBody | undefined {
      if (!checked.pass(ready)) {
        if (ready !== values) change(ready);
        return undefined;
      }
      const shown_suggestion = shown.suggestion !== null;
      return {
        status: 'submitted',
        values: ready,
        shown: seen,
        shown_suggestion,
        spent_ms: spent(),
      };
    },
  };
}

/** What stands between an answer and sending it: faults, hidden characters, changes behind it. */
function useChecks(shown: Case, values: Values, editing: boolean) {
  // Counts the tries, so that each failed one leads to what is wrong.
  const [tries, setTries] = useState(0);
  // The digest of what this person has looked at: what changes behind it must be looked at again.
  const [seen, setSeen] = useState(shown.shown);
  const all = useMemo(() => faultsOf(shown, values), [shown, values]);
  return {
    seen,
    tries,
    /** What to show as wrong: nothing before the first try to send, but an edit's own faults. */
    faults: tries > 0 || editing ? all : [],
    changed: seen !== shown.shown,
    hostile: useMemo(() => isHostile(boundTo(shown, values)), [shown, values]),
    looked: () => setSeen(shown.shown),
    forget: () => setTries(0),
    pass(ready: Values): boolean {
      const right = faultsOf(shown, ready).length === 0;
      if (!right) setTries((count) => count + 1);
      return right;
    },
  };
}

function faultsOf(shown: Case, values: Values): FieldFault[] {
  const faults = answerFaults(shown, values);
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

import type { Case, Values } from '@wheelhouse/core';
import { useState } from 'react';
import { firstValues } from './answer.ts';
import { drafts } from './drafts.ts';

/** The values being written on one case, kept in the browser with every change.
 *  @param engage called on each change, so that the case can be claimed */
export function useDraft(shown: Case, engage: () => void) {
  const [kept] = useState(() => {
    const found = drafts.get(shown.id);
    return found && Object.keys(found.values).length > 0 ? found : undefined;
  });
  const [values, setValues] = useState<Values>(() => kept?.values ?? firstValues(shown));
  const [restored_at, setRestored] = useState(kept?.at ?? null);
  return {
    values,
    /** When the draft found on opening was written; null without one. */
    restored_at,
    change(next: Values) {
      setValues(next);
      drafts.set(shown.id, { values: next }, Date.now());
      engage();
    },
    startOver() {
      setRestored(null);
      setValues(firstValues(shown));
      drafts.clear(shown.id);
    },
  };
}

import type { OutputLife } from '@wheelhouse/core';
import { useState } from 'react';
import { ActButton } from '../../kit/ActButton.tsx';
import { useKeys } from '../../kit/useKeys.ts';
import { mayAs, useMe } from '../../live/session.ts';
import { CorrectDialog } from './CorrectDialog.tsx';

const label = 'Correct this decision';

/** Corrects a decision whose effect has left: for leads, where people decided something. */
export function CorrectButton({ life: { output, resolutions } }: { life: OutputLife }) {
  const [open, show] = useState(false);
  const { case_id, outcome, erased_at } = output;
  const may = mayAs(useMe().role, 'lead');
  const can = may && case_id && outcome && !erased_at && resolutions.length > 0;
  useKeys(can ? [{ key: 'x', label, group: 'Output', run: () => show(true) }] : []);
  if (!can) return null;
  return (
    <>
      <ActButton act_key="x" onClick={() => show(true)}>
        {label}
      </ActButton>
      {open && <CorrectDialog case_id={case_id} output={output} onClose={() => show(false)} />}
    </>
  );
}

import type { GateDefinition, Output } from '@wheelhouse/core';
import { useMemo, useState } from 'react';
import { JsonText } from '../../kit/JsonText.tsx';
import { Panel } from '../../kit/Panel.tsx';
import { VerdictMark } from '../../kit/VerdictMark.tsx';
import css from './TryPanel.module.css';
import { startingPoint, tryOut } from './tryOut.ts';

interface TryPanelProps {
  definition: GateDefinition;
  /** Whether the definition can be judged by. */
  sound: boolean;
  /** The newest first; undefined while they are fetched. */
  outputs: readonly Output[] | undefined;
}

/** What these rules say of one output, while one writes them. Nothing is sent or kept. */
export function TryPanel({ definition, sound, outputs }: TryPanelProps) {
  const [typed, type] = useState<unknown>(undefined);
  const start = useMemo(() => startingPoint(definition, outputs?.[0]), [definition, outputs]);
  if (definition.policy.mode !== 'rules' || !sound) return null;
  const document = typed ?? start;
  const tried = tryOut(definition, document);
  return (
    <Panel title="Try the rules" say="Change the values and see what they say. Nothing is kept.">
      <JsonText label="An output" value={document} min_rows={4} onChange={type} />
      <div className={css.said} role="status">
        {'fault' in tried ? (
          <span className={css.fault}>{tried.fault}</span>
        ) : (
          <>
            <VerdictMark verdict={tried.judged.verdict} />
            <span className={css.why}>{tried.judged.reasons.join('; ')}</span>
          </>
        )}
      </div>
    </Panel>
  );
}

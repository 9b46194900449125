import { actionHash, boundBytes, frameOf, type Output, partsOf } from '@wheelhouse/core';
import { useMemo } from 'react';
import { ActionFrame } from '../../kit/ActionFrame.tsx';
import { Panel } from '../../kit/Panel.tsx';
import { Parts } from '../../kit/Parts.tsx';
import { useMe } from '../../live/session.ts';
import css from './OutputContent.module.css';

/** What came in and what was proposed, as they were submitted. */
export function OutputContent({ output }: { output: Output }) {
  const workspace_id = useMe().workspace.id;
  const frame = useMemo(() => {
    const { action, action_hash, id, gate, policy_version } = output;
    if (!action || !action_hash) return null;
    const bound = { workspace_id, output_id: id, gate, policy_version, action };
    const intact = actionHash(bound) === action_hash;
    return { intact, of: frameOf(action, boundBytes(bound), action_hash, null) };
  }, [output, workspace_id]);
  const parts = useMemo(() => partsOf(output.input, output.content), [output]);
  if (!parts.length && !frame) {
    return (
      <Panel title="What was submitted">
        <p className={css.gone}>The content was erased. What happened to it is still on record.</p>
      </Panel>
    );
  }
  return (
    <Panel title="What was submitted">
      <Parts parts={parts} />
      {frame && <ActionFrame frame={frame.of} intact={frame.intact} />}
    </Panel>
  );
}

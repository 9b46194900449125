import {
  type Action,
  actionHash,
  boundBytes,
  frameOf,
  type Output,
  partsOf,
} from '@wheelhouse/core';
import { useMemo } from 'react';
import { ActionFrame } from '../../kit/ActionFrame.tsx';
import { Panel } from '../../kit/Panel.tsx';
import { Parts } from '../../kit/Parts.tsx';
import { useMe } from '../../live/session.ts';
import css from './OutputContent.module.css';

/** What came in and what was proposed, as they were submitted; and what may run, where a person has
 *  changed it. */
export function OutputContent({ output }: { output: Output }) {
  const workspace_id = useMe().workspace.id;
  const { outcome } = output;
  const asked = useMemo(() => {
    const { action, action_hash } = output;
    return action && action_hash ? framed(output, action, action_hash, workspace_id) : null;
  }, [output, workspace_id]);
  const edited = useMemo(() => {
    const { action, action_hash } = output.outcome ?? {};
    const changed = output.outcome?.status === 'edited' && action && action_hash;
    return changed ? framed(output, action, action_hash, workspace_id) : null;
  }, [output, workspace_id]);
  const parts = useMemo(() => partsOf(output.input, output.content), [output]);
  if (!parts.length && !asked) {
    return (
      <Panel title="What was submitted">
        <p className={css.gone}>The content was erased. What happened to it is still on record.</p>
      </Panel>
    );
  }
  const title = outcome ? 'What was asked for' : 'What would happen';
  return (
    <Panel title="What was submitted">
      <Parts parts={parts} of_conversation={output.conversation_id !== null} />
      {asked && <ActionFrame frame={asked.of} intact={asked.intact} title={title} />}
      {edited && (
        <ActionFrame frame={edited.of} intact={edited.intact} title="What may run, as edited" />
      )}
    </Panel>
  );
}

function framed(output: Output, action: Action, hash: string, workspace_id: string) {
  const { id, gate, policy_version } = output;
  const bound = { workspace_id, output_id: id, gate, policy_version, action };
  const intact = actionHash(bound) === hash;
  return { intact, of: frameOf(action, boundBytes(bound), hash, null) };
}

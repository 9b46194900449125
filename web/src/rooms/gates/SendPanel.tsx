import type { GateDefinition } from '@wheelhouse/core';
import { CopyButton } from '../../kit/CopyButton.tsx';
import { Panel } from '../../kit/Panel.tsx';
import { RoomLink } from '../../kit/RoomLink.tsx';
import css from './SendPanel.module.css';
import { sendCommand } from './send.ts';

interface SendPanelProps {
  /** The gate's name; empty while it has none. */
  name: string;
  definition: GateDefinition;
}

/** The next step of a gate that nothing has come through: how to send it the first output. */
export function SendPanel({ name, definition }: SendPanelProps) {
  const command = sendCommand(location.origin, name || 'NAME', definition);
  return (
    <Panel title="Send it something" say="From a shell, or any language; the SDK does the same.">
      <pre className={css.command}>{command}</pre>
      <div className={css.acts}>
        <CopyButton text={command} size="compact-sm">
          Copy
        </CopyButton>
        <RoomLink room="/settings" rest="/keys" className={css.link}>
          Make a key
        </RoomLink>
      </div>
    </Panel>
  );
}

import { Button } from '@mantine/core';
import { ActButton } from '../../kit/ActButton.tsx';
import { useKeys } from '../../kit/useKeys.ts';

interface SaveBarProps {
  label: string;
  busy: boolean;
  off: boolean;
  onSave: () => void;
  onDiscard?: (() => void) | undefined;
}

/** Saves what is edited, or puts it back as it was. */
export function SaveBar({ label, busy, off, onSave, onDiscard }: SaveBarProps) {
  useKeys([{ key: 'mod+s', label, group: 'Gate', in_fields: true, off: off || busy, run: onSave }]);
  return (
    <>
      {onDiscard && !off && (
        <Button variant="subtle" color="gray" onClick={onDiscard}>
          Discard
        </Button>
      )}
      <ActButton act_key="mod+s" variant="filled" loading={busy} disabled={off} onClick={onSave}>
        {label}
      </ActButton>
    </>
  );
}

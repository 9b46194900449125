import { IconMessagePause } from '@tabler/icons-react';
import { ActButton } from '../../../kit/ActButton.tsx';
import { useKeys } from '../../../kit/useKeys.ts';
import { Notice } from '../Notices.tsx';

interface DraftWaitsProps {
  case_id: string;
  onOpen: (id: string) => void;
}

/** That the AI has an answer which a person is to decide on, so that its silence is none. */
export function DraftWaits({ case_id, onOpen }: DraftWaitsProps) {
  const open = () => onOpen(case_id);
  useKeys([{ key: 'g', label: 'Open the draft that waits', group: 'Conversation', run: open }]);
  return (
    <Notice
      icon={<IconMessagePause size={16} stroke={1.6} />}
      action={
        <ActButton act_key="g" size="compact-sm" onClick={open}>
          Open the draft
        </ActButton>
      }
    >
      A draft of the AI waits for a person. The customer waits for it.
    </Notice>
  );
}

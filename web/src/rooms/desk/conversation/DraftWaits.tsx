import { IconMessagePause } from '@tabler/icons-react';
import { ActButton } from '../../../kit/ActButton.tsx';
import { useKeys } from '../../../kit/useKeys.ts';
import { Notice } from '../Notices.tsx';

interface DraftWaitsProps {
  case_id: string;
  /** What people call that which the AI would do; null where it would only say something. */
  tool_title: string | null;
  onOpen: (id: string) => void;
}

/** That the AI has an answer, or would do something, which a person is to decide on, so that its silence
 *  is none. */
export function DraftWaits({ case_id, tool_title, onOpen }: DraftWaitsProps) {
  const open = () => onOpen(case_id);
  const label = tool_title === null ? 'Open the draft that waits' : 'Open the call that waits';
  useKeys([{ key: 'g', label, group: 'Conversation', run: open }]);
  return (
    <Notice
      icon={<IconMessagePause size={16} stroke={1.6} />}
      action={
        <ActButton act_key="g" size="compact-sm" onClick={open}>
          {tool_title === null ? 'Open the draft' : 'Open the call'}
        </ActButton>
      }
    >
      {tool_title === null ? (
        'A draft of the AI waits for a person. The customer waits for it.'
      ) : (
        <>
          The AI would do this: “<bdi>{tool_title}</bdi>”. It waits for a person, and the customer
          waits for it.
        </>
      )}
    </Notice>
  );
}

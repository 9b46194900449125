import { Radio, Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { Conversation } from '@wheelhouse/core';
import { useState } from 'react';
import { ConfirmDialog } from '../../../kit/ConfirmDialog.tsx';
import { tellDone } from '../../../kit/tell.ts';
import { api } from '../../../live/api.ts';
import { forgetTalk } from '../../../live/conversations.ts';
import { contactName } from './words.ts';

interface EraseDialogProps {
  conversation: Conversation;
  onClose: () => void;
}

/** Asks what is to be erased for good, and says what goes and what stays. */
export function EraseDialog({ conversation, onClose }: EraseDialogProps) {
  const { id, contact } = conversation;
  const cache = useQueryClient();
  const [what, setWhat] = useState('conversation');
  const all = what === 'contact';
  return (
    <ConfirmDialog
      title="Erase for good?"
      act={all ? 'Erase the customer' : 'Erase the conversation'}
      onClose={onClose}
      onAct={async () => {
        if (all) await api.contacts.erase(contact.id);
        else await api.conversations.erase(id);
        await forgetTalk(cache, id);
        tellDone(all ? 'The customer is erased' : 'The conversation is erased');
      }}
    >
      <Stack gap="sm">
        <Radio.Group label="What" value={what} onChange={setWhat}>
          <Stack gap={6} mt={4}>
            <Radio value="conversation" label="This conversation" />
            <Radio
              value="contact"
              label={
                <>
                  <bdi>{contactName(conversation)}</bdi>, with every conversation they had
                </>
              }
            />
          </Stack>
        </Radio.Group>
        <div>
          <strong>Goes:</strong> all that was said, noted, shared and written down of it, drafts and
          briefs, comments, where to call back, and candidate articles taken from it.
          {all && ' Also name, e-mail address, id and attributes; their browser begins anew.'} What
          waits for a person is withdrawn, and the customer’s chat ends.
        </div>
        <div>
          <strong>Stays:</strong> that it was, when, who had the wheel and how it ended. Reports
          count as before, and the record still verifies. So do articles that somebody accepted.
        </div>
        <div>It cannot be taken back.</div>
      </Stack>
    </ConfirmDialog>
  );
}

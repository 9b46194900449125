import { Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Conversation } from '@wheelhouse/core';
import { useState } from 'react';
import { FormDialog } from '../../../kit/FormDialog.tsx';
import { KeyHint } from '../../../kit/KeyHint.tsx';
import { tellDone } from '../../../kit/tell.ts';
import { api } from '../../../live/api.ts';
import { keys } from '../../../live/cache.ts';

interface GiveBackDialogProps {
  conversation: Conversation;
  onChanged: (conversation: Conversation) => void;
  onClose: () => void;
}

/** What the bot is told when it gets the wheel again: put together from what was said, in a language
 *  model's words as soon as it has some, and changed by whoever gives back. */
export function GiveBackDialog({ conversation, onChanged, onClose }: GiveBackDialogProps) {
  const { id, seq } = conversation;
  const [own, setOwn] = useState<string>();
  const summary = (model: boolean) => ({
    queryKey: [...keys.summary(id), seq, model],
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      api.conversations.summary(id, model, { signal }),
    retry: false,
  });
  const rules = useQuery(summary(false));
  const written = useQuery(summary(true));
  const best = written.data ?? rules.data;
  const text = own ?? best?.text;
  const by_model = own === undefined && written.data?.written_by;
  const waits = own === undefined && written.isPending && Boolean(rules.data?.text);
  return (
    <FormDialog
      title="Give the wheel back to the AI"
      act="Give it back"
      onClose={onClose}
      onSubmit={async () => {
        onChanged(await api.conversations.handBack(id, text?.trim()));
        tellDone('The AI has the wheel again');
        onClose();
      }}
    >
      {(fault) => (
        <Textarea
          label="What happened (optional)"
          description={
            <>
              For the AI and for the team. The customer does not see it. <KeyHint of="mod+Enter" />{' '}
              gives back; <KeyHint of="shift+b" /> does so without asking.
              {by_model && ' An AI wrote this from what was said: change what is wrong.'}
              {waits && ' An AI may put it better in a moment.'}
            </>
          }
          data-autofocus
          autosize
          minRows={4}
          maxRows={12}
          maxLength={10_000}
          dir="auto"
          value={text ?? ''}
          placeholder={rules.isPending ? 'Putting together what was said…' : 'Nothing to pass on'}
          error={fault('summary')}
          onChange={({ currentTarget }) => setOwn(currentTarget.value)}
        />
      )}
    </FormDialog>
  );
}

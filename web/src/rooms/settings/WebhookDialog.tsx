import { MultiSelect, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type EventType, event_types, type Webhook } from '@wheelhouse/core';
import { useState } from 'react';
import { FormDialog } from '../../kit/FormDialog.tsx';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';

interface WebhookDialogProps {
  /** Null makes a new one. */
  webhook: Webhook | null;
  onSaved: (webhook: Webhook) => void;
  onClose: () => void;
}

/** Where events are posted, and which. */
export function WebhookDialog({ webhook, onSaved, onClose }: WebhookDialogProps) {
  const cache = useQueryClient();
  const [url, setUrl] = useState(webhook?.url ?? '');
  const [description, setDescription] = useState(webhook?.description ?? '');
  const [types, setTypes] = useState<string[]>(webhook?.types ?? []);
  const body = { url: url.trim(), description, types: types as EventType[] };
  return (
    <FormDialog
      title={webhook ? 'Change the webhook' : 'New webhook'}
      act={webhook ? 'Save' : 'Make the webhook'}
      off={!/^https?:\/\/\S+$/.test(url.trim())}
      onClose={onClose}
      onSubmit={async () => {
        const saved = webhook
          ? await api.webhooks.change(webhook.id, body)
          : await api.webhooks.make(body);
        await cache.invalidateQueries({ queryKey: keys.webhooks });
        onSaved(saved);
      }}
    >
      {(fault) => (
        <>
          <TextInput
            type="url"
            label="Address"
            description={
              webhook
                ? 'Another address gets another secret.'
                : 'It must be public: the server calls no private address.'
            }
            placeholder="https://example.org/wheelhouse"
            data-autofocus
            value={url}
            error={fault('url')}
            onChange={({ currentTarget }) => setUrl(currentTarget.value)}
          />
          <MultiSelect
            label="Events"
            description="None chosen: every event."
            placeholder={types.length ? undefined : 'every event'}
            searchable
            clearable
            data={[...event_types]}
            value={types}
            error={fault('types')}
            onChange={setTypes}
          />
          <TextInput
            label="What it is for"
            value={description}
            error={fault('description')}
            onChange={({ currentTarget }) => setDescription(currentTarget.value)}
          />
        </>
      )}
    </FormDialog>
  );
}

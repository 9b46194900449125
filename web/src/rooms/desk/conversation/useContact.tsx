import { useQueryClient } from '@tanstack/react-query';
import type { Conversation } from '@wheelhouse/core';
import { useState } from 'react';
import { tellDone } from '../../../kit/tell.ts';
import { useKeys } from '../../../kit/useKeys.ts';
import { api } from '../../../live/api.ts';
import { keys } from '../../../live/cache.ts';
import { ContactDialog } from './ContactDialog.tsx';

interface ContactOf {
  conversation: Conversation;
  may_act: boolean;
  onChanged: (conversation: Conversation) => void;
}

/** Writes down who the customer of the conversation at hand is, by a key or from beside it. */
export function useContact({ conversation, may_act, onChanged }: ContactOf) {
  const cache = useQueryClient();
  const [asking, setAsking] = useState(false);
  const { contact } = conversation;
  const may = may_act && contact.erased_at === null;
  const ask = () => setAsking(true);
  const label = 'Write down who they are';
  useKeys([{ key: 'c', label, group: 'Conversation', off: !may, run: ask }]);
  const dialog = asking && (
    <ContactDialog
      contact={contact}
      onSave={async (change) => {
        const next = await api.contacts.change(contact.id, change);
        onChanged({ ...conversation, contact: next });
        void cache.invalidateQueries({ queryKey: keys.talks });
        tellDone('Written down');
        setAsking(false);
      }}
      onClose={() => setAsking(false)}
    />
  );
  return { ask: may ? ask : null, dialog };
}

import { Button } from '@mantine/core';
import { useState } from 'react';
import { ConfirmDialog } from '../../kit/ConfirmDialog.tsx';
import { Panel } from '../../kit/Panel.tsx';
import { ShownOnce } from '../../kit/ShownOnce.tsx';
import { api } from '../../live/api.ts';
import css from './Bots.module.css';

/** The secret by which a host page vouches for who its customer is; shown once. */
export function SecretPanel({ bot }: { bot: string }) {
  const [asked, ask] = useState(false);
  const [secret, show] = useState<string | null>(null);
  return (
    <Panel
      title="Who customers are"
      say="Your page signs who is signed in there with this bot’s identity secret, so that the chat knows them in every browser."
      aside={
        <Button variant="default" onClick={() => ask(true)}>
          Make a new secret
        </Button>
      }
    >
      {secret ? (
        <ShownOnce
          what="Identity secret"
          text={secret}
          say="Keep it on your server now: it is shown this once. The one before it counts for two days more."
        />
      ) : (
        <p className={css.fine}>
          It is kept here to check signatures with, and never shown again once this page is left.
        </p>
      )}
      {asked && (
        <ConfirmDialog
          title="Make a new identity secret?"
          act="Make it"
          onAct={async () => show((await api.bots.makeIdentitySecret(bot)).secret ?? null)}
          onClose={() => ask(false)}
        >
          The secret in use counts for two days more. Until then your server must sign with the new
          one.
        </ConfirmDialog>
      )}
    </Panel>
  );
}

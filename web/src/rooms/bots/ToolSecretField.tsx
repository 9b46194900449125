import { Button } from '@mantine/core';
import type { Bot } from '@wheelhouse/core';
import { useState } from 'react';
import { ConfirmDialog } from '../../kit/ConfirmDialog.tsx';
import { ShownOnce } from '../../kit/ShownOnce.tsx';
import { api } from '../../live/api.ts';
import css from './Bots.module.css';
import fields from './Fields.module.css';

/** The secret that a tool's calls are signed with; there is one once the tool is saved. */
export function ToolSecretField({ bot, tool }: { bot: Bot; tool: string }) {
  const [asked, ask] = useState(false);
  const [secret, show] = useState<string | null>(null);
  const saved = bot.definition.tools.some(
    ({ name, carried_out }) => name === tool && carried_out.by === 'http',
  );
  return (
    <section aria-label="Secret">
      <h3 className={fields.subtitle}>Secret</h3>
      {secret ? (
        <ShownOnce
          what="Secret of the tool"
          text={secret}
          say="Keep it on your server now: it is shown this once. The one before it signs for a day more."
        />
      ) : (
        <p className={css.fine}>
          {saved
            ? 'Your server checks by it that a call comes from here. It is shown once, when it is made.'
            : 'Your server checks by it that a call comes from here. It can be made once this is saved.'}
        </p>
      )}
      {saved && !secret && (
        <Button variant="default" mt={8} onClick={() => ask(true)}>
          Make a new secret
        </Button>
      )}
      {asked && (
        <ConfirmDialog
          title="Make a new secret for this tool?"
          act="Make it"
          onAct={async () => show((await api.bots.makeToolSecret(bot.name, tool)).secret)}
          onClose={() => ask(false)}
        >
          Calls are signed with both for a day. Until then your server must know the new one.
        </ConfirmDialog>
      )}
    </section>
  );
}

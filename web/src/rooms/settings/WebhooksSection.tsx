import { Button, Switch } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Webhook } from '@wheelhouse/core';
import { useState } from 'react';
import { ActButton } from '../../kit/ActButton.tsx';
import { ConfirmDialog } from '../../kit/ConfirmDialog.tsx';
import { FourFaces, Lines } from '../../kit/faces.tsx';
import { Panel } from '../../kit/Panel.tsx';
import { tellDone, tellFailed } from '../../kit/tell.ts';
import { useKeys } from '../../kit/useKeys.ts';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';
import { makeCallbackSecret } from '../../live/deliveries.ts';
import { mayAs, useMe } from '../../live/session.ts';
import { DeliveryLog } from './DeliveryLog.tsx';
import css from './Rows.module.css';
import { SecretDialog } from './SecretDialog.tsx';
import { TestButton } from './TestButton.tsx';
import { WebhookDialog } from './WebhookDialog.tsx';

interface Secret {
  title: string;
  secret: string;
}

/** Who is told of what happens, and whether it reached them. */
export function WebhooksSection() {
  const webhooks = useQuery({ queryKey: keys.webhooks, queryFn: api.webhooks.list });
  const may = mayAs(useMe().role, 'admin');
  const [editing, edit] = useState<Webhook | 'new' | null>(null);
  const [secret, show] = useState<Secret | null>(null);
  useKeys([
    { key: 'n', label: 'New webhook', group: 'Webhooks', off: !may, run: () => edit('new') },
  ]);
  return (
    <>
      <Panel
        title="Webhooks"
        say="Each event is posted there, signed as Standard Webhooks has it, and again for a week until it is taken."
        aside={
          may && (
            <ActButton act_key="n" variant="filled" onClick={() => edit('new')}>
              New webhook
            </ActButton>
          )
        }
        flush
      >
        <FourFaces
          of={webhooks}
          skeleton={<Lines count={3} />}
          empty={({ rows }) =>
            !rows.length && (
              <p className={css.none}>
                Nothing is told of what happens yet. A webhook saves your program from asking.
              </p>
            )
          }
        >
          {({ rows }) => (
            <ul className={css.list}>
              {rows.map((webhook) => (
                <WebhookRow
                  key={webhook.id}
                  webhook={webhook}
                  may={may}
                  onEdit={() => edit(webhook)}
                  onSecret={show}
                />
              ))}
            </ul>
          )}
        </FourFaces>
      </Panel>
      <DeliveryLog webhooks={webhooks.data?.rows ?? []} may={may} />
      {may && <CallbackPanel onSecret={show} />}
      {editing && (
        <WebhookDialog
          webhook={editing === 'new' ? null : editing}
          onClose={() => edit(null)}
          onSaved={(saved) => {
            edit(null);
            if (saved.secret) show({ title: `The secret of ${saved.url}`, secret: saved.secret });
            else tellDone('The webhook is changed');
          }}
        />
      )}
      {secret && <SecretDialog {...secret} onClose={() => show(null)} />}
    </>
  );
}

interface WebhookRowProps {
  webhook: Webhook;
  may: boolean;
  onEdit: () => void;
  onSecret: (secret: Secret) => void;
}

function WebhookRow({ webhook, may, onEdit, onSecret }: WebhookRowProps) {
  const cache = useQueryClient();
  const [asking, ask] = useState<'remove' | 'rotate' | 'off' | null>(null);
  const refresh = () => cache.invalidateQueries({ queryKey: keys.webhooks });
  const turn = useMutation({
    mutationFn: (enabled: boolean) => api.webhooks.change(webhook.id, { enabled }),
    onError: (thrown) => tellFailed('Not changed', thrown),
    onSettled: refresh,
  });
  return (
    <li className={css.row} data-off={!webhook.enabled || undefined}>
      <div className={css.words}>
        <span className={`${css.name} one-line`} title={webhook.url}>
          {webhook.url}
        </span>
        <span className={css.fine}>
          {webhook.types.length ? webhook.types.join(', ') : 'every event'}
          {webhook.description && (
            <>
              {' · '}
              <bdi>{webhook.description}</bdi>
            </>
          )}
        </span>
        {webhook.disabled_reason && (
          <span className={css.fault}>Turned off: {webhook.disabled_reason}</span>
        )}
      </div>
      {may ? (
        <div className={css.acts}>
          <Switch
            aria-label={`${webhook.url} is on`}
            checked={turn.isPending ? turn.variables : webhook.enabled}
            onChange={({ currentTarget }) =>
              currentTarget.checked ? turn.mutate(true) : ask('off')
            }
          />
          {webhook.enabled && <TestButton webhook={webhook} />}
          <Button
            size="compact-sm"
            variant="default"
            onClick={onEdit}
            aria-label={`Change the webhook to ${webhook.url}`}
          >
            Change
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => ask('rotate')}>
            New secret
          </Button>
          <Button size="compact-sm" variant="subtle" color="gray" onClick={() => ask('remove')}>
            Remove
          </Button>
        </div>
      ) : (
        <span className={css.tag}>{webhook.enabled ? 'on' : 'off'}</span>
      )}
      {asking === 'remove' && (
        <ConfirmDialog
          title="Remove this webhook?"
          act="Remove"
          onClose={() => ask(null)}
          onAct={async () => {
            await api.webhooks.remove(webhook.id);
            tellDone('The webhook is removed');
            await refresh();
          }}
        >
          What still waits to be sent to {webhook.url} is dropped, and its log goes with it. Turn it
          off instead to keep both.
        </ConfirmDialog>
      )}
      {asking === 'off' && (
        <ConfirmDialog
          title="Turn this webhook off?"
          act="Turn it off"
          onClose={() => ask(null)}
          onAct={() => turn.mutateAsync(false)}
        >
          What still waits to be sent there is given up, and nothing new is sent while it is off.
          What was given up can be sent again once it is on.
        </ConfirmDialog>
      )}
      {asking === 'rotate' && (
        <ConfirmDialog
          title="Make a new secret?"
          act="Make it"
          onClose={() => ask(null)}
          onAct={async () => {
            const { secret = '', url } = await api.webhooks.rotate(webhook.id);
            onSecret({ title: `The new secret of ${url}`, secret });
          }}
        >
          Every message is signed with both secrets for 24 hours; after that the old one is worth
          nothing.
        </ConfirmDialog>
      )}
    </li>
  );
}

function CallbackPanel({ onSecret }: { onSecret: (secret: Secret) => void }) {
  const [asking, ask] = useState(false);
  return (
    <Panel
      title="Callbacks"
      say="An output may name its own callback_url. Those messages are signed with one secret of the workspace."
    >
      <div>
        <Button variant="default" onClick={() => ask(true)}>
          Make a callback secret
        </Button>
      </div>
      {asking && (
        <ConfirmDialog
          title="Make a callback secret?"
          act="Make it"
          onClose={() => ask(false)}
          onAct={async () => {
            const { secret } = await makeCallbackSecret();
            onSecret({ title: 'The callback secret', secret });
          }}
        >
          If there was one before, callbacks are signed with both for 24 hours; after that the old
          one is worth nothing.
        </ConfirmDialog>
      )}
    </Panel>
  );
}

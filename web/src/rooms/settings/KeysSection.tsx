import { Button, Switch } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Key } from '@wheelhouse/core';
import { useState } from 'react';
import { ActButton } from '../../kit/ActButton.tsx';
import { Ago } from '../../kit/Ago.tsx';
import { ConfirmDialog } from '../../kit/ConfirmDialog.tsx';
import { clockText } from '../../kit/duration.ts';
import { FourFaces, Lines } from '../../kit/faces.tsx';
import { Panel } from '../../kit/Panel.tsx';
import { tellDone } from '../../kit/tell.ts';
import { useKeys } from '../../kit/useKeys.ts';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';
import { KeyDialog } from './KeyDialog.tsx';
import css from './Rows.module.css';

const isOver = ({ revoked_at, expires_at }: Key) =>
  revoked_at !== null || (expires_at !== null && Date.parse(expires_at) <= Date.now());

/** What programs come in with. */
export function KeysSection() {
  const found = useQuery({ queryKey: keys.api_keys, queryFn: api.keys.list });
  const [making, make] = useState(false);
  const [all, showAll] = useState(false);
  useKeys([{ key: 'n', label: 'New key', group: 'Keys', run: () => make(true) }]);
  return (
    <>
      <Panel
        title="Keys"
        say="A program sends its key as “Authorization: Bearer …”. Only a digest is kept here."
        aside={
          <>
            <Switch
              label="Also those that ended"
              checked={all}
              onChange={({ currentTarget }) => showAll(currentTarget.checked)}
            />
            <ActButton act_key="n" variant="filled" onClick={() => make(true)}>
              New key
            </ActButton>
          </>
        }
        flush
      >
        <FourFaces of={found} skeleton={<Lines count={4} />}>
          {({ rows }) => {
            const shown = all ? rows : rows.filter((key) => !isOver(key));
            if (!shown.length) {
              return <p className={css.none}>No key is in use. Make one for your first program.</p>;
            }
            return (
              <ul className={css.list}>
                {shown.map((key) => (
                  <KeyRow key={key.id} of={key} />
                ))}
              </ul>
            );
          }}
        </FourFaces>
      </Panel>
      {making && <KeyDialog onClose={() => make(false)} />}
    </>
  );
}

function KeyRow({ of }: { of: Key }) {
  const cache = useQueryClient();
  const [revoking, revoke] = useState(false);
  const over = isOver(of);
  return (
    <li className={css.row} data-off={over || undefined}>
      <div className={css.words}>
        <span className={css.name}>
          <bdi>{of.name}</bdi> <code className={css.fine}>{of.prefix}…</code>
        </span>
        <span className={css.fine}>
          {of.role}, {of.scopes ? of.scopes.join(', ') : 'everything its role may do'}
        </span>
        <span className={css.fine}>
          {of.last_used_at ? (
            <>
              last used <Ago at={of.last_used_at} />
            </>
          ) : (
            'never used'
          )}
          {of.expires_at && `, ends ${clockText(of.expires_at)}`}
        </span>
      </div>
      {over ? (
        <span className={css.tag}>{of.revoked_at ? 'revoked' : 'ended'}</span>
      ) : (
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => revoke(true)}
          aria-label={`Revoke the key ${of.name}`}
        >
          Revoke
        </Button>
      )}
      {revoking && (
        <ConfirmDialog
          title={`Revoke “${of.name}”?`}
          act="Revoke"
          onClose={() => revoke(false)}
          onAct={async () => {
            await api.keys.revoke(of.id);
            tellDone('The key is revoked');
            await cache.invalidateQueries({ queryKey: keys.api_keys });
          }}
        >
          Programs that use it are refused at once, and it cannot be brought back. Make another
          first if one of them is to go on.
        </ConfirmDialog>
      )}
    </li>
  );
}

import { Button, Modal, Select, TagsInput, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type Key, type Role, roles } from '@wheelhouse/core';
import { useState } from 'react';
import { FormDialog } from '../../kit/FormDialog.tsx';
import { ShownOnce } from '../../kit/ShownOnce.tsx';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';
import { role_words } from './InviteDialog.tsx';
import css from './Rows.module.css';
import { expiries, expiryOf, known_scopes, type Preset, presets, strayScopes } from './scope.ts';

/** Makes a key. It is shown once. */
export function KeyDialog({ onClose }: { onClose: () => void }) {
  const cache = useQueryClient();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('reviewer');
  const [preset, setPreset] = useState<Preset>('agent');
  const [own, setOwn] = useState<string[]>([]);
  const [expiry, setExpiry] = useState<string>('90');
  const [made, setMade] = useState<Key | null>(null);
  if (made) return <KeyShown made={made} onClose={onClose} />;
  const chosen = presets.find((known) => known.name === preset)?.scopes ?? null;
  const scopes = preset === 'own' ? own : chosen && [...chosen];
  const off = !name.trim() || (preset === 'own' && (!own.length || strayScopes(own).length > 0));
  return (
    <FormDialog
      title="New key"
      act="Make the key"
      off={off}
      onClose={onClose}
      onSubmit={async () => {
        const expires_at = expiryOf(expiry, Date.now());
        setMade(await api.keys.make({ name: name.trim(), role, scopes, expires_at }));
        await cache.invalidateQueries({ queryKey: keys.api_keys });
      }}
    >
      {(fault) => (
        <>
          <TextInput
            label="Name"
            description="What uses it, so that it is known later."
            placeholder="The shop’s agent"
            data-autofocus
            value={name}
            error={fault('name')}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
          <Select
            label="Role"
            allowDeselect={false}
            data={roles.map((value) => ({ value, label: role_words[value] }))}
            value={role}
            error={fault('role')}
            onChange={(picked) => picked && setRole(picked as Role)}
          />
          <ScopeFields
            preset={preset}
            onPreset={setPreset}
            own={own}
            onOwn={setOwn}
            error={fault('scopes')}
          />
          <Select
            label="Ends"
            allowDeselect={false}
            data={[...expiries]}
            value={expiry}
            error={fault('expires_at')}
            onChange={(picked) => picked && setExpiry(picked)}
          />
        </>
      )}
    </FormDialog>
  );
}

interface ScopeFieldsProps {
  preset: Preset;
  onPreset: (preset: Preset) => void;
  own: string[];
  onOwn: (scopes: string[]) => void;
  error: string | undefined;
}

/** What a key may do: one of the usual ways, or one's own choice of actions. */
function ScopeFields({ preset, onPreset, own, onOwn, error }: ScopeFieldsProps) {
  const stray = strayScopes(own);
  return (
    <>
      <Select
        label="What it is for"
        allowDeselect={false}
        data={presets.map(({ name: value, title }) => ({ value, label: title }))}
        value={preset}
        error={error}
        onChange={(picked) => picked && onPreset(picked as Preset)}
      />
      {preset === 'own' && (
        <TagsInput
          label="Actions"
          description="Such as outputs.submit, or cases.* for all of a noun."
          data={[...known_scopes]}
          value={own}
          error={stray.length ? `${stray.join(', ')}: no name of an action` : undefined}
          onChange={onOwn}
        />
      )}
    </>
  );
}

function KeyShown({ made, onClose }: { made: Key; onClose: () => void }) {
  return (
    <Modal
      opened
      onClose={onClose}
      title={`The key “${made.name}”`}
      size="lg"
      closeOnClickOutside={false}
    >
      <div className={css.shown}>
        <ShownOnce
          what="Key"
          text={made.key ?? ''}
          say="Keep it now: it is shown only this once, and only a digest of it stays here."
        />
        <div>
          <Button variant="default" onClick={onClose}>
            I have kept it
          </Button>
        </div>
      </div>
    </Modal>
  );
}

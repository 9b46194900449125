import { Select, Textarea, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type GatePromise, tiersOf } from '@wheelhouse/core';
import { useState } from 'react';
import { FormDialog } from '../../../kit/FormDialog.tsx';
import { tierWords } from '../../../kit/promiseWords.ts';
import { tellDone } from '../../../kit/tell.ts';
import { api } from '../../../live/api.ts';
import { keys } from '../../../live/cache.ts';
import { useMe } from '../../../live/session.ts';
import css from './Override.module.css';
import { OverrideChoice, OverrideSeen } from './OverrideChoice.tsx';
import { fieldTime, type OverrideBy } from './overrideWords.ts';

const all = '';
const usual_ms = 4 * 3_600_000;

/** An admin signs that more passes than is certified. */
export function SignOverride({ promise, onClose }: { promise: GatePromise; onClose: () => void }) {
  const { gate } = promise;
  const { name } = useMe();
  const cache = useQueryClient();
  const [by, setBy] = useState<OverrideBy>({ of: 'threshold', value: undefined });
  const [tier, setTier] = useState(all);
  const [until, setUntil] = useState(() => fieldTime(new Date(Date.now() + usual_ms)));
  const [reason, setReason] = useState('');
  const { certify_by, ...terms } = promise;
  const tiers = tiersOf({ ...terms, ...(certify_by ? { certify_by } : {}) }).map((one) => one.tier);
  const of_tier = tier === all ? {} : { tier };
  const submit = async () => {
    await api.gates.override(gate, {
      [by.of]: by.value,
      until: new Date(until).toISOString(),
      reason,
      ...of_tier,
    });
    await cache.invalidateQueries({ queryKey: keys.gatePromise(gate) });
    tellDone('More passes now', 'It ends by itself, and can be ended before.');
    onClose();
  };
  const off = by.value === undefined || !until || !reason.trim();
  return (
    <FormDialog
      title="Let more pass than is certified"
      act={`Sign as ${name}`}
      off={off}
      onSubmit={submit}
      onClose={onClose}
    >
      {(fault) => (
        <>
          <OverrideChoice by={by} error={fault(by.of)} onChange={setBy} />
          {tiers.length > 1 && (
            <Select
              label="Of"
              allowDeselect={false}
              data={[
                { value: all, label: 'Everything' },
                ...tiers.map((value) => ({ value, label: tierWords(value) })),
              ]}
              value={tier}
              error={fault('tier')}
              onChange={(picked) => setTier(picked ?? all)}
            />
          )}
          <OverrideSeen gate={gate} by={by} tier={of_tier.tier} />
          <TextInput
            label="Until"
            description="Seven days from now at most."
            type="datetime-local"
            value={until}
            error={fault('until')}
            onChange={({ currentTarget }) => setUntil(currentTarget.value)}
          />
          <Textarea
            label="Why"
            description="Stands on the gate’s page and in the record."
            autosize
            minRows={2}
            value={reason}
            error={fault('reason')}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
          />
          <p className={css.fine}>
            Your name, what you let pass, until when and why are written into the record, which is
            sealed and can be checked by outsiders.
          </p>
        </>
      )}
    </FormDialog>
  );
}

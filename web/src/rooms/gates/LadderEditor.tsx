import { ActionIcon, Autocomplete, Button, Select, Switch, Textarea } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { Deadline, Role, Rung } from '@wheelhouse/core';
import { replaced, without } from '../../kit/conditionTree.ts';
import { useFault } from '../../kit/faults.ts';
import level from '../../kit/Level.module.css';
import { deciding } from './deciding.ts';
import css from './Editor.module.css';
import { SpanInput } from './SpanInput.tsx';

const hour = 3_600_000;

interface LadderEditorProps {
  deadline: Deadline;
  queues: string[];
  onChange: (deadline: Deadline) => void;
}

/** What happens while a case waits, step by step, and when its time is up. */
export function LadderEditor({ deadline, queues, onChange }: LadderEditorProps) {
  const { ladder } = deadline;
  const set = (change: Partial<Deadline>) => onChange({ ...deadline, ...change });
  const fault = useFault('policy.deadline.ladder');
  const last = ladder.at(-1)?.after_ms ?? 0;
  return (
    <>
      {ladder.length > 0 && (
        <ol className={css.rungs}>
          {ladder.map((rung, at) => (
            <RungRow
              // biome-ignore lint/suspicious/noArrayIndexKey: a rung is its place; it has no id.
              key={at}
              rung={rung}
              at={at}
              queues={queues}
              onChange={(next) => set({ ladder: replaced(ladder, at, next) })}
              onRemove={() => set({ ladder: without(ladder, at) })}
            />
          ))}
        </ol>
      )}
      {fault && <p className={css.fault}>{fault}</p>}
      <div className={css.acts}>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconPlus size={14} stroke={1.8} />}
          disabled={ladder.length >= 10}
          onClick={() =>
            set({ ladder: [...ladder, { after_ms: last ? last * 2 : hour, do: 'remind' }] })
          }
        >
          Add a step
        </Button>
      </div>
      <ExpiryFields deadline={deadline} set={set} />
    </>
  );
}

interface RungRowProps {
  rung: Rung;
  at: number;
  queues: string[];
  onChange: (rung: Rung) => void;
  onRemove: () => void;
}

const deeds: { value: Rung['do']; label: string }[] = [
  { value: 'remind', label: 'remind whoever has it' },
  { value: 'widen', label: 'let everyone in' },
  { value: 'escalate', label: 'ask for a higher role' },
];

function RungRow({ rung, at, queues, onChange, onRemove }: RungRowProps) {
  const { after_ms } = rung;
  const path = `policy.deadline.ladder.${at}`;
  const error = useFault(`${path}.after_ms`);
  const queue_fault = useFault(`${path}.queue`);
  const role_fault = useFault(`${path}.role`);
  return (
    <li className={css.rung}>
      <SpanInput
        label={`Step ${at + 1}, after`}
        label_hidden
        value={after_ms}
        error={error}
        onChange={(ms) => onChange({ ...rung, after_ms: ms })}
      />
      <Select
        aria-label={`Step ${at + 1}, what happens`}
        allowDeselect={false}
        data={deeds}
        value={rung.do}
        onChange={(deed) => {
          if (deed === 'remind' || deed === 'widen') onChange({ after_ms, do: deed });
          if (deed === 'escalate') onChange({ after_ms, do: deed, role: 'lead' });
        }}
      />
      {rung.do === 'escalate' ? (
        <Select
          aria-label={`Step ${at + 1}, role`}
          allowDeselect={false}
          data={[...deciding]}
          value={rung.role}
          error={role_fault ?? queue_fault}
          onChange={(role) => role && onChange({ ...rung, role: role as Role })}
        />
      ) : rung.do === 'widen' ? (
        <Autocomplete
          aria-label={`Step ${at + 1}, queue`}
          placeholder="same queue"
          data={queues}
          value={rung.queue ?? ''}
          error={queue_fault}
          onChange={(queue) => onChange({ after_ms, do: 'widen', ...(queue ? { queue } : {}) })}
        />
      ) : (
        <span />
      )}
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        onClick={onRemove}
        aria-label={`Remove step ${at + 1}`}
      >
        <IconX size={16} stroke={1.6} />
      </ActionIcon>
    </li>
  );
}

interface ExpiryFieldsProps {
  deadline: Deadline;
  set: (change: Partial<Deadline>) => void;
}

function ExpiryFields({ deadline, set }: ExpiryFieldsProps) {
  const { expire_after_ms, fallback, approve_in_words } = deadline;
  const fault = useFault('policy.deadline.expire_after_ms');
  const fallback_fault = useFault('policy.deadline.fallback');
  const words_fault = useFault('policy.deadline.approve_in_words');
  return (
    <>
      <Switch
        label="Time runs out"
        checked={expire_after_ms !== null}
        onChange={({ currentTarget }) =>
          set({ expire_after_ms: currentTarget.checked ? 24 * hour : null })
        }
      />
      <div className={`${level.level} ${css.pair}`}>
        {expire_after_ms !== null && (
          <SpanInput
            label="Expires after"
            value={expire_after_ms}
            error={fault}
            onChange={(ms) => set({ expire_after_ms: ms })}
          />
        )}
        <Select
          label="Then, for whoever asked"
          allowDeselect={false}
          data={[
            { value: 'none', label: 'it is expired, neither yes nor no' },
            { value: 'reject', label: 'it counts as rejected' },
            { value: 'approve', label: 'it may run all the same' },
          ]}
          value={fallback}
          error={fallback_fault}
          onChange={(picked) => picked && set({ fallback: picked as Deadline['fallback'] })}
        />
      </div>
      {fallback === 'approve' && (
        <Textarea
          label="Why may something that nobody looked at run?"
          description="Kept with the policy and shown to whoever asks."
          withAsterisk
          autosize
          minRows={2}
          value={approve_in_words ?? ''}
          error={words_fault}
          onChange={({ currentTarget }) =>
            set({ approve_in_words: currentTarget.value || undefined })
          }
        />
      )}
    </>
  );
}

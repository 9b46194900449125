import { Autocomplete, NumberInput, Select, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Role } from '@wheelhouse/core';
import { useFault } from '../../kit/faults.ts';
import level from '../../kit/Level.module.css';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';
import { deciding } from './deciding.ts';
import css from './Editor.module.css';
import { LadderEditor } from './LadderEditor.tsx';
import { QuorumFields } from './QuorumFields.tsx';
import { SpanInput } from './SpanInput.tsx';
import type { Editor } from './useEditor.ts';

/** Who decides what is held, how many must agree, and what happens when nobody comes. */
export function PeopleTab({ editor }: { editor: Editor }) {
  const { draft, set, setPolicy } = editor;
  const { policy } = draft;
  const queues = useQuery({ queryKey: keys.queues, queryFn: api.queues.list });
  const names = queues.data?.rows.map(({ name }) => name) ?? [];
  return (
    <div className={css.part}>
      <h2 className={css.title}>Who decides</h2>
      <div className={`${level.level} ${css.pair}`}>
        <Autocomplete
          label="Queue"
          description="Where held outputs wait; a new name makes a new queue."
          data={names}
          value={draft.queue}
          error={useFault('queue')}
          onChange={(queue) => set({ queue })}
        />
        <Select
          label="Least role that may decide"
          description="Anyone with this role or a higher one."
          allowDeselect={false}
          data={[...deciding]}
          value={policy.decided_by}
          error={useFault('policy.decided_by')}
          onChange={(role) => role && setPolicy({ decided_by: role as Role })}
        />
      </div>
      <Switch
        label="Whoever asked for it may decide it too"
        checked={policy.own_request_allowed}
        onChange={({ currentTarget }) => setPolicy({ own_request_allowed: currentTarget.checked })}
      />
      <QuorumFields policy={policy} setPolicy={setPolicy} />
      <h2 className={css.title}>When nobody comes</h2>
      <LadderEditor
        deadline={policy.deadline}
        queues={names}
        onChange={(deadline) => setPolicy({ deadline })}
      />
      <h2 className={css.title}>Times and order</h2>
      <div className={`${level.level} ${css.pair}`}>
        <SpanInput
          label="Undo"
          description="How long a decision can be taken back; it takes effect after."
          value={policy.undo_ms}
          error={useFault('policy.undo_ms')}
          onChange={(undo_ms) => setPolicy({ undo_ms })}
        />
        <SpanInput
          label="Hold"
          description="How long a case is kept for whoever opened it."
          value={policy.lease_ms}
          error={useFault('policy.lease_ms')}
          onChange={(lease_ms) => setPolicy({ lease_ms })}
        />
      </div>
      <NumberInput
        label="Priority"
        description="From −100 to 100; higher comes first in its queue."
        w={240}
        allowDecimal={false}
        value={policy.priority}
        error={useFault('policy.priority')}
        onChange={(typed) => typeof typed === 'number' && setPolicy({ priority: typed })}
      />
    </div>
  );
}

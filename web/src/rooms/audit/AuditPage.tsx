import { Button, Skeleton } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ActButton } from '../../kit/ActButton.tsx';
import { Empty, FourFaces, Refused } from '../../kit/faces.tsx';
import { PageHeader } from '../../kit/PageHeader.tsx';
import { Panel } from '../../kit/Panel.tsx';
import { RoomLink } from '../../kit/RoomLink.tsx';
import { useKeys } from '../../kit/useKeys.ts';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';
import { ApiProblem } from '../../live/problem.ts';
import { addressOf } from '../../live/request.ts';
import { mayAs, useMe } from '../../live/session.ts';
import css from './AuditPage.module.css';
import { CheckpointPanel, checkpoint_key } from './CheckpointPanel.tsx';
import { FilterBar } from './FilterBar.tsx';
import { type Cut, cutOf, isCut, tidy } from './filter.ts';
import { RecordList } from './RecordList.tsx';
import { useRecord } from './useRecord.ts';
import { Verification } from './Verification.tsx';

const say = 'Who decided what, on what evidence';

/** The record of everything that was done here, and what shows that nobody changed it. */
export function AuditPage() {
  const { role } = useMe();
  if (mayAs(role, 'lead')) return <Audit />;
  return (
    <>
      <PageHeader title="Audit" say={say} />
      <Refused error={not_for_role} />
    </>
  );
}

const not_for_role = new ApiProblem({
  code: 'forbidden',
  status: 403,
  detail: 'The record is for the role lead and those above. Ask an admin.',
});

function Audit() {
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const navigate = useNavigate();
  const cache = useQueryClient();
  const cut = cutOf(search);
  const setCut = (next: Cut) => void navigate({ to: '/audit', search: { ...next } });
  const verify = useMutation({
    mutationFn: api.audit.verify,
    // It seals and signs what was waiting, so the leaves and the checkpoint on screen are old.
    onSuccess: () => {
      for (const queryKey of [keys.audit, checkpoint_key]) {
        void cache.invalidateQueries({ queryKey });
      }
    },
  });
  const start = () => verify.mutate();
  useKeys([{ key: 'v', label: 'Verify', group: 'Audit', off: verify.isPending, run: start }]);
  return (
    <>
      <PageHeader title="Audit" say={say}>
        <Button
          component="a"
          href={addressOf('/audit/export')}
          download
          variant="default"
          leftSection={<IconDownload size={16} stroke={1.6} />}
        >
          Export
        </Button>
        <ActButton act_key="v" variant="filled" loading={verify.isPending} onClick={start}>
          Verify
        </ActButton>
      </PageHeader>
      <div role="status">
        {verify.isPending && (
          <p className={css.working}>Recomputing every sealed event. It stops after a minute.</p>
        )}
        {verify.data && !verify.isPending && <Verification found={verify.data} />}
      </div>
      {verify.isError && <Refused error={verify.error} retry={start} />}
      <div className={css.page}>
        <div className={css.record}>
          <FilterBar cut={cut} onCut={setCut} />
          <Lines
            key={JSON.stringify(cut)}
            cut={cut}
            onCut={(change) => setCut(tidy({ ...cut, ...change }))}
            onClear={() => setCut({})}
          />
        </div>
        <aside className={css.aside} aria-label="What stands behind the record">
          <CheckpointPanel />
          <Worth />
        </aside>
      </div>
    </>
  );
}

interface LinesProps {
  cut: Cut;
  onCut: (change: Cut) => void;
  onClear: () => void;
}

function Lines({ cut, onCut, onClear }: LinesProps) {
  const record = useRecord(cut);
  return (
    <FourFaces
      of={record.head}
      skeleton={<ListSkeleton />}
      empty={({ next }) =>
        !record.rows.length &&
        next === null &&
        (isCut(cut) ? (
          <Empty
            title="No line fits"
            action={
              <Button variant="default" onClick={onClear}>
                Show the whole record
              </Button>
            }
          >
            Nothing in the record fits all of these filters.
          </Empty>
        ) : (
          <Empty
            title="Nothing has happened yet"
            action={
              <RoomLink room="/gates" className={css.next}>
                Open the gates
              </RoomLink>
            }
          >
            Whatever anyone does here is written down, and sealed a moment later.
          </Empty>
        ))
      }
    >
      {() => <RecordList record={record} onCut={onCut} />}
    </FourFaces>
  );
}

/** What the record is worth, and what it is not. */
const Worth = () => (
  <Panel title="What this proves">
    <p className={css.worth}>
      Every event is a leaf of a Merkle tree whose root is signed, so one that is changed, removed,
      moved or slipped in after a checkpoint no longer fits that checkpoint. Whoever runs the server
      holds its data and its key and could write all of it anew, so only a checkpoint kept elsewhere
      shows that they did not: check an export against it. It does not prove that what was written
      was true or wise, nor that everything was written; content is held as salted digests, so it
      can be erased and the record stays whole.
    </p>
  </Panel>
);

function ListSkeleton() {
  return (
    <div className={css.skeleton}>
      {['one', 'two', 'three', 'four', 'five', 'six', 'seven'].map((name) => (
        <Skeleton key={name} height={24} />
      ))}
    </div>
  );
}

import { Button, Skeleton } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Empty, FourFaces } from '../../kit/faces.tsx';
import { PageHeader } from '../../kit/PageHeader.tsx';
import { RoomLink } from '../../kit/RoomLink.tsx';
import { DownloadMenu } from './DownloadMenu.tsx';
import { FilterBar } from './FilterBar.tsx';
import { type Cut, cutOf, isCut, tidy } from './filter.ts';
import css from './OutputsPage.module.css';
import { OutputTable } from './OutputTable.tsx';
import { useOutputs } from './useOutputs.ts';

/** Everything that was ever proposed, to be cut down by whatever it has. */
export function OutputsPage() {
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const navigate = useNavigate();
  const cut = cutOf(search);
  const setCut = (next: Cut) =>
    void navigate({ to: '/data/{-$output_id}', params: {}, search: { ...tidy(next) } });
  return (
    <>
      <PageHeader title="Data" say="Every output, newest first, with what became of it">
        <DownloadMenu cut={cut} />
      </PageHeader>
      <FilterBar cut={cut} onCut={setCut} />
      <Outputs key={JSON.stringify(cut)} cut={cut} onClear={() => setCut({})} />
    </>
  );
}

function Outputs({ cut, onClear }: { cut: Cut; onClear: () => void }) {
  const outputs = useOutputs(cut);
  return (
    <FourFaces
      of={outputs.head}
      skeleton={<TableSkeleton />}
      empty={({ rows }) =>
        !rows.length &&
        !outputs.rows.length &&
        (isCut(cut) ? (
          <Empty
            title="No output fits"
            action={
              <Button variant="default" onClick={onClear}>
                Show all outputs
              </Button>
            }
          >
            Nothing that was submitted fits all of these filters.
          </Empty>
        ) : (
          <Empty
            title="No output yet"
            action={
              <RoomLink room="/gates" className={css.next}>
                Open the gates
              </RoomLink>
            }
          >
            Whatever an AI proposes through a gate is listed here, with its verdict and what people
            made of it.
          </Empty>
        ))
      }
    >
      {() => <OutputTable outputs={outputs} />}
    </FourFaces>
  );
}

function TableSkeleton() {
  return (
    <div className={css.skeleton}>
      {['one', 'two', 'three', 'four', 'five', 'six', 'seven'].map((name) => (
        <Skeleton key={name} height={36} />
      ))}
    </div>
  );
}

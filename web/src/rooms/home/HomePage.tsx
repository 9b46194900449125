import { useQuery } from '@tanstack/react-query';
import type { HomeSummary } from '@wheelhouse/core';
import { minuteText } from '../../kit/duration.ts';
import { Empty, FourFaces } from '../../kit/faces.tsx';
import { PageHeader } from '../../kit/PageHeader.tsx';
import { RoomLink } from '../../kit/RoomLink.tsx';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';
import { Attention } from './Attention.tsx';
import { ByGate } from './ByGate.tsx';
import { ByHour } from './ByHour.tsx';
import { Figures } from './Figures.tsx';
import css from './HomePage.module.css';
import { HomeSkeleton } from './HomeSkeleton.tsx';
import { Loop } from './Loop.tsx';

/** What the loop is doing now, and what needs someone. */
export function HomePage() {
  const home = useQuery({ queryKey: keys.home, queryFn: api.home.get, staleTime: 15_000 });
  return (
    <>
      <PageHeader
        title="Home"
        say={
          home.data
            ? `The last 24 hours, since ${minuteText(home.data.since)}`
            : 'The last 24 hours'
        }
      />
      <FourFaces of={home} skeleton={<HomeSkeleton />} empty={(found) => isBare(found) && <Bare />}>
        {(found) => (
          <div className={css.page}>
            <Loop home={found} />
            <Figures home={found} />
            <div className={css.pair}>
              <Attention rows={found.attention} />
              <ByHour rows={found.by_hour} />
            </div>
            <ByGate rows={found.by_gate} since={found.since} />
          </div>
        )}
      </FourFaces>
    </>
  );
}

const isBare = ({ by_gate, outputs, waiting, decided }: HomeSummary) =>
  !by_gate.length && !outputs && !waiting && !decided;

function Bare() {
  return (
    <Empty
      title="No gate stands here yet"
      action={
        <ol className={css.steps}>
          <li>
            <RoomLink room="/gates" rest="/_new" className={css.next}>
              Make the first gate
            </RoomLink>
            <span>A title is enough.</span>
          </li>
          <li>
            <RoomLink room="/settings" rest="/keys" className={css.next}>
              Make a key
            </RoomLink>
            <span>Your program comes in with it.</span>
          </li>
          <li>
            <b>Send an output</b>
            <span>The gate’s page shows the command. What it holds waits on the desk.</span>
          </li>
        </ol>
      }
    >
      A gate judges what an AI proposes: it lets pass what it trusts and holds the rest for a
      person. Once outputs come through one, this page shows what became of them.
    </Empty>
  );
}

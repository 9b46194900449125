import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { LiveView } from '@wheelhouse/core';
import { useState } from 'react';
import { ActButton } from '../../kit/ActButton.tsx';
import { countText } from '../../kit/countText.ts';
import { FourFaces, Refused } from '../../kit/faces.tsx';
import { PageHeader } from '../../kit/PageHeader.tsx';
import { StopDialog, StoppedBots } from '../../kit/StoppedBots.tsx';
import { useKeys } from '../../kit/useKeys.ts';
import { useRowKeys } from '../../kit/useRowKeys.ts';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';
import { ApiProblem } from '../../live/problem.ts';
import { mayAs, useMe } from '../../live/session.ts';
import { Bots } from './Bots.tsx';
import css from './LivePage.module.css';
import { People } from './People.tsx';
import { Talks } from './Talks.tsx';
import { Waited } from './Waited.tsx';
import { WaitingTable } from './WaitingTable.tsx';

const say = 'Who waits, who answers, and whom the AI has, at this moment';

/** All conversations at one moment, for whoever looks after them. */
export function LivePage() {
  const { role } = useMe();
  if (mayAs(role, 'lead')) return <Live />;
  return (
    <>
      <PageHeader title="Live" say={say} />
      <Refused error={not_for_role} />
    </>
  );
}

const not_for_role = new ApiProblem({
  code: 'forbidden',
  status: 403,
  detail: 'This view of everyone’s conversations is for the role lead and those above.',
});

function Live() {
  const live = useQuery({ queryKey: keys.live, queryFn: ({ signal }) => api.live.get({ signal }) });
  const [stopping, stop] = useState(false);
  const going = live.data?.bots.some(({ stopped_at }) => stopped_at === null) ?? false;
  const ask = () => stop(true);
  useKeys([{ key: 'x', label: 'Stop all AI', group: 'Live', off: !going, run: ask }]);
  return (
    <>
      <StoppedBots />
      <PageHeader title="Live" say={say}>
        <ActButton act_key="x" disabled={!going} onClick={ask}>
          Stop all AI
        </ActButton>
      </PageHeader>
      <FourFaces of={live} skeleton={<LiveSkeleton />}>
        {(found) => <Filled live={found} />}
      </FourFaces>
      {stopping && <StopDialog onClose={() => stop(false)} />}
    </>
  );
}

function Filled({ live }: { live: LiveView }) {
  const { waiting, unanswered, with_bots, people, bots } = live;
  const box = useRowKeys<HTMLDivElement>('Live');
  const queues = useQuery({ queryKey: keys.queues, queryFn: api.queues.list }).data?.rows;
  const titleOf = (name: string) => queues?.find((queue) => queue.name === name)?.title ?? name;
  return (
    <div className={css.page} ref={box}>
      <Figures live={live} />
      <WaitingTable waiting={waiting} titleOf={titleOf} />
      <div className={css.pair}>
        <Talks
          title="Longest unanswered"
          say="The customer wrote last and waits for an answer, whoever has the wheel."
          none="Every customer has an answer."
          talks={unanswered}
        />
        <People people={people} />
      </div>
      {live.overdue.count > 0 && (
        <Talks
          title="Overdue"
          say="What the customer was promised is late; the latest first."
          none=""
          talks={live.overdue}
        />
      )}
      <div className={css.pair}>
        <Talks
          title="With the AI now"
          say={`Something was said in the last ${live.with_bots_ms / 60_000} minutes.`}
          none="The AI has no conversation at the moment."
          talks={with_bots}
        />
        <Bots bots={bots} />
      </div>
    </div>
  );
}

function Figures({ live: { waiting, unanswered, with_bots, people } }: { live: LiveView }) {
  const first = unanswered.rows[0]?.waiting_since;
  const busy = people.filter(({ conversations }) => conversations > 0);
  const held = busy.reduce((sum, { conversations }) => sum + conversations, 0);
  return (
    <dl className={css.figures} aria-label="Now">
      <Figure label="Waiting for a person" value={waiting.count}>
        {waiting.rows.length ? 'in the order of their queues' : 'nobody'}
      </Figure>
      <Figure label="Unanswered" value={unanswered.count}>
        {first ? <Waited since={first}>longest</Waited> : 'nobody'}
      </Figure>
      <Figure label="With people" value={held}>
        {countText(busy.length, 'member')}
      </Figure>
      <Figure label="With the AI" value={with_bots.count}>
        just now
      </Figure>
    </dl>
  );
}

interface FigureProps {
  label: string;
  value: number;
  children: React.ReactNode;
}

const whole = new Intl.NumberFormat('en-US');

const Figure = ({ label, value, children }: FigureProps) => (
  <div className={css.figure}>
    <dt className={css.label}>{label}</dt>
    <dd style={{ margin: 0 }}>
      <div className={css.value}>{whole.format(value)}</div>
      <div className={css.fine}>{children}</div>
    </dd>
  </div>
);

const LiveSkeleton = () => (
  <div className={css.page}>
    <Skeleton height={96} />
    <Skeleton height={220} />
    <div className={css.pair}>
      <Skeleton height={220} />
      <Skeleton height={220} />
    </div>
  </div>
);
